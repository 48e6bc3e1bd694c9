package io.vipkeeper.kubernetes.events;

import java.time.Instant;

import io.vipkeeper.kubernetes.EventApi;

/**
 * Something that is worth an Event.
 *
 * @param series what makes another one the same that happens again, and not a new one
 * @param at by the wall clock: for people
 */
public record Happening(EventApi.Text text, String series, Instant at) {}
