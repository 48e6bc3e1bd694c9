/**
 * What the neighbours are told and what they say: gratuitous ARP and unsolicited neighbour advertisements over
 * AF_PACKET, and the watch for another machine that claims a VIP.
 *
 * <p>Sending uses codecs of its own, so that nothing stands between a take-over and the wire; received frames are
 * decoded by pcap4j's packet classes, which need neither libpcap nor any other native library.
 */
package io.vipkeeper.announce;
