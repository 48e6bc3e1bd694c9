package io.vipkeeper.config;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

import io.vipkeeper.vip.VirtualIp;

/** What was configured, for whoever can reach the metrics port: no path, no credential, no URL. */
public final class ShownSettings {
    private final Map<Option, String> shown = new LinkedHashMap<>();

    private ShownSettings() {}

    /** The values that hold, whether typed or default, by the names of their variables, in the order to be shown. */
    public static Map<String, String> of(VipkeeperConfig config) {
        ShownSettings settings = new ShownSettings();
        settings.address(config);
        settings.election(config.election());
        config.fast().ifPresentOrElse(settings::fast, () -> settings.put(Options.FAST, "off"));
        settings.put(
                Options.PROMETHEUS_SERVER,
                config.http().metrics().map(Object::toString).orElse(""));
        settings.put(Options.HEALTH_CHECK_PORT, config.http().healthCheckPort().orElse(0));
        Map<String, String> byName = new LinkedHashMap<>();
        settings.shown.forEach((option, value) -> byName.put(option.name(), value));
        return byName;
    }

    private void address(VipkeeperConfig config) {
        VipkeeperConfig.Address address = config.address();
        put(Options.ADDRESS, address.vips().stream().map(VirtualIp::toString).collect(Collectors.joining(",")));
        put(Options.INTERFACE, config.link().interfaceName().orElse("of the default route"));
        put(Options.ALLOW_INTERFACE_NOT_UP, config.link().allowNotUp());
        put(Options.ARP_RATE, address.announcePeriod().toMillis());
        put(Options.PRESERVE, address.preserveOnLoss());
        put(
                Options.CARRIER_LOSS_TIMEOUT,
                config.link().carrierLossTimeout().map(Duration::toMillis).orElse(0L));
    }

    private void election(VipkeeperConfig.Election election) {
        put(Options.LEADER_ELECTION, election.enabled());
        put(Options.NAMESPACE, election.namespace());
        put(Options.LEASE_NAME, election.leaseName());
        put(Options.LEASE_DURATION, election.timing().leaseDuration().toSeconds());
        put(Options.RENEW_DEADLINE, election.timing().renewDeadline().toSeconds());
        put(Options.RETRY_PERIOD, election.timing().retryPeriod().toSeconds());
        put(Options.BOOTSTRAP, election.bootstrap());
    }

    private void fast(VipkeeperConfig.Fast fast) {
        put(Options.FAST_INTERVAL, fast.pace().interval().toMillis());
        put(Options.FAST_GRANT, fast.pace().grant().toMillis());
        put(Options.PEER_PORT, fast.port());
        put(Options.WEIGHT, fast.weight());
    }

    private void put(Option option, Object value) {
        shown.put(option, value.toString());
    }
}
