/**
 * The candidates of one election, each of which keeps a small Lease of its own that says how it is reached by the
 * others. What such a Lease says is only a claim: a datagram that fits its key proves it, see {@code grant}.
 */
package io.vipkeeper.kubernetes.candidates;
