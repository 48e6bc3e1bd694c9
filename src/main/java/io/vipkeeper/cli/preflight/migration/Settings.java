package io.vipkeeper.cli.preflight.migration;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.vipkeeper.cli.common.Printable;
import io.vipkeeper.cli.preflight.finding.Finding;
import io.vipkeeper.cli.preflight.finding.Finding.Level;
import io.vipkeeper.cli.preflight.finding.PodFile;
import io.vipkeeper.cli.preflight.finding.PodFile.Container;
import io.vipkeeper.config.Option;
import io.vipkeeper.config.Options;

/** The settings of a kube-vip container, as it reads them: its variables go before its flags. */
final class Settings {
    private static final String KUBECONFIG = "k8s_config_file";
    private static final Path ADMIN_CONF = Path.of("/etc/kubernetes/admin.conf");
    private static final Path SUPER_ADMIN_CONF = Path.of("/etc/kubernetes/super-admin.conf");

    private final PodFile file;
    private final Container container;
    private final Map<String, String> flags = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();
    private final List<Finding> findings = new ArrayList<>();

    private Settings(PodFile file, Container container) {
        this.file = file;
        this.container = container;
    }

    static Settings of(PodFile file, Container container) {
        Settings settings = new Settings(file, container);
        container.env().forEach(settings::variable);
        container.envFrom().forEach(settings::source);
        settings.arguments(new Arguments(container.args()));
        settings.kubeconfig();
        return settings;
    }

    Map<String, String> flags() {
        return flags;
    }

    Map<String, String> environment() {
        return environment;
    }

    List<Finding> findings() {
        return findings;
    }

    private void variable(String name, String value) {
        if (name.equals("config_file")) {
            findings.add(Finding.ok("left out", name + ": kube-vip reads it too late for any effect"));
            return;
        }
        Optional<Option> option =
                Options.all().stream().filter(row -> row.env().equals(name)).findFirst();
        if (option.isEmpty()) {
            // Named vip_something, the configuration warns of it, with the nearest name that there is.
            if (!name.startsWith("vip_")) {
                findings.add(new Finding(
                        Level.WARNING, "left out", Printable.of(name) + " is no variable of kube-vip's", "", ""));
            }
            environment.put(name, value);
            return;
        }
        environment.put(name, value);
        findings.addAll(told(option.get(), name, value).stream().toList());
    }

    /** Empty for what the configuration itself refuses or warns of: that is told once. */
    private static Optional<Finding> told(Option option, String name, String value) {
        String shown = Printable.of(name + "=" + value);
        return switch (option.origin()) {
            case KUBE_VIP, VIPKEEPER ->
                option.env().equals("vip_nodename") && !value.isEmpty()
                        ? Optional.of(new Finding(
                                Level.WARNING,
                                "changed",
                                shown + " becomes the name of the pod's Node",
                                "each node needs its own name, and one manifest is for all of them",
                                "if the two differ, take kube-vip off this node before vipkeeper starts there"))
                        : Optional.of(Finding.ok("carries over", shown));
            case SERVICES -> Optional.of(Finding.ok("carries over", shown));
            case ABSENT ->
                isOff(option, value)
                        ? Optional.of(Finding.ok("left out", name + " switches nothing on here"))
                        : Optional.empty();
            case NO_EFFECT -> Optional.of(Finding.ok("left out", shown + " has no effect in kube-vip either"));
        };
    }

    private static boolean isOff(Option option, String value) {
        return value.isEmpty() || value.equals(option.defaultValue());
    }

    private void source(String name, String source) {
        if (name.equals("vip_nodename") && source.equals("fieldRef")) {
            findings.add(Finding.ok("carries over", "vip_nodename, the name of the pod's Node"));
            return;
        }
        findings.add(Finding.failure(
                "refused",
                Printable.of(name) + " takes its value from " + Printable.of(source),
                "it is not in this file",
                "write the value itself"));
    }

    private void arguments(Arguments arguments) {
        arguments
                .problems()
                .forEach(problem -> findings.add(
                        Finding.failure("refused", problem, "", "correct the arguments of the container")));
        arguments.given().forEach((option, value) -> {
            String shown = Printable.of("--" + option.flag() + "=" + value);
            if (option.flag().equals("config-file")) {
                findings.add(Finding.failure(
                        "refused", shown, "what is in that file cannot be seen here", "write it as variables"));
            } else if (!environment.getOrDefault(option.env(), "").isEmpty()) {
                findings.add(Finding.ok("left out", shown + ": kube-vip takes the variable " + option.env()));
            } else {
                flags.put(option.flag(), value);
                told(option, "--" + option.flag(), value).ifPresent(findings::add);
            }
        });
    }

    /** kube-vip's generator mounts whatever kubeconfig is wanted at the path of the default. */
    private void kubeconfig() {
        String named = flags.getOrDefault("k8sConfigPath", environment.getOrDefault(KUBECONFIG, ""));
        Optional<Path> host;
        try {
            host = file.onHost(container, named.isEmpty() ? ADMIN_CONF : Path.of(named));
        } catch (InvalidPathException e) {
            return; // The configuration refuses it.
        }
        if (host.isEmpty() || host.get().equals(ADMIN_CONF) && named.isEmpty()) {
            return;
        }
        flags.remove("k8sConfigPath");
        environment.put(KUBECONFIG, host.get().toString());
        String what = "the kubeconfig that is mounted, as " + KUBECONFIG + "="
                + Printable.of(host.get().toString());
        findings.add(
                host.get().equals(SUPER_ADMIN_CONF)
                        ? new Finding(
                                Level.WARNING,
                                "carries over",
                                what,
                                "only the first node of a cluster needs it, and only during kubeadm init",
                                "on a cluster that stands mount admin.conf, and run this again")
                        : Finding.ok("carries over", what));
    }
}
