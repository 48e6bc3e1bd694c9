package io.vipkeeper.cli.preflight.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.vipkeeper.cli.preflight.finding.Finding;
import io.vipkeeper.config.VipkeeperConfig;
import io.vipkeeper.linux.LinuxConstants;
import io.vipkeeper.linux.Nic;
import io.vipkeeper.netlink.AddressMessage;
import io.vipkeeper.vip.VirtualIp;

/** The interface of the VIP, and the addresses of this node. */
final class LinkChecks {
    private static final String INTERFACE = "interface";

    private final VipkeeperConfig config;
    private final HostFacts facts;

    LinkChecks(VipkeeperConfig config, HostFacts facts) {
        this.config = config;
        this.facts = facts;
    }

    List<Finding> run() {
        List<Finding> findings = new ArrayList<>();
        findings.add(facts.nic().map(this::state).orElseGet(this::missing));
        facts.nic().ifPresent(nic -> {
            for (VirtualIp vip : config.address().vips()) {
                findings.add(subnet(nic, vip));
            }
        });
        config.address().vips().forEach(vip -> findings.add(own(vip)));
        return findings;
    }

    private Finding missing() {
        return config.link()
                .interfaceName()
                .map(name -> Finding.failure(
                        INTERFACE,
                        "there is no " + name,
                        "this node cannot hold until it is there",
                        "'ip -br link' shows those that are; correct vip_interface (--interface)"))
                .orElseGet(() -> Finding.failure(
                        INTERFACE,
                        "none has a default route",
                        "the manager waits until one has, since vip_interface names none",
                        "name one with vip_interface (--interface)"));
    }

    private Finding state(Nic nic) {
        if (nic.usable()) {
            return Finding.ok(INTERFACE, nic.name() + " is up and has carrier");
        }
        boolean up = (nic.flags() & LinuxConstants.IFF_UP) != 0;
        String what = nic.name() + (up ? " has no carrier" : " is down");
        String remedy = up ? "plug its cable, or look at its switch port" : "run 'ip link set " + nic.name() + " up'";
        return config.link().allowNotUp()
                ? Finding.warning(
                        INTERFACE,
                        what,
                        "vip_allow_interface_not_up lets this node hold all the same, and no client reaches it",
                        remedy)
                : Finding.failure(INTERFACE, what, "this node cannot hold until it can carry frames", remedy);
    }

    private Finding subnet(Nic nic, VirtualIp vip) {
        Optional<AddressMessage> beside = facts.addresses().stream()
                .filter(address -> address.index() == nic.index() && !address.isAddressOf(vip))
                .filter(address -> Subnet.of(address).holds(vip.address()))
                .findFirst();
        return beside.map(address ->
                        Finding.ok("subnet", shown(vip) + " is in the subnet of " + nic.name() + ", " + cidr(address)))
                .orElseGet(() -> Finding.warning(
                        "subnet",
                        nic.name() + " has no address in a subnet with " + shown(vip),
                        "clients send ARP or NDP for it only where it is on their link",
                        "'ip -br address' shows the subnets; correct vip_interface (--interface) or address"));
    }

    /** kube-proxy's interface is looked at elsewhere. */
    private Finding own(VirtualIp vip) {
        return facts.addresses().stream()
                .filter(address -> address.isAddressOf(vip))
                .filter(address -> !facts.nameOf(address.index()).equals(ProxyCheck.INTERFACE))
                .findFirst()
                .map(address -> own(vip, address))
                .orElseGet(() -> Finding.ok("own address", shown(vip) + " is none of this node's addresses"));
    }

    private Finding own(VirtualIp vip, AddressMessage address) {
        String nic = facts.nameOf(address.index());
        return address.byElector()
                ? Finding.ok("own address", shown(vip) + " is on " + nic + ", where an elector put it")
                : Finding.failure(
                        "own address",
                        shown(vip) + " is this node's own address, on " + nic,
                        "the manager never takes or removes what no elector put there, so the VIP cannot move",
                        "choose another VIP, or take it out of the node's network settings and run 'ip address del "
                                + cidr(address) + " dev " + nic + "'");
    }

    static String shown(VirtualIp vip) {
        return VirtualIp.host(vip.address()).toString().replaceFirst("/.*", "");
    }

    private static String cidr(AddressMessage address) {
        return new VirtualIp(address.address(), address.prefix()).toString();
    }
}
