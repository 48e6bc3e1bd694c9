package io.vipkeeper.service.plan;

/**
 * What the owner of a Service is to be told, as an Event.
 *
 * @param warning whether something is wrong with it
 * @param reason a word in CamelCase
 * @param note a sentence for people that names the remedy
 */
public record Notice(ServiceKey service, String uid, boolean warning, String reason, String note) {}
