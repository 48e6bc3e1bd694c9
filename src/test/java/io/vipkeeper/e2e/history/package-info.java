/**
 * Judges recordings of a cluster: whether at any time one node at most had a voice for the VIP, and by which right. It
 * knows nothing of how the program decides and shares no code with it; what it is told was seen by others: frames on the
 * bridge, addresses and filters in the kernels, versions of the Lease in etcd.
 *
 * <p>All times are CLOCK_REALTIME of the one machine, in nanoseconds since 1970. What a process had to read before it
 * could stamp it is stamped late, never early; {@link Tenures#WATCH_LATENESS} and its like say how late at most.
 */
package io.vipkeeper.e2e.history;
