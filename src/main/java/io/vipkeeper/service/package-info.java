/**
 * LoadBalancer Services: which of their addresses this node has, and what their status says. The decision core of
 * {@code lease} is run once for each Lease, that of {@code vip} once for each address.
 *
 * <pre>
 *   Services, endpoints, Nodes --&gt; plan --+--&gt; Elections --&gt; Addresses --&gt; bind, unbind, announce
 *   Leases -------------------------------+        |             |
 *                                                  +-------------+--&gt; StatusDesk --&gt; status, Events
 * </pre>
 *
 * <p>An address is governed by one Lease, and only its holder binds it and says so in the status, or takes that back.
 * Pure: no thread, no clock, no I/O; unlike the core of the control plane it keeps its state in place, because there may
 * be thousands of addresses.
 */
package io.vipkeeper.service;
