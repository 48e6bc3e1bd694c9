/**
 * The fence in the kernel: an nftables table of the netdev family that lets frames of a virtual IP pass the interface
 * only while an element with a time-out is in a set. It is spoken to over nfnetlink, without the {@code nft} program,
 * which only has to show it: {@code nft list ruleset}.
 *
 * <p>All integers in attributes are in <b>network byte order</b>, lengths and types of attributes in host byte order.
 */
package io.vipkeeper.fence;
