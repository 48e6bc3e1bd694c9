package io.vipkeeper.netlink;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import io.vipkeeper.linux.KernelException;
import io.vipkeeper.linux.Libc;
import io.vipkeeper.linux.LinuxConstants;
import io.vipkeeper.linux.Nic;

/**
 * This node's interfaces, addresses and default route, asked afresh by every call. Every call throws
 * {@link KernelException} when the kernel does not answer. Any thread may call.
 */
public final class Interfaces implements AutoCloseable {
    private final NetlinkConnection connection;

    public Interfaces(Libc libc) {
        connection = new NetlinkConnection(libc);
    }

    public List<Nic> list() {
        return connection.dump(NetlinkMessage.GET_LINK, LinkMessage.dumpRequest(), LinkMessage::decode).stream()
                .map(LinkMessage::nic)
                .toList();
    }

    public Optional<Nic> find(String name) {
        return find(connection, name);
    }

    static Optional<Nic> find(NetlinkConnection connection, String name) {
        return LinkMessage.isName(name)
                ? connection
                        .get(NetlinkMessage.GET_LINK, LinkMessage.request(name), LinkMessage::decode)
                        .map(LinkMessage::nic)
                : Optional.empty();
    }

    /**
     * The interface of the default route with the lowest metric in the main table, of IPv4 or else of IPv6; with
     * several next hops, of the first.
     */
    public Optional<Nic> ofDefaultRoute() {
        return defaultRoute(LinuxConstants.AF_INET)
                .or(() -> defaultRoute(LinuxConstants.AF_INET6))
                .flatMap(route -> connection.get(
                        NetlinkMessage.GET_LINK,
                        LinkMessage.request(route.outgoing().getAsInt()),
                        LinkMessage::decode))
                .map(LinkMessage::nic);
    }

    /** All addresses of both families on all interfaces. */
    public List<AddressMessage> addresses() {
        List<AddressMessage> addresses = new ArrayList<>(addresses(connection, LinuxConstants.AF_INET));
        addresses.addAll(addresses(connection, LinuxConstants.AF_INET6));
        return addresses;
    }

    static List<AddressMessage> addresses(NetlinkConnection connection, int family) {
        return connection.dump(NetlinkMessage.GET_ADDRESS, AddressMessage.dumpRequest(family), AddressMessage::decode);
    }

    @Override
    public void close() {
        connection.close();
    }

    private Optional<RouteMessage> defaultRoute(int family) {
        return connection
                .dump(NetlinkMessage.GET_ROUTE, RouteMessage.dumpRequest(family), RouteMessage::decode)
                .stream()
                .filter(RouteMessage::isDefault)
                .min(Comparator.comparingLong(RouteMessage::metric));
    }
}
