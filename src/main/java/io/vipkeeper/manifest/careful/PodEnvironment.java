package io.vipkeeper.manifest.careful;

import java.util.List;
import java.util.stream.Collectors;

import io.vipkeeper.config.Option.Origin;
import io.vipkeeper.config.VipkeeperConfig.Election;
import io.vipkeeper.manifest.PodRequest;
import io.vipkeeper.manifest.Variables;
import io.vipkeeper.vip.VirtualIp;

/**
 * A configuration as variables, with kube-vip's names in the order of its generator, so that two manifests can be
 * compared line by line. What is as by default is left out, except for what kube-vip always prints.
 */
final class PodEnvironment extends Variables {
    PodEnvironment(PodRequest request) {
        super(request);
        link();
        election();
        rest();
    }

    private void link() {
        always("vip_arp", "port");
        nodeName();
        given("vip_interface");
        differing("vip_allow_interface_not_up");
        put("vip_subnet", prefixes(request.config().address().vips()));
    }

    private void election() {
        Election election = request.config().election();
        always("cp_enable");
        put("cp_namespace", election.namespace());
        if (election.enabled()) {
            always("vip_leaderelection");
            put("vip_leasename", leaseName(election));
            always("vip_leaseduration", "vip_renewdeadline", "vip_retryperiod");
        }
    }

    /** In the cluster the namespace of the ServiceAccount would come before cp_namespace. */
    private String leaseName(Election election) {
        boolean elsewhere = request.inCluster() && !election.namespace().equals(CarefulSpec.NAMESPACE);
        return elsewhere ? election.namespace() + "/" + election.leaseName() : election.leaseName();
    }

    private void rest() {
        String address = request.value("address");
        put("address", (address.isEmpty() ? request.value("vip_address") : address).replaceAll("\\s", ""));
        differing("vip_arpRate", "vip_skipdad", "vip_preserve_on_leadership_loss", "vip_loseleadership");
        if (request.flag("vip_loseleadership")) {
            always("vip_loseleadership_timeout_seconds");
        }
        differing("kubernetes_addr");
        if (request.config().api().kubeconfigGiven() && !request.inCluster()) {
            always("k8s_config_file");
        }
        given("prometheus_server");
        differing("vip_loglevel", "health_check_port");
        if (request.config().services().isPresent()) {
            differing(Origin.SERVICES);
        }
        ofVipkeeper();
    }

    private static String prefixes(List<VirtualIp> vips) {
        return vips.stream()
                .sorted((a, b) -> Boolean.compare(a.isIpv6(), b.isIpv6()))
                .map(vip -> Integer.toString(vip.prefix()))
                .collect(Collectors.joining(","));
    }
}
