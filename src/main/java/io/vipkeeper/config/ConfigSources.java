package io.vipkeeper.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where values come from.
 *
 * @param flags by flag name without dashes
 * @param environment by variable; an empty value counts as none, as in kube-vip
 * @param hostName the node name when nothing says another
 * @param serviceAccountNamespace that of the pod's service account, empty outside of a pod that has one
 */
public record ConfigSources(
        Map<String, String> flags,
        Map<String, String> environment,
        String hostName,
        Optional<String> serviceAccountNamespace) {

    private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");
    private static final Path NAMESPACE = Path.of("/var/run/secrets/kubernetes.io/serviceaccount/namespace");

    public ConfigSources {
        flags = Map.copyOf(flags);
        environment = Map.copyOf(environment);
    }

    /** On this host, with these flags and variables. */
    public static ConfigSources ofThisHost(Map<String, String> flags, Map<String, String> environment) {
        return new ConfigSources(flags, environment, firstLine(HOST_NAME).orElse(""), firstLine(NAMESPACE));
    }

    private static Optional<String> firstLine(Path file) {
        try {
            return Optional.of(Files.readString(file).strip()).filter(text -> !text.isEmpty());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
