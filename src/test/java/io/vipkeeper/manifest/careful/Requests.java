package io.vipkeeper.manifest.careful;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.vipkeeper.config.ConfigSources;
import io.vipkeeper.config.Configured;
import io.vipkeeper.config.VipkeeperConfig;
import io.vipkeeper.manifest.PodRequest;

import static org.assertj.core.api.Assertions.assertThat;

/** What manifests are printed for in tests. */
final class Requests {
    static final Map<String, String> USUAL = Map.of(
            "arp", "true",
            "controlplane", "true",
            "leaderElection", "true",
            "interface", "eth0",
            "address", "192.0.2.10");

    private Requests() {}

    static PodRequest of(Map<String, String> flags) {
        return of(flags, Map.of(), false);
    }

    /** As if everything had been said without a warning. */
    static PodRequest of(Map<String, String> flags, Map<String, String> environment, boolean inCluster) {
        return switch (VipkeeperConfig.read(new ConfigSources(flags, environment, "cp-1", Optional.empty()))) {
            case Configured.Usable usable -> {
                assertThat(usable.warnings()).isEqualTo(List.of());
                yield new PodRequest(usable, "vipkeeper:0.1.0", "0.1.0", inCluster);
            }
            case Configured.Refused refused -> throw new AssertionError(refused.problems());
        };
    }
}
