package io.vipkeeper.kubernetes;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Set;

/** Kubeconfigs and accesses as the tests need them. */
public final class Kubeconfigs {
    private Kubeconfigs() {}

    public static String text(String cluster, String user) {
        return """
                apiVersion: v1
                kind: Config
                current-context: here
                contexts:
                - name: here
                  context: {cluster: it, user: someone}
                clusters:
                - name: it
                  cluster: {%s}
                users:
                - name: someone
                  user: {%s}
                """.formatted(cluster, user);
    }

    public static String data(String pem) {
        return Base64.getEncoder().encodeToString(pem.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }

    public static ApiSettings settings(Path kubeconfig, String kubernetesAddr, int port) throws IOException {
        return new ApiSettings(
                kubeconfig,
                kubernetesAddr,
                port,
                Set.of(InetAddress.getByName("192.0.2.100"), InetAddress.getByName("2001:db8::100")),
                Set.of("vip.example"));
    }

    /** An access that finds nothing but what is in {@code folder}. */
    public static ApiAccess access(Path folder, ApiSettings settings) {
        return new ApiAccess(settings, folder.resolve("home"), folder.resolve("sa"), Map.of());
    }

    /** A client of a plain server on 127.0.0.1, through a kubeconfig in {@code folder}. */
    public static ElectionClient client(Path folder, int port, java.time.Duration attempt) throws IOException {
        Path file = folder.resolve("config");
        Files.writeString(file, text("server: 'http://127.0.0.1:" + port + "'", ""));
        return new ElectionClient(access(folder, settings(file, "", 6443)), attempt);
    }
}
