package io.vipkeeper.config;

import java.util.ArrayList;
import java.util.List;

import io.vipkeeper.config.Option.Kind;
import io.vipkeeper.config.Option.Origin;

/**
 * kube-vip's options that vipkeeper knows and does not obey. A row reads {@code flag variable file-key default}, with
 * {@code -} for nothing; the default is what kube-vip takes, and its generator prints, when nothing is wanted.
 */
final class OtherOptions {

    static final Option SERVICES =
            new Option("services", "svc_enable", "enableServices", Kind.BOOLEAN, "false", "", Origin.SERVICES);

    static final List<Option> ALL = all();

    private static final String OF_SERVICES = """
            servicesElection svc_election enableServicesElection false
            servicesLeaseName svc_leasename servicesLeaseName plndr-svcs-lock
            - svc_namespace serviceNamespace -
            serviceInterface vip_servicesinterface servicesInterface -
            perServiceElectionOnDemand per_service_election_on_demand perServiceElectionOnDemand false
            lbClassOnly lb_class_only lbClassOnly false
            lbClassName lb_class_name lbClassName kube-vip.io/kube-vip-class
            lbClassNameLegacyHandling lb_class_legacy_handling lbClassNameLegacyHandling true
            onlyAllowTrafficServicePorts enable_service_security enableServiceSecurity false
            disableServiceUpdates disable_service_updates disableServiceUpdates false
            enableEndpoints enable_endpoints enableEndpoints false
            debounceTime debounce_time debounceTime 0s
            """;

    private static final String OF_BGP = """
            bgp bgp_enable enableBGP false
            bgpRouterID bgp_routerid - -
            - bgp_routerinterface - -
            localAS bgp_as - 65000
            peerAddress bgp_peeraddress - -
            peerAS bgp_peeras - 65000
            peerPass bgp_peerpass - -
            multihop bgp_multihop - false
            bgppeers bgp_peers bgpPeers -
            sourceIF bgp_sourceif - -
            sourceIP bgp_sourceip - -
            bgpHoldTimer bgp_hold_time - 30
            bgpKeepAliveInterval bgp_keepalive_interval - 10
            - bgp_attach_ip_to_interface - false
            - mpbgp_nexthop - -
            - mpbgp_ipv4 - -
            - mpbgp_ipv6 - -
            zebra zebra_enable - false
            zebraUrl zebra_url - unix:/var/run/frr/zserv.api
            zebraVersion zebra_version - 6
            zebraSoftwareName zebra_software_name - frr8.3
            annotations annotation annotations -
            - - bgpConfig -
            - - bgpPeerConfig -
            - control_plane_health_check_address controlPlaneHealthCheckAddress -
            - control_plane_health_check_period_seconds controlPlaneHealthCheckPeriodSeconds 5
            - control_plane_health_check_timeout_seconds controlPlaneHealthCheckTimeoutSeconds 3
            - control_plane_health_check_failure_threshold controlPlaneHealthCheckFailureThreshold 3
            - control_plane_health_check_ca_path controlPlaneHealthCheckCAPath -
            """;

    private static final String OF_ROUTING_TABLE = """
            table vip_routingtable enableRoutingTable false
            tableID vip_routingtableid routingTableID 198
            tableType vip_routingtabletype routingTableType 1
            routingProtocol vip_routingprotocol routingProtocol 248
            cleanRoutingTable vip_cleanroutingtable cleanRoutingTable false
            """;

    private static final String OF_LOAD_BALANCING = """
            enableLoadBalancer lb_enable enableLoadBalancer false
            lbPort lb_port lbPort 6443
            lbForwardingMethod lb_fwdmethod lbForwardingMethod local
            - backend_health_check_interval backendHealthCheckInterval 5
            - - loadBalancers -
            """;

    private static final String OF_ETCD = """
            leaderElectionType - leaderElectionType kubernetes
            etcdCACert - - -
            etcdCert - - -
            etcdKey - - -
            etcdEndpoints - - -
            - - etcd -
            """;

    private static final String OF_NAMES = """
            ddns vip_ddns ddns false
            dnsMode dns_mode dnsDualStackMode first
            dhcpMode dhcp_mode dhcpMode ipv4
            dhcpBackoffAttempts dhcp_backoff_attempts dhcpBackoffAttempts 3
            """;

    private static final String OF_EGRESS = """
            egressWithNftables egress_withnftables egressWithNftables true
            - egress_podcidr egressPodCidr -
            - egress_servicecidr egressServiceCidr -
            - egress_enableinternalsnat egressEnableInternalSNAT false
            - egress_clean egressClean false
            - EGRESS_CLEAN - false
            - iptables_backend iptablesBackend -
            """;

    private static final String WITHOUT_EFFECT = """
            instanceName instance_name instanceName -
            - INSTANCE_NAME - -
            - vip_leaseannotations leaseAnnotations -
            - vip_singlenode singleNode -
            - vip_startleader startAsLeader -
            - addPeersToLB addPeersAsBackends -
            - vip_configmap - -
            - vip_cidr - -
            """;

    private OtherOptions() {}

    private static List<Option> all() {
        List<Option> all = new ArrayList<>(List.of(SERVICES));
        add(all, Origin.SERVICES, "", OF_SERVICES);
        add(all, Origin.ABSENT, "BGP", OF_BGP);
        add(all, Origin.ABSENT, "routing tables", OF_ROUTING_TABLE);
        add(all, Origin.ABSENT, "WireGuard", "wireguard vip_wireguard enableWireguard false");
        add(all, Origin.ABSENT, "load balancing of the API by IPVS", OF_LOAD_BALANCING);
        add(all, Origin.ABSENT, "election by etcd", OF_ETCD);
        add(all, Origin.ABSENT, "addresses by DNS name or DHCP", OF_NAMES);
        add(all, Origin.ABSENT, "egress of Services", OF_EGRESS);
        add(all, Origin.ABSENT, "UPnP", "- enable_upnp enableUPNP false\n- enableUPNP - false");
        add(all, Origin.ABSENT, "mirroring", "mirrorDestInterface mirror_dest_interface mirrorDestInterface -");
        add(all, Origin.ABSENT, "labels on Nodes", "enableNodeLabeling enable_node_labeling enableNodeLabeling false");
        add(
                all,
                Origin.ABSENT,
                "looking for an API server by its certificate",
                "autodetectcp cp_detect detectControlPlane false");
        add(
                all,
                Origin.ABSENT,
                "addresses on the loopback interface",
                "loInterfaceGlobalScope vip_interfaceloglobal loInterfaceGlobalScope false");
        add(all, Origin.NO_EFFECT, "", WITHOUT_EFFECT);
        return List.copyOf(all);
    }

    private static void add(List<Option> all, Origin origin, String feature, String rows) {
        for (String row : rows.strip().split("\n")) {
            String[] cells = row.strip().split(" ");
            all.add(new Option(
                    cell(cells[0]), cell(cells[1]), cell(cells[2]), kind(cells[3]), cell(cells[3]), feature, origin));
        }
    }

    private static Kind kind(String defaultValue) {
        return defaultValue.equals("true") || defaultValue.equals("false") ? Kind.BOOLEAN : Kind.TEXT;
    }

    private static String cell(String cell) {
        return cell.equals("-") ? "" : cell;
    }
}
