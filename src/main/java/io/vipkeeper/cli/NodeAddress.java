package io.vipkeeper.cli;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.vipkeeper.vip.VirtualIp;

/** Where the other candidates reach this node: an address of the VIP's interface that is no virtual IP. */
final class NodeAddress {
    private NodeAddress() {}

    /** IPv4 before IPv6; empty while the interface is absent or has no address of its own. */
    static Optional<String> of(String nic, List<VirtualIp> vips) {
        return addresses(nic)
                .filter(address -> !address.isLinkLocalAddress() && !address.isLoopbackAddress())
                .filter(address -> vips.stream().noneMatch(vip -> vip.address().equals(address)))
                .min(Comparator.comparing((InetAddress address) -> address instanceof Inet6Address)
                        .thenComparing(InetAddress::getHostAddress))
                .map(address -> address.getHostAddress().replaceFirst("%.*", ""));
    }

    private static Stream<InetAddress> addresses(String nic) {
        try {
            NetworkInterface found = NetworkInterface.getByName(nic);
            return found == null ? Stream.empty() : found.inetAddresses();
        } catch (SocketException e) {
            return Stream.empty();
        }
    }
}
