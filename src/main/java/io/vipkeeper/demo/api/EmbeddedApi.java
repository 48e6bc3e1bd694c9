package io.vipkeeper.demo.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.vipkeeper.demo.lab.JavaCommand;
import io.vipkeeper.demo.lab.Lab;
import io.vipkeeper.demo.lab.LabException;
import io.vipkeeper.demo.lab.LabNode;
import io.vipkeeper.demo.lab.LabPlan;
import io.vipkeeper.demo.lab.Shell;

/** One {@link LeaseServer} for all nodes, in the API's namespace. */
public final class EmbeddedApi implements LabApi {
    private static final String URL = "http://" + LabPlan.API + ":6443";

    private final Process server;
    private final Path kubeconfig;
    private final ApiClient admin;

    private EmbeddedApi(Process server, Path kubeconfig, ApiClient admin) {
        this.server = server;
        this.kubeconfig = kubeconfig;
        this.admin = admin;
    }

    public static EmbeddedApi start(Lab lab) {
        Process server = lab.startInApi(
                "lease-server", JavaCommand.main(LeaseServerMain.class.getName(), List.of(LabPlan.API, "6443")), true);
        ApiClient admin = ApiClient.start(lab, URL, "", "");
        EmbeddedApi api = new EmbeddedApi(server, writeKubeconfig(lab), admin);
        if (!admin.awaitReady(URL, Duration.ofSeconds(20))) {
            throw new LabException("the lab's Lease server did not start");
        }
        return api;
    }

    private static Path writeKubeconfig(Lab lab) {
        try {
            return Files.writeString(lab.directory().resolve("kubeconfig"), """
                    apiVersion: v1
                    kind: Config
                    clusters:
                    - name: demo
                      cluster:
                        server: %s
                    contexts:
                    - name: demo
                      context:
                        cluster: demo
                        user: demo
                    current-context: demo
                    users:
                    - name: demo
                      user: {}
                    """.formatted(URL));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Map<String, String> environment(LabNode node) {
        return Map.of("k8s_config_file", kubeconfig.toString(), "kubernetes_addr", URL);
    }

    @Override
    public ApiClient admin() {
        return admin;
    }

    @Override
    public ApiClient admin(LabNode through) {
        return admin;
    }

    @Override
    public void start(LabNode node) {
        // The server stands outside of the nodes.
    }

    /** All nodes share the server, so it falls silent for all of them. */
    @Override
    public void freeze(LabNode node) {
        Shell.script("kill -STOP " + server.pid());
    }

    @Override
    public void resume(LabNode node) {
        Shell.script("kill -CONT " + server.pid());
    }

    @Override
    public void kill(LabNode node) {
        throw new LabException("the embedded server is nobody's own: it cannot be killed on " + node);
    }

    @Override
    public boolean awaitReady(LabNode node, Duration limit) {
        return admin.awaitReady(URL, limit);
    }
}
