package io.vipkeeper.cli.preflight.host;

import java.util.List;
import java.util.Optional;

import io.vipkeeper.config.VipkeeperConfig;
import io.vipkeeper.linux.Nic;
import io.vipkeeper.netlink.AddressMessage;
import io.vipkeeper.netlink.Interfaces;

/**
 * What the kernel told of this node's interfaces.
 *
 * @param nic that of the VIP, if it is there
 * @param outgoing that of the default route, if there is one
 */
record HostFacts(Optional<Nic> nic, Optional<Nic> outgoing, List<Nic> nics, List<AddressMessage> addresses) {

    /** May throw {@link io.vipkeeper.linux.KernelException}. */
    static HostFacts ask(Interfaces interfaces, VipkeeperConfig.Link link) {
        Optional<Nic> outgoing = interfaces.ofDefaultRoute();
        return new HostFacts(
                link.interfaceName().isPresent()
                        ? interfaces.find(link.interfaceName().get())
                        : outgoing,
                outgoing,
                interfaces.list(),
                interfaces.addresses());
    }

    String nameOf(int index) {
        return nics.stream()
                .filter(nic -> nic.index() == index)
                .map(Nic::name)
                .findFirst()
                .orElse("interface " + index);
    }
}
