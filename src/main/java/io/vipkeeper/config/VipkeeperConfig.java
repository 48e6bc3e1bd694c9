package io.vipkeeper.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.logging.Level;

import io.vipkeeper.grant.Pace;
import io.vipkeeper.lease.Timing;
import io.vipkeeper.vip.VirtualIp;

/**
 * What the program was told, checked.
 *
 * @param nodeName the identity in the election, lower case, never empty
 * @param fast empty when the Lease alone is to decide
 * @param services empty when Services of type LoadBalancer are none of its business
 * @param logLevel the lowest level that is logged
 * @param logsJson one JSON object a line instead of text
 */
public record VipkeeperConfig(
        String nodeName,
        Address address,
        Link link,
        Election election,
        Optional<Fast> fast,
        Optional<Services> services,
        Api api,
        Http http,
        Level logLevel,
        boolean logsJson) {

    /** Reads, checks and reports everything at once; reads the configuration file if one is named, and nothing else. */
    public static Configured read(ConfigSources sources) {
        return new ConfigReader(sources).read();
    }

    /**
     * The addresses and how they are announced.
     *
     * @param vips one for IPv4, one for IPv6 or both, in the order given
     * @param announcePeriod between two announcements once the neighbours know
     * @param skipDad kube-vip's vip_skipdad; vipkeeper never waits for duplicate address detection anyway
     * @param preserveOnLoss an IPv4 address stays, unannounced, until another holder is seen
     */
    public record Address(List<VirtualIp> vips, Duration announcePeriod, boolean skipDad, boolean preserveOnLoss) {
        public Address {
            vips = List.copyOf(vips);
        }
    }

    /**
     * The NIC.
     *
     * @param interfaceName empty: the NIC of the default route
     * @param carrierLossTimeout how long a holder bears a dead link; empty: for ever
     */
    public record Link(Optional<String> interfaceName, boolean allowNotUp, Optional<Duration> carrierLossTimeout) {}

    /**
     * The Lease.
     *
     * @param enabled false: the node holds from its start and asks nobody
     * @param bootstrap whether this node answers for the addresses before any Lease can be read, if nobody else does
     */
    public record Election(boolean enabled, String namespace, String leaseName, Timing timing, boolean bootstrap) {}

    /**
     * The fast path of the election, if there is one.
     *
     * @param port for datagrams of the other candidates, zero for any
     * @param weight the preference among those who could take over, 0 to 255
     */
    public record Fast(Pace pace, int port, int weight) {}

    /**
     * Services of type LoadBalancer.
     *
     * @param namespace the only one whose Services count; empty for all
     * @param election one Lease for each Service
     * @param onDemand one Lease for each Service that asks for it
     * @param leaseName the one Lease of the others, as name or namespace/name; empty: groups
     * @param interfaceName of a Service that names none; empty: that of the control plane's address
     * @param updates whether statuses are written
     */
    public record Services(
            Optional<String> namespace,
            boolean election,
            boolean onDemand,
            Optional<String> leaseName,
            Classes classes,
            Optional<String> interfaceName,
            boolean updates) {}

    /** Of {@code loadBalancerClass}: only those with a class; which one; whether none counts as that one. */
    public record Classes(boolean only, String name, boolean legacy) {}

    /**
     * The API server.
     *
     * @param port of the one on this node
     * @param kubeconfigGiven whether somebody named the kubeconfig, rather than the default
     * @param server overrides what the kubeconfig and the node say; never one of the VIPs
     */
    public record Api(int port, Path kubeconfig, boolean kubeconfigGiven, Optional<URI> server) {}

    /**
     * The listeners of the program.
     *
     * @param metrics where /, /metrics, /q/health and /q/status are, empty when switched off
     * @param healthCheckPort where /healthz is, on every address
     */
    public record Http(Optional<Listen> metrics, OptionalInt healthCheckPort) {}

    /**
     * Where to listen.
     *
     * @param host empty for every address of the host
     */
    public record Listen(String host, int port) {

        @Override
        public String toString() {
            return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        }
    }
}
