package io.vipkeeper.service.plan;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A Service as an API server showed it, as far as an address is concerned. Nothing in it is trusted.
 *
 * @param version the resourceVersion
 * @param created the creation time as written, for an order among those who claim the same
 * @param balancer whether it is of type LoadBalancer and not about to be deleted
 * @param balancerClass {@code spec.loadBalancerClass}
 * @param local whether externalTrafficPolicy is Local
 * @param specAddress {@code spec.loadBalancerIP}, empty for none
 * @param annotations those of {@code kube-vip.io/}, without that prefix
 * @param ingress the addresses of {@code status.loadBalancer.ingress} as written
 */
public record ServiceView(
        ServiceKey key,
        String uid,
        String version,
        String created,
        boolean balancer,
        Optional<String> balancerClass,
        boolean local,
        Set<Port> ports,
        String specAddress,
        Map<String, String> annotations,
        List<String> ingress) {

    /** The prefix of {@link #annotations}. */
    public static final String PREFIX = "kube-vip.io/";

    /** Says which node announces the Service; an elector wrote it. */
    public static final String HOST = "vipHost";

    static final String ADDRESSES = "loadbalancerIPs";
    static final String IGNORE = "ignore";
    static final String INTERFACE = "serviceInterface";
    static final String LEASE = "leaseName";
    static final String OWN_ELECTION = "forcePerServiceElection";
    static final String WITHOUT_ENDPOINTS = "allow-reconcile-without-endpoints";

    /** @param protocol TCP, UDP or SCTP */
    public record Port(String protocol, int number) {}

    public ServiceView {
        ports = Set.copyOf(ports);
        annotations = Map.copyOf(annotations);
        ingress = List.copyOf(ingress);
    }

    String annotation(String name) {
        return annotations.getOrDefault(name, "").strip();
    }

    boolean says(String name) {
        return annotation(name).equals("true");
    }

    /** Which node an elector said announces it; empty for none. */
    public String host() {
        return annotation(HOST);
    }

    /** Whether no elector has ever announced it, as far as it says. */
    public boolean isBlank() {
        return ingress.isEmpty() && host().isEmpty();
    }
}
