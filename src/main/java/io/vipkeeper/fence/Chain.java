package io.vipkeeper.fence;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

import io.vipkeeper.netlink.MalformedMessageException;
import io.vipkeeper.netlink.NetlinkMessage;
import io.vipkeeper.netlink.RouteAttributes;

/** The table's two chains, each a hook of the interface (NF_NETDEV_INGRESS and, since Linux 5.16, NF_NETDEV_EGRESS). */
enum Chain {
    INGRESS(0, List.of(Rule::dropIpv4To, Rule::dropIpv6To)),
    EGRESS(1, List.of(Rule::dropArpFrom, Rule::dropIpv4From, Rule::dropIpv6From, Rule::dropNeighborAdvertisementOf));

    private static final int STRUCTURE_LENGTH = 4;
    private static final int HOOK_ATTRIBUTE = 4;
    private static final int USE_ATTRIBUTE = 6;
    private static final int HOOK_DEVICE_ATTRIBUTE = 3;

    private final int hook;
    private final List<Supplier<Rule>> rules;

    Chain(int hook, List<Supplier<Rule>> rules) {
        this.hook = hook;
        this.rules = rules;
    }

    String kernelName() {
        return name().toLowerCase(Locale.ROOT);
    }

    int hook() {
        return hook;
    }

    List<Rule> rules() {
        return rules.stream().map(Supplier::get).toList();
    }

    /**
     * Whether the kernel's description of this chain (NFT_MSG_NEWCHAIN) has all rules and a hook in the interface. Of
     * some kernels the chain goes with the interface, of others it stays without a hook, of the newest (6.16) the hook
     * waits for an interface of that name.
     */
    boolean isInPlace(NetlinkMessage description, String interfaceName) throws MalformedMessageException {
        Optional<ByteBuffer> uses = description.attributes(STRUCTURE_LENGTH).structure(USE_ATTRIBUTE, Integer.BYTES);
        return uses.isPresent()
                && uses.get().order(ByteOrder.BIG_ENDIAN).getInt() == rules.size()
                && isHookedOnlyIn(description, interfaceName);
    }

    /** The kernel names the device apart only if it is the only one. */
    static boolean isHookedOnlyIn(NetlinkMessage description, String interfaceName) throws MalformedMessageException {
        Optional<byte[]> hook = description.attributes(STRUCTURE_LENGTH).bytes(HOOK_ATTRIBUTE);
        if (hook.isEmpty()) {
            return false;
        }
        Optional<byte[]> device = RouteAttributes.decode(hook.get()).bytes(HOOK_DEVICE_ATTRIBUTE);
        return device.isPresent() && Attributes.isText(device.get(), interfaceName);
    }
}
