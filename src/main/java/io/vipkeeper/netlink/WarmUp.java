package io.vipkeeper.netlink;

import java.net.InetAddress;

import io.vipkeeper.linux.LinuxConstants;

/**
 * Walks the path of a bind without changing anything, so that class loading and the first system calls are paid for
 * before a take-over: both address dumps, and an address for interface 0, which the kernel refuses as unknown.
 */
final class WarmUp {
    private static final int NO_INTERFACE = 0;

    private final NetlinkConnection connection;

    WarmUp(NetlinkConnection connection) {
        this.connection = connection;
    }

    void run() {
        Interfaces.addresses(connection, LinuxConstants.AF_INET);
        Interfaces.addresses(connection, LinuxConstants.AF_INET6);
        AddressMessage nowhere = new AddressMessage(
                InetAddress.getLoopbackAddress(), 32, NO_INTERFACE, 0, AddressMessage.OUR_PROTOCOL, 0, 1);
        connection.change(NetlinkMessage.NEW_ADDRESS, NetlinkMessage.CREATE, nowhere.encode());
    }
}
