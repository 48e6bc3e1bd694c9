/**
 * The few system calls that vipkeeper needs, and what is built from nothing else: a lock that dies with its process
 * and a clock that counts suspends.
 *
 * <p>The only room that knows jnr-ffi. Imports nothing of vipkeeper.
 */
package io.vipkeeper.linux;
