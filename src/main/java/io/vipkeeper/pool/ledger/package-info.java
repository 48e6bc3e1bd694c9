/**
 * Which addresses are in use, by which Service and with which ports, and which one is next. One decision costs a few
 * searches in ordered sets, whatever the size of a pool and however many Services there are.
 *
 * <p>Pure: nothing of the Kubernetes API, of time, or of who may decide.
 */
package io.vipkeeper.pool.ledger;
