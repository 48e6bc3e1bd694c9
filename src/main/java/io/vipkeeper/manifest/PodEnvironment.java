package io.vipkeeper.manifest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.stream.Collectors;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;

import io.vipkeeper.config.VipkeeperConfig;
import io.vipkeeper.vip.VirtualIp;

/**
 * A configuration as variables, with kube-vip's names in the order of its generator, so that two manifests can be
 * compared line by line. What is as by default is left out, except for what kube-vip always prints.
 */
final class PodEnvironment {
    private static final Duration DEFAULT_CARRIER_LOSS = Duration.ofSeconds(1);

    private final List<EnvVar> variables = new ArrayList<>();

    private PodEnvironment() {}

    static List<EnvVar> of(VipkeeperConfig config) {
        PodEnvironment environment = new PodEnvironment();
        environment.link(config);
        environment.election(config.election());
        environment.address(config.address());
        environment.rest(config);
        return environment.variables;
    }

    private void link(VipkeeperConfig config) {
        put("vip_arp", "true");
        put("port", Integer.toString(config.api().port()));
        variables.add(new EnvVarBuilder()
                .withName("vip_nodename")
                .withNewValueFrom()
                .withNewFieldRef()
                .withFieldPath("spec.nodeName")
                .endFieldRef()
                .endValueFrom()
                .build());
        config.link().interfaceName().ifPresent(name -> put("vip_interface", name));
        putIf(config.link().allowNotUp(), "vip_allow_interface_not_up", "true");
        put("vip_subnet", prefixes(config.address().vips()));
    }

    private void election(VipkeeperConfig.Election election) {
        put("cp_enable", "true");
        put("cp_namespace", election.namespace());
        if (election.enabled()) {
            put("vip_leaderelection", "true");
            put("vip_leasename", election.leaseName());
            put("vip_leaseduration", seconds(election.timing().leaseDuration()));
            put("vip_renewdeadline", seconds(election.timing().renewDeadline()));
            put("vip_retryperiod", seconds(election.timing().retryPeriod()));
        }
    }

    private void address(VipkeeperConfig.Address address) {
        put(
                "address",
                address.vips().stream()
                        .map(vip -> vip.address().getHostAddress())
                        .collect(Collectors.joining(",")));
        putIf(
                address.announcePeriod().toMillis() != 3000,
                "vip_arpRate",
                "" + address.announcePeriod().toMillis());
        putIf(address.skipDad(), "vip_skipdad", "true");
        putIf(address.preserveOnLoss(), "vip_preserve_on_leadership_loss", "true");
    }

    private void rest(VipkeeperConfig config) {
        Duration carrier = config.link().carrierLossTimeout().orElse(Duration.ZERO);
        putIf(!carrier.equals(DEFAULT_CARRIER_LOSS), "vip_carrierlosstimeout", "" + carrier.toMillis());
        config.api().server().ifPresent(server -> put("kubernetes_addr", server.toString()));
        putIf(
                config.api().kubeconfigGiven(),
                "k8s_config_file",
                config.api().kubeconfig().toString());
        config.http().metrics().ifPresent(listen -> put("prometheus_server", listen.toString()));
        putIf(config.logLevel().intValue() != Level.INFO.intValue(), "vip_loglevel", slogNumber(config.logLevel()));
        config.http().healthCheckPort().ifPresent(port -> put("health_check_port", Integer.toString(port)));
    }

    /** The number that kube-vip and vipkeeper read as this level. */
    private static String slogNumber(Level level) {
        if (level.intValue() < Level.CONFIG.intValue()) {
            return level.intValue() < Level.FINE.intValue() ? "-8" : "-4";
        }
        if (level.equals(Level.OFF)) {
            return "12";
        }
        return level.intValue() > Level.WARNING.intValue() ? "8" : level.intValue() > Level.INFO.intValue() ? "4" : "0";
    }

    private static String prefixes(List<VirtualIp> vips) {
        return vips.stream()
                .sorted((a, b) -> Boolean.compare(a.isIpv6(), b.isIpv6()))
                .map(vip -> Integer.toString(vip.prefix()))
                .collect(Collectors.joining(","));
    }

    private static String seconds(Duration duration) {
        return Long.toString(duration.toSeconds());
    }

    private void putIf(boolean wanted, String name, String value) {
        if (wanted) {
            put(name, value);
        }
    }

    private void put(String name, String value) {
        variables.add(new EnvVarBuilder().withName(name).withValue(value).build());
    }
}
