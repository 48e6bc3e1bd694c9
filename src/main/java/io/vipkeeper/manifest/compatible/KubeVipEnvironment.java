package io.vipkeeper.manifest.compatible;

import java.util.stream.Collectors;

import io.vipkeeper.manifest.PodRequest;
import io.vipkeeper.manifest.Variables;
import io.vipkeeper.vip.VirtualIp;

/**
 * The variables of kube-vip's generator in its order. What it drops although the daemon reads it, and what is
 * vipkeeper's own, follows at the end if it is not as by default.
 */
final class KubeVipEnvironment extends Variables {
    KubeVipEnvironment(PodRequest request) {
        super(request);
        link();
        purposes();
        election();
        rest();
    }

    private void link() {
        always("vip_arp", "port");
        nodeName();
        given("instance_name", "vip_interface", "vip_servicesinterface");
        differing("vip_allow_interface_not_up");
        if (request.value("vip_subnet").isEmpty()) {
            put("vip_subnet", hostPrefixes());
        } else {
            always("vip_subnet");
        }
        always("dns_mode", "dhcp_mode");
    }

    /** IPv4 before IPv6, in whatever order the addresses were given. */
    private String hostPrefixes() {
        return request.config().address().vips().stream()
                .map(VirtualIp::prefix)
                .sorted()
                .map(prefix -> Integer.toString(prefix))
                .collect(Collectors.joining(","));
    }

    private void purposes() {
        always("cp_enable", "cp_namespace");
        if (request.flag("svc_enable")) {
            always("svc_enable", "svc_leasename");
            differing("svc_election", "lb_class_only", "enable_service_security");
        }
    }

    private void election() {
        if (request.flag("vip_leaderelection")) {
            always("vip_leaderelection", "vip_leasename", "vip_leaseduration", "vip_renewdeadline", "vip_retryperiod");
        }
        if (request.flag("vip_loseleadership")) {
            always("vip_loseleadership", "vip_loseleadership_timeout_seconds");
        }
    }

    private void rest() {
        always(request.value("address").isEmpty() ? "vip_address" : "address");
        given("prometheus_server");
        differing(
                "enable_endpoints",
                "disable_service_updates",
                "health_check_port",
                "vip_preserve_on_leadership_loss",
                "debounce_time");
        differing("vip_arpRate", "vip_skipdad", "kubernetes_addr", "vip_loglevel");
        ofVipkeeper();
    }
}
