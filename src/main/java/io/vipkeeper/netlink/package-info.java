/**
 * The VIP on this node's interfaces, over rtnetlink ({@code rtnetlink(7)}): codecs, the binder, and the watch that
 * tells what anybody changed.
 *
 * <p>Netlink is a protocol with the own kernel: all integers are in <b>host byte order</b>, addresses in network order,
 * and every structure and attribute is aligned to four bytes.
 */
package io.vipkeeper.netlink;
