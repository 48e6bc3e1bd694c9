package io.vipkeeper.kubernetes;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the operator said about the way to the API server.
 *
 * @param kubeconfig {@code k8s_config_file}; looked at first, and need not exist
 * @param kubernetesAddr {@code kubernetes_addr}: a URL that replaces the kubeconfig's server; empty when not given
 * @param port of the local API server, for the files whose server is the virtual IP
 * @param vips addresses that are never dialled
 * @param vipNames host names that stand for the virtual IP and are never dialled either
 */
public record ApiSettings(
        Path kubeconfig, String kubernetesAddr, int port, Set<InetAddress> vips, Set<String> vipNames) {

    /** kube-vip's default of {@code k8s_config_file}. */
    public static final Path ADMIN_CONF = Path.of("/etc/kubernetes/admin.conf");

    /** kubeadm's kubeconfig of a first node whose bindings do not exist yet (Kubernetes 1.29 and newer). */
    static final Path SUPER_ADMIN_CONF = Path.of("/etc/kubernetes/super-admin.conf");

    public ApiSettings {
        vips = Set.copyOf(vips);
        vipNames = vipNames.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }
}
