package io.vipkeeper.cli.preflight.host;

import java.util.List;
import java.util.Optional;

import io.vipkeeper.cli.preflight.finding.Finding;
import io.vipkeeper.cli.preflight.finding.HostFiles;
import io.vipkeeper.linux.Nic;
import io.vipkeeper.vip.VirtualIp;

/** kube-proxy in IPVS mode, which puts the addresses of Services on an interface of its own. */
final class ProxyCheck {
    /** kube-proxy's, in IPVS mode only. */
    static final String INTERFACE = "kube-ipvs0";

    private static final String CHECK = "kube-proxy";

    private ProxyCheck() {}

    static Finding of(HostFacts facts, List<VirtualIp> vips, HostFiles files) {
        Optional<Nic> ipvs = facts.nics().stream()
                .filter(nic -> nic.name().equals(INTERFACE))
                .findFirst();
        if (ipvs.isEmpty()) {
            return Finding.ok(CHECK, "not in IPVS mode, as far as this node shows");
        }
        Optional<VirtualIp> taken = vips.stream()
                .filter(vip -> facts.addresses().stream()
                        .anyMatch(address -> address.index() == ipvs.get().index() && address.isAddressOf(vip)))
                .findFirst();
        if (taken.isPresent()) {
            String vip = LinkChecks.shown(taken.get());
            return Finding.failure(
                    CHECK,
                    vip + " is on " + INTERFACE,
                    "a Service has the VIP, so every node takes its traffic to that Service",
                    "find it with 'kubectl get services -A -o wide | grep -F " + vip + "' and give it another address");
        }
        // Linux takes the greater of the two; strictARP sets that of "all".
        return files.number("proc/sys/net/ipv4/conf/all/arp_ignore").orElse(0) > 0
                ? Finding.ok(CHECK, "in IPVS mode with strictARP, and " + INTERFACE + " does not have the VIP")
                : Finding.warning(
                        CHECK,
                        "in IPVS mode without strictARP",
                        "every node answers ARP for every address on " + INTERFACE
                                + ", the VIP too once a Service gets it",
                        "set ipvs.strictARP to true with 'kubectl -n kube-system edit configmap kube-proxy', then run"
                                + " 'kubectl -n kube-system rollout restart daemonset kube-proxy'");
    }
}
