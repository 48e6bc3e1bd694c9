package io.vipkeeper.manifest;

import java.util.List;

import io.vipkeeper.config.Configured;
import io.vipkeeper.config.Options;
import io.vipkeeper.config.VipkeeperConfig;

/**
 * What a pod is to be printed for.
 *
 * @param version of the program, for a label
 * @param inCluster whether the pod takes its credentials from a ServiceAccount rather than from a kubeconfig
 */
public record PodRequest(Configured.Usable configured, String image, String version, boolean inCluster) {

    public VipkeeperConfig config() {
        return configured.config();
    }

    /** What was given or holds by default for a variable of the table of options; never null. */
    public String value(String variable) {
        return configured.values().getOrDefault(variable, "");
    }

    public boolean flag(String variable) {
        return value(variable).equals("true");
    }

    /** Whether the option of this variable is not as by default. */
    public boolean differs(String variable) {
        return Options.all().stream()
                .anyMatch(option ->
                        option.env().equals(variable) && !option.defaultValue().equals(value(variable)));
    }

    /** kube-vip's own and the arguments that no variable can stand for: an empty one counts as none. */
    public List<String> arguments() {
        return config().http().metrics().isPresent()
                ? List.of("manager")
                : List.of("manager", "--prometheusHTTPServer=");
    }
}
