package io.vipkeeper.manifest.compatible;

import java.util.List;
import java.util.stream.Collectors;

import io.fabric8.kubernetes.api.model.EnvVar;

import io.vipkeeper.manifest.PodRequest;
import io.vipkeeper.manifest.Variables;
import io.vipkeeper.vip.VirtualIp;

/**
 * The variables of kube-vip's generator in its order. What it drops although the daemon reads it, and what is
 * vipkeeper's own, follows at the end if it is not as by default.
 */
final class KubeVipEnvironment {
    private final PodRequest request;
    private final Variables variables;

    private KubeVipEnvironment(PodRequest request) {
        this.request = request;
        this.variables = new Variables(request);
    }

    static List<EnvVar> of(PodRequest request) {
        KubeVipEnvironment environment = new KubeVipEnvironment(request);
        environment.link();
        environment.purposes();
        environment.election();
        environment.rest();
        return environment.variables.list();
    }

    private void link() {
        variables.always("vip_arp", "port");
        variables.nodeName();
        variables.given("instance_name", "vip_interface", "vip_servicesinterface");
        variables.differing("vip_allow_interface_not_up");
        if (request.value("vip_subnet").isEmpty()) {
            variables.put("vip_subnet", hostPrefixes());
        } else {
            variables.always("vip_subnet");
        }
        variables.always("dns_mode", "dhcp_mode");
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
        variables.always("cp_enable", "cp_namespace");
        if (request.flag("svc_enable")) {
            variables.always("svc_enable", "svc_leasename");
            variables.differing("svc_election", "lb_class_only", "enable_service_security");
        }
    }

    private void election() {
        if (request.flag("vip_leaderelection")) {
            variables.always(
                    "vip_leaderelection", "vip_leasename", "vip_leaseduration", "vip_renewdeadline", "vip_retryperiod");
        }
        if (request.flag("vip_loseleadership")) {
            variables.always("vip_loseleadership", "vip_loseleadership_timeout_seconds");
        }
    }

    private void rest() {
        variables.always(request.value("address").isEmpty() ? "vip_address" : "address");
        variables.given("prometheus_server");
        variables.differing(
                "enable_endpoints",
                "disable_service_updates",
                "health_check_port",
                "vip_preserve_on_leadership_loss",
                "debounce_time");
        variables.differing("vip_arpRate", "vip_skipdad", "kubernetes_addr", "vip_loglevel");
        variables.ofVipkeeper();
    }
}
