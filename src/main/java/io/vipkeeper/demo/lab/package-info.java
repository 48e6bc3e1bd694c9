/**
 * A small network on one machine: nodes, a client and a place for the API, each in a network namespace, on two bridges.
 *
 * <pre>
 *   client ── eth0 ─┐                                 VIP network 192.0.2.0/24, 2001:db8::/64
 *   n1, n2, n3 eth0 ┴─ bridge vip0 ┐
 *                                  ├ namespace of the switch
 *   n1, n2, n3 api0 ┬─ bridge api0 ┘
 *   API ───── api0 ─┘                                 API network 198.51.100.0/24
 * </pre>
 *
 * Everything runs as a child of this process and dies with it; namespaces and files are removed by a shell that waits
 * for the end of this process, so that even SIGKILL leaves nothing behind. This package and the ones beside it are the
 * only ones that start processes.
 */
package io.vipkeeper.demo.lab;
