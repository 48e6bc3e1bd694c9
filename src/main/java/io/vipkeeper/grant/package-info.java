/**
 * The fast path: candidates promise a holder, for a moment at a time, not to let anyone else take the Lease; when a
 * majority has heard nothing for that moment, one of them takes it before the Lease has run out.
 *
 * <p>Pure: times are nanoseconds of one monotonic clock, handed in. Imports {@code lease}.
 */
package io.vipkeeper.grant;
