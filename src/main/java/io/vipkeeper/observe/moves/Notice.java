package io.vipkeeper.observe.moves;

/**
 * What people are told of a move.
 *
 * @param warning whether they should look at it
 * @param reason in one word, in the style of Kubernetes
 * @param action what this node did, in one word
 * @param series equal for moves that differ in nothing but their times
 * @param note in one sentence
 */
public record Notice(boolean warning, String reason, String action, String series, String note) {}
