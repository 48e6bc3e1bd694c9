package io.vipkeeper.config;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.vipkeeper.config.Option.Kind;
import io.vipkeeper.config.Option.Origin;

/** Whether what is wanted is what vipkeeper does: the mode, and nothing of kube-vip's that it does not have. */
final class Purposes {
    private final Settings settings;
    private final Map<String, String> environment;
    private final List<String> problems;
    private final List<String> warnings;

    Purposes(Settings settings, ConfigSources sources, List<String> problems, List<String> warnings) {
        this.settings = settings;
        this.environment = sources.environment();
        this.problems = problems;
        this.warnings = warnings;
    }

    void check() {
        checkMode();
        checkElection();
        checkBootstrap();
        checkFeatures();
        Options.all().stream()
                .filter(option -> option.origin() == Origin.ABSENT && switchesOn(option))
                .map(this::refusal)
                .forEach(problems::add);
        Options.all().stream()
                .filter(option -> option.kind() == Kind.BOOLEAN)
                .forEach(settings::flag); // Also those without effect: kube-vip refuses what is neither.
        environment.keySet().stream()
                .filter(variable -> variable.startsWith("vip_") && unknown(variable))
                .sorted()
                .map(variable -> variable + " is a variable of neither vipkeeper nor kube-vip and has no effect"
                        + Nearest.hint(variable, variables()))
                .forEach(warnings::add);
    }

    private void checkMode() {
        if (!settings.flag(Options.ARP)) {
            problems.add("exactly one mode is needed and vipkeeper has one: set vip_arp=true (--arp)");
        }
    }

    /** kube-vip's default, and in a cluster of several nodes every one of them takes the address. */
    private void checkElection() {
        if (settings.flag(Options.CONTROL_PLANE) && !settings.flag(Options.LEADER_ELECTION)) {
            warnings.add("vip_leaderelection is not set: this node takes the address from its start and asks nobody;"
                    + " with more than one node set vip_leaderelection=true (--leaderElection)");
        }
    }

    /** What answers 403 must be this node's own API server, or nothing says that it is about to be needed here. */
    private void checkBootstrap() {
        if (!settings.flag(Options.BOOTSTRAP)) {
            return;
        }
        if (!settings.text(Options.KUBERNETES_ADDRESS).isEmpty()) {
            problems.add(settings.shown(Options.BOOTSTRAP)
                    + " is for the node whose own API server makes the cluster; remove kubernetes_addr");
        }
        if (!settings.flag(Options.LEADER_ELECTION)) {
            warnings.add(settings.shown(Options.BOOTSTRAP)
                    + " has no effect without an election; set vip_leaderelection=true (--leaderElection)");
        }
    }

    private void checkFeatures() {
        boolean services = settings.flag(OtherOptions.SERVICES);
        if (!settings.flag(Options.CONTROL_PLANE)) {
            problems.add(
                    services
                            ? "svc_enable alone leaves nothing to do: vipkeeper keeps the control plane's address only;"
                                    + " set cp_enable=true (--controlplane)"
                            : "no features are enabled: set cp_enable=true (--controlplane)");
        }
    }

    /** Values are left out: one of them is a password. */
    private String refusal(Option option) {
        String name = option.env().isEmpty() && option.flag().isEmpty() ? option.fileKey() : option.name();
        String flag = option.env().isEmpty() || option.flag().isEmpty() ? "" : " (--" + option.flag() + ")";
        return name + flag + " belongs to kube-vip's " + option.purpose()
                + ", which vipkeeper does not have; remove it";
    }

    private boolean switchesOn(Option option) {
        if (option.kind() == Kind.BOOLEAN) {
            return settings.flag(option) != option.defaultValue().equals("true");
        }
        String value = settings.text(option);
        return !value.isEmpty() && !value.equals(option.defaultValue());
    }

    private static boolean unknown(String variable) {
        return variables().noneMatch(variable::equals);
    }

    private static Stream<String> variables() {
        return Options.all().stream().map(Option::env);
    }
}
