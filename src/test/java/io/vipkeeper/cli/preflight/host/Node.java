package io.vipkeeper.cli.preflight.host;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.vipkeeper.linux.Nic;
import io.vipkeeper.netlink.AddressMessage;
import io.vipkeeper.vip.VirtualIp;

/** A node with eth0, index 2, up and at 192.0.2.1/24, and whatever a test adds to it. */
final class Node {
    static final Nic ETH0 = new Nic("eth0", 2, "02:00:5e:10:00:01", 1, true);
    static final long FOREVER = 0xffff_ffffL;

    private final List<Nic> nics = new ArrayList<>(List.of(ETH0));
    private final List<AddressMessage> addresses = new ArrayList<>(List.of(own("192.0.2.1", 24, 2)));
    private Optional<Nic> outgoing = Optional.of(ETH0);

    Node with(Nic nic) {
        nics.add(nic);
        return this;
    }

    Node with(AddressMessage address) {
        addresses.add(address);
        return this;
    }

    Node withoutAddresses() {
        addresses.clear();
        return this;
    }

    Node defaultRouteBy(Nic nic) {
        outgoing = Optional.of(nic);
        return this;
    }

    HostFacts facts() {
        return facts(Optional.of(ETH0));
    }

    HostFacts facts(Optional<Nic> nic) {
        return new HostFacts(nic, outgoing, nics, addresses);
    }

    static AddressMessage own(String address, int prefix, int index) {
        return new AddressMessage(inet(address), prefix, index, 0, 0, FOREVER, FOREVER);
    }

    /** As an elector puts it there. */
    static AddressMessage elected(String address, int index) {
        return new AddressMessage(inet(address), 32, index, 0, 0x76, 0, 13);
    }

    static VirtualIp vip(String address) {
        return VirtualIp.host(inet(address));
    }

    static InetAddress inet(String address) {
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
