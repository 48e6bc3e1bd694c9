package io.vipkeeper.cli.manifest;

import java.util.HashMap;
import java.util.Map;

import io.vipkeeper.cli.common.CommandGroup;
import io.vipkeeper.manifest.PodRequest;

/** The static pod of a node in kubeadm's hands: the purpose need not be said, the NIC must be. */
final class KubeadmPod {
    private static final Map<String, String> PURPOSE =
            Map.of("arp", "true", "controlplane", "true", "leaderElection", "true");

    private KubeadmPod() {}

    /** Prints it; {@code presumed} as in {@link ManifestOptions#read}. In kube-vip's form everything has to be said. */
    static int print(ManifestOptions options, Map<String, String> presumed) {
        Map<String, String> all = new HashMap<>();
        if (!options.isCompatible()) {
            all.putAll(PURPOSE);
            all.putAll(presumed);
        }
        return options.read(all).map(request -> print(options, request)).orElse(CommandGroup.REFUSED);
    }

    private static int print(ManifestOptions options, PodRequest request) {
        return request.value("vip_interface").isEmpty()
                ? options.refuse("kubeadm " + options.command()
                        + " needs --interface: name the NIC of the control plane's network")
                : options.printPod(request);
    }
}
