package io.vipkeeper.config;

import java.util.List;
import java.util.Optional;

import io.vipkeeper.config.VipkeeperConfig.Api;
import io.vipkeeper.config.VipkeeperConfig.Listen;
import io.vipkeeper.vip.VirtualIp;

/**
 * Where an election is, for whoever only looks at it: the manager's options, of which none is needed.
 *
 * @param leaseGiven whether somebody named the Lease, rather than the default
 * @param vips empty when nobody said any
 * @param metrics where a manager with these options answers on its node; empty when nowhere
 */
public record Whereabouts(
        String namespace,
        String leaseName,
        boolean leaseGiven,
        List<VirtualIp> vips,
        Api api,
        Optional<Listen> metrics) {

    public Whereabouts {
        vips = List.copyOf(vips);
    }

    /** What became of reading them. */
    public sealed interface Reading {
        record Usable(Whereabouts whereabouts) implements Reading {}

        /** @param problems all of them, a sentence each */
        record Refused(List<String> problems) implements Reading {}
    }

    /** Reads the options that say it, and the configuration file if one is named. */
    public static Reading read(ConfigSources sources) {
        return new ConfigReader(sources).whereabouts();
    }
}
