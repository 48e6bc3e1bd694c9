/**
 * The virtual IP on this node: what to bind, unbind and announce, given what the election allows.
 *
 * <pre>
 *            holds: Bind               Bound: Announce
 *   absent ---------------&gt; under way ------------------&gt; on --+ announced in a burst, then steadily;
 *      ^                        |   ^                     |     | lifetime renewed while that gains time
 *      |     Unbound            |   +---------------------+ &lt;---+
 *      +------------------------+      lost, link back: Bind; lapsed, off: Unbind
 * </pre>
 *
 * <p>{@link io.vipkeeper.vip.AddressBinder}, {@link io.vipkeeper.vip.Fence} and {@link io.vipkeeper.vip.Announcer} are
 * the ports to the kernel. Pure, as
 * the election is. Imports nothing of vipkeeper.
 */
package io.vipkeeper.vip;
