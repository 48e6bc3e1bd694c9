package io.vipkeeper.manifest.careful;

import java.util.List;
import java.util.stream.Collectors;

import io.fabric8.kubernetes.api.model.EnvVar;

import io.vipkeeper.config.VipkeeperConfig.Election;
import io.vipkeeper.manifest.PodRequest;
import io.vipkeeper.manifest.Variables;
import io.vipkeeper.vip.VirtualIp;

/**
 * A configuration as variables, with kube-vip's names in the order of its generator, so that two manifests can be
 * compared line by line. What is as by default is left out, except for what kube-vip always prints.
 */
final class PodEnvironment {
    private final PodRequest request;
    private final Variables variables;

    private PodEnvironment(PodRequest request) {
        this.request = request;
        this.variables = new Variables(request);
    }

    static List<EnvVar> of(PodRequest request) {
        PodEnvironment environment = new PodEnvironment(request);
        environment.link();
        environment.election();
        environment.rest();
        return environment.variables.list();
    }

    private void link() {
        variables.always("vip_arp", "port");
        variables.nodeName();
        variables.given("vip_interface");
        variables.differing("vip_allow_interface_not_up");
        variables.put("vip_subnet", prefixes(request.config().address().vips()));
    }

    private void election() {
        Election election = request.config().election();
        variables.always("cp_enable");
        variables.put("cp_namespace", election.namespace());
        if (election.enabled()) {
            variables.always("vip_leaderelection");
            variables.put("vip_leasename", leaseName(election));
            variables.always("vip_leaseduration", "vip_renewdeadline", "vip_retryperiod");
        }
    }

    /** In the cluster the namespace of the ServiceAccount would come before cp_namespace. */
    private String leaseName(Election election) {
        boolean elsewhere = request.inCluster() && !election.namespace().equals(CarefulSpec.NAMESPACE);
        return elsewhere ? election.namespace() + "/" + election.leaseName() : election.leaseName();
    }

    private void rest() {
        String address = request.value("address");
        variables.put("address", (address.isEmpty() ? request.value("vip_address") : address).replaceAll("\\s", ""));
        variables.differing("vip_arpRate", "vip_skipdad", "vip_preserve_on_leadership_loss", "vip_loseleadership");
        if (request.flag("vip_loseleadership")) {
            variables.always("vip_loseleadership_timeout_seconds");
        }
        variables.differing("kubernetes_addr");
        if (request.config().api().kubeconfigGiven() && !request.inCluster()) {
            variables.always("k8s_config_file");
        }
        variables.given("prometheus_server");
        variables.differing("vip_loglevel", "health_check_port");
        variables.ofVipkeeper();
    }

    private static String prefixes(List<VirtualIp> vips) {
        return vips.stream()
                .sorted((a, b) -> Boolean.compare(a.isIpv6(), b.isIpv6()))
                .map(vip -> Integer.toString(vip.prefix()))
                .collect(Collectors.joining(","));
    }
}
