package io.vipkeeper.cli.preflight.api;

import java.util.List;
import java.util.Optional;

import io.vipkeeper.cli.common.Printable;
import io.vipkeeper.cli.preflight.finding.Finding;
import io.vipkeeper.kubernetes.NodeList;
import io.vipkeeper.vip.VirtualIp;

/** Whether some Node took the VIP for its own address. */
final class NodeAddresses {
    private static final String CHECK = "Node addresses";

    private NodeAddresses() {}

    static Finding of(Optional<NodeList> nodes, List<VirtualIp> vips) {
        if (nodes.isEmpty()) {
            return Finding.warning(
                    CHECK,
                    "the cluster's Nodes cannot be listed",
                    "a VIP that kubelet took for a Node's own address is not told from one",
                    Rights.REMEDY);
        }
        return vips.stream()
                .filter(vip -> nodes.get().owners().containsKey(vip.address()))
                .findFirst()
                .map(vip -> taken(vip, nodes.get().owners().get(vip.address())))
                .orElseGet(() ->
                        Finding.ok(CHECK, "none of " + nodes.get().owners().size() + " is the VIP"));
    }

    private static Finding taken(VirtualIp vip, String node) {
        return Finding.failure(
                CHECK,
                vip.address().getHostAddress() + " is the address of Node " + Printable.of(node),
                "kubelet took the VIP for its own, and the manager never takes a Node's address",
                "on that node run 'echo KUBELET_EXTRA_ARGS=--node-ip=ITS_OWN_ADDRESS > /etc/default/kubelet &&"
                        + " systemctl restart kubelet' (/etc/sysconfig/kubelet on Red Hat)");
    }
}
