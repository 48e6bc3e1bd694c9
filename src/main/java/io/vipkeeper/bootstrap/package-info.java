/**
 * The first node of a new cluster: answering for the virtual IP before any Lease can be read, because what lets Leases be
 * read is made through the virtual IP.
 *
 * <pre>
 *              403, and nobody answered for 7 s            the first Lease, or none, was read
 *   Listening -----------------------------------&gt; Standing ---------------------------------&gt; Over
 *       ^                                             |                                       (elected or not)
 *       +---------------------------------------------+
 *         an answer or a probe of another machine, 403 no longer, a stall
 * </pre>
 *
 * <p>Without the Lease two machines have only the wire between them. So both sides ask on it: who stands provisionally
 * has asked all the time and yields to whoever says that it is about to take the address; who was elected says so, and
 * waits until nobody answers, unless it knows that a holder answered just before.
 *
 * <p>Pure, as the election is. Imports {@code lease} and {@code vip}.
 */
package io.vipkeeper.bootstrap;
