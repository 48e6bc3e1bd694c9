/**
 * A real process that elects over the Lease as client-go does and keeps the address as kube-vip 1.2.3 does in ARP mode:
 * its faults included, such as releasing beside the removal of the address. Nothing of vipkeeper's election is in it.
 */
package io.vipkeeper.e2e.clientgo;
