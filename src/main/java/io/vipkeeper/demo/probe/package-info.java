/**
 * What the neighbours see of the VIP. A process on the lab's client asks every few milliseconds who has the address
 * (ARP, or neighbour solicitation) and whether it answers (ICMP echo over the kernel's own neighbour cache, as any
 * client's packets go), and writes what comes back to its output; {@link io.vipkeeper.demo.probe.Timeline} judges it.
 *
 * <p>The frames are built and read here and not by the code under test, so that an error there cannot hide itself.
 */
package io.vipkeeper.demo.probe;
