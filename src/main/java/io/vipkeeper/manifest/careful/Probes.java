package io.vipkeeper.manifest.careful;

import java.util.Optional;
import java.util.Set;

import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;

import io.vipkeeper.config.VipkeeperConfig.Http;
import io.vipkeeper.config.VipkeeperConfig.Listen;

/** What kubelet asks, from the host's network, where the program listens. */
final class Probes {
    private static final Set<String> EVERY_ADDRESS = Set.of("", "0.0.0.0", "::");

    private final String host;
    private final int port;

    private Probes(String host, int port) {
        this.host = host;
        this.port = port;
    }

    /** None when the listener that answers them is switched off. */
    static Optional<Probes> of(Http http) {
        return http.metrics().map(listen -> new Probes(host(listen), listen.port()));
    }

    /** Up to a minute for a slow machine; the others begin when this has succeeded once. */
    Probe startup() {
        return probe("/q/health/started", 2, 30);
    }

    Probe liveness() {
        return probe("/q/health/live", 10, 3);
    }

    Probe readiness() {
        return probe("/q/health/ready", 5, 1);
    }

    private Probe probe(String path, int periodSeconds, int failures) {
        return new ProbeBuilder()
                .withNewHttpGet()
                .withHost(host)
                .withPath(path)
                .withNewPort(port)
                .endHttpGet()
                .withPeriodSeconds(periodSeconds)
                .withTimeoutSeconds(3)
                .withFailureThreshold(failures)
                .build();
    }

    private static String host(Listen listen) {
        return EVERY_ADDRESS.contains(listen.host()) ? "127.0.0.1" : listen.host();
    }
}
