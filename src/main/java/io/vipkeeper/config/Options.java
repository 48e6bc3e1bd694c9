package io.vipkeeper.config;

import java.util.List;
import java.util.stream.Stream;

import io.vipkeeper.config.Option.Kind;
import io.vipkeeper.config.Option.Origin;

/** The options that vipkeeper obeys; kube-vip's names, meanings and defaults are those of its version 1.2.3. */
public final class Options {

    static final Option ARP =
            flag("arp", "vip_arp", "enableARP", "announce the address by ARP and NDP; the one mode there is");
    static final Option CONTROL_PLANE =
            flag("controlplane", "cp_enable", "enableControlPlane", "keep the control plane's virtual IP");
    static final Option ADDRESS =
            text("address", "address", "address", "", "the virtual IP; for dual stack two, separated by a comma");
    static final Option VIP_ADDRESS =
            text("vip", "vip_address", "vip", "", "deprecated name of address; needs vip_subnet");
    static final Option SUBNET =
            text("vipSubnet", "vip_subnet", "vipSubnet", "", "prefix length, IPv4 before IPv6; empty means 32 and 128");
    static final Option PORT = number("port", "port", "port", "6443", "port of the API server on this node");
    static final Option INTERFACE =
            text("interface", "vip_interface", "interface", "", "NIC of the address; empty: that of the default route");
    static final Option ALLOW_INTERFACE_NOT_UP = flag(
            "allowInterfaceNotUp",
            "vip_allow_interface_not_up",
            "allowInterfaceNotUp",
            "start although the NIC is not up yet");
    static final Option SKIP_DAD =
            flag("", "vip_skipdad", "skipDAD", "kube-vip's switch for what vipkeeper always does: IPv6 without DAD");
    static final Option ARP_RATE = number(
            "", "vip_arpRate", "arpBroadcastRate", "3000", "milliseconds between two announcements, at least 500");
    static final Option NODE_NAME =
            text("nodeName", "vip_nodename", "leaseNodeName", "", "identity in the election; empty: the host name");
    static final Option LEADER_ELECTION = flag(
            "leaderElection", "vip_leaderelection", "enableLeaderElection", "elect one holder by means of a Lease");
    static final Option BOOTSTRAP = own(
            "bootstrap",
            "vip_bootstrap",
            "bootstrap",
            Kind.BOOLEAN,
            "false",
            "the node of kubeadm init: answer before any Lease may be read, if nobody else does");
    static final Option SERVICES_PREVIEW = own(
            "services-preview",
            "vip_services_preview",
            "servicesPreview",
            Kind.BOOLEAN,
            "false",
            "with svc_enable: try what there is for Services of type LoadBalancer; not safe yet, see the README");
    static final Option LEASE_NAME =
            text("leaseName", "vip_leasename", "leaseName", "plndr-cp-lock", "the Lease: name or namespace/name");
    static final Option NAMESPACE = text(
            "namespace",
            "cp_namespace",
            "namespace",
            "kube-system",
            "namespace of the Lease when neither its name nor a service account says one");
    static final Option LEASE_DURATION = number(
            "leaseDuration",
            "vip_leaseduration",
            "leaseDuration",
            "15",
            "seconds of silence after which another node may take over");
    static final Option RENEW_DEADLINE = number(
            "leaseRenewDuration",
            "vip_renewdeadline",
            "renewDeadline",
            "10",
            "seconds after its last renewal at which a holder gives the address up");
    static final Option RETRY_PERIOD =
            number("leaseRetry", "vip_retryperiod", "retryPeriod", "2", "seconds between two attempts");
    static final Option FAST = own(
            "fast",
            "vip_fast",
            "fast",
            Kind.TEXT,
            "auto",
            "auto: three candidates or more replace a silent holder before its Lease has run out; off: the Lease alone");
    static final Option FAST_INTERVAL = own(
            "fastInterval",
            "vip_fastinterval",
            "fastInterval",
            Kind.NUMBER,
            "50",
            "milliseconds between two heartbeats of a holder");
    static final Option FAST_GRANT = own(
            "fastGrant",
            "vip_fastgrant",
            "fastGrant",
            Kind.NUMBER,
            "250",
            "milliseconds of silence after which candidates may replace a holder, at least four heartbeats");
    static final Option PEER_PORT = own(
            "peerPort",
            "vip_peerport",
            "peerPort",
            Kind.NUMBER,
            "2113",
            "UDP port for the other candidates, on every address; 0: any free one");
    static final Option WEIGHT = own(
            "weight",
            "vip_weight",
            "weight",
            Kind.NUMBER,
            "100",
            "preference among the nodes that could take over, 0 to 255; the larger first, and nobody is ever preempted");
    static final Option PRESERVE = flag(
            "preserveVipOnLeadershipLoss",
            "vip_preserve_on_leadership_loss",
            "preserveVipOnLeadershipLoss",
            "keep an IPv4 address on the NIC after losing the lead, until another holder is seen");
    static final Option LOSE_LEADERSHIP =
            flag("loseLeadership", "vip_loseleadership", "loseLeadership", "give up when the NIC is down for long");
    static final Option LOSE_LEADERSHIP_TIMEOUT = number(
            "loseLeadershiptTimeoutSeconds",
            "vip_loseleadership_timeout_seconds",
            "loseLeadershipTimeoutSeconds",
            "30",
            "seconds for vip_loseleadership");
    static final Option CARRIER_LOSS_TIMEOUT = own(
            "carrierLossTimeout",
            "vip_carrierlosstimeout",
            "carrierLossTimeout",
            Kind.NUMBER,
            "1000",
            "milliseconds without carrier after which a holder gives up, 0: never; vip_loseleadership overrides it");
    static final Option KUBECONFIG = text(
            "k8sConfigPath",
            "k8s_config_file",
            "k8sConfigFile",
            "/etc/kubernetes/admin.conf",
            "kubeconfig with the credentials");
    static final Option KUBERNETES_ADDRESS =
            text("", "kubernetes_addr", "kubernetesAddr", "", "URL of the API server; empty: the one on this node");
    public static final Option PROMETHEUS_SERVER = text(
            "prometheusHTTPServer",
            "prometheus_server",
            "prometheusHTTPServer",
            ":2112",
            "address of /, /metrics, /q/health and /q/status; an empty flag: none");
    static final Option HEALTH_CHECK_PORT = number(
            "healthCheckPort", "health_check_port", "healthCheckPort", "0", "port of /healthz, at least 1024; 0: none");
    static final Option LOG_LEVEL =
            number("log", "vip_loglevel", "logging", "0", "-4 debug, 0 info, 4 warnings, 8 errors; more hides more");
    static final Option LOG_FORMAT =
            own("logFormat", "vip_logformat", "logFormat", Kind.TEXT, "text", "text, or json: one object a line");
    static final Option CONFIG_FILE =
            text("config-file", "config_file", "", "", "JSON or YAML file with these options");

    private static final List<Option> USED = List.of(
            ARP,
            CONTROL_PLANE,
            ADDRESS,
            VIP_ADDRESS,
            SUBNET,
            PORT,
            INTERFACE,
            ALLOW_INTERFACE_NOT_UP,
            SKIP_DAD,
            ARP_RATE,
            NODE_NAME,
            LEADER_ELECTION,
            BOOTSTRAP,
            SERVICES_PREVIEW,
            LEASE_NAME,
            NAMESPACE,
            LEASE_DURATION,
            RENEW_DEADLINE,
            RETRY_PERIOD,
            FAST,
            FAST_INTERVAL,
            FAST_GRANT,
            PEER_PORT,
            WEIGHT,
            PRESERVE,
            LOSE_LEADERSHIP,
            LOSE_LEADERSHIP_TIMEOUT,
            CARRIER_LOSS_TIMEOUT,
            KUBECONFIG,
            KUBERNETES_ADDRESS,
            PROMETHEUS_SERVER,
            HEALTH_CHECK_PORT,
            LOG_LEVEL,
            LOG_FORMAT,
            CONFIG_FILE);

    private Options() {}

    /** Every option that is understood, those first that are obeyed, in the order of the documentation. */
    public static List<Option> all() {
        return Stream.concat(USED.stream(), OtherOptions.ALL.stream()).toList();
    }

    /** Those that say where an election is. */
    public static List<Option> ofWhereabouts() {
        return List.of(
                ADDRESS, PORT, LEASE_NAME, NAMESPACE, KUBECONFIG, KUBERNETES_ADDRESS, PROMETHEUS_SERVER, CONFIG_FILE);
    }

    /** The table for the README. */
    public static String markdown() {
        StringBuilder table =
                new StringBuilder("| variable | flag | file | default | meaning |\n|---|---|---|---|---|\n");
        for (Option option : USED) {
            table.append("| %s | %s | %s | %s | %s%s |%n"
                    .formatted(
                            code(option.env()),
                            code(option.flag().isEmpty() ? "" : "--" + option.flag()),
                            code(option.fileKey()),
                            code(option.defaultValue()),
                            option.purpose(),
                            option.origin() == Origin.VIPKEEPER ? " (vipkeeper's own)" : ""));
        }
        return table.toString();
    }

    private static String code(String text) {
        return text.isEmpty() ? "" : "`" + text + "`";
    }

    private static Option own(String flag, String env, String fileKey, Kind kind, String defaultValue, String purpose) {
        return new Option(flag, env, fileKey, kind, defaultValue, purpose, Origin.VIPKEEPER);
    }

    private static Option flag(String flag, String env, String fileKey, String purpose) {
        return new Option(flag, env, fileKey, Kind.BOOLEAN, "false", purpose, Origin.KUBE_VIP);
    }

    private static Option number(String flag, String env, String fileKey, String defaultValue, String purpose) {
        return new Option(flag, env, fileKey, Kind.NUMBER, defaultValue, purpose, Origin.KUBE_VIP);
    }

    private static Option text(String flag, String env, String fileKey, String defaultValue, String purpose) {
        return new Option(flag, env, fileKey, Kind.TEXT, defaultValue, purpose, Origin.KUBE_VIP);
    }
}
