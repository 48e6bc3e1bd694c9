package io.vipkeeper.demo.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.vipkeeper.demo.lab.Lab;
import io.vipkeeper.demo.lab.LabException;
import io.vipkeeper.demo.lab.LabNode;
import io.vipkeeper.demo.lab.LabPlan;
import io.vipkeeper.demo.lab.Shell;

/**
 * A kube-apiserver on each node and one etcd for all on the API network, laid out as kubeadm does: the kubeconfig names
 * the VIP, and the certificate names {@code kubernetes}, the node and the VIP but not 127.0.0.1.
 */
public final class RealApi implements LabApi {
    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final String ADMIN_TOKEN = "lab-admin";

    private final Lab lab;
    private final Path assets;
    private final Certificates certificates;
    private final Map<LabNode, Process> servers = new HashMap<>();
    private ApiClient admin;

    private RealApi(Lab lab, Path assets, Certificates certificates) {
        this.lab = lab;
        this.assets = assets;
        this.certificates = certificates;
    }

    /** What is missing for a real API, as one sentence; empty if nothing is. */
    public static Optional<String> problem() {
        String assets = System.getenv("KUBEBUILDER_ASSETS");
        if (assets == null || assets.isBlank()) {
            return Optional.of("KUBEBUILDER_ASSETS is not set: it must name the folder of kube-apiserver and etcd,"
                    + " for example as 'setup-envtest use -p path' prints it");
        }
        for (String program : List.of("kube-apiserver", "etcd")) {
            if (!Files.isExecutable(Path.of(assets, program))) {
                return Optional.of("KUBEBUILDER_ASSETS names " + assets + ", which has no program '" + program + "'");
            }
        }
        return Optional.empty();
    }

    /** Starts etcd and, all at once, the API servers; returns when all are ready, after some seconds. */
    public static RealApi start(Lab lab) {
        problem().ifPresent(problem -> {
            throw new LabException(problem);
        });
        try {
            Path directory = Files.createDirectory(lab.directory().resolve("pki"));
            RealApi api =
                    new RealApi(lab, Path.of(System.getenv("KUBEBUILDER_ASSETS")), Certificates.create(directory));
            api.prepare();
            return api;
        } catch (IOException e) {
            throw new LabException("the API's files cannot be written: " + e.getMessage(), e);
        }
    }

    private void prepare() throws IOException {
        Files.writeString(Path.of(certificates.path("tokens.csv")), ADMIN_TOKEN + ",admin,1,\"system:masters\"\n");
        startEtcd();
        for (LabNode node : lab.nodes()) {
            certificates.server(node.name(), sans(node));
            certificates.client("client-" + node.name(), "/O=vipkeeper/CN=" + node.name());
            Kubeconfig.write(lab, certificates, node);
            start(node);
        }
        admin = ApiClient.start(lab, url(lab.nodes().getFirst()), certificates.path("ca.crt"), ADMIN_TOKEN);
        for (LabNode node : lab.nodes()) {
            if (!admin.awaitReady(url(node), START_LIMIT)) {
                throw new LabException("the API server of " + node + " was not ready within 90 s");
            }
        }
        ClusterObjects objects = new ClusterObjects(admin);
        objects.createRole();
        allow();
        lab.nodes().forEach(objects::createNode);
    }

    private void startEtcd() {
        String client = "http://" + LabPlan.API + ":2379";
        String peer = "http://" + LabPlan.API + ":2380";
        lab.startInApi(
                "etcd",
                List.of(
                        assets.resolve("etcd").toString(),
                        "--data-dir",
                        lab.directory().resolve("etcd").toString(),
                        "--listen-client-urls",
                        client,
                        "--advertise-client-urls",
                        client,
                        "--listen-peer-urls",
                        peer,
                        "--initial-advertise-peer-urls",
                        peer,
                        "--initial-cluster",
                        "default=" + peer,
                        "--unsafe-no-fsync",
                        "--log-level",
                        "error"),
                false);
    }

    private static List<String> sans(LabNode node) {
        List<String> names = new ArrayList<>(List.of("DNS:kubernetes", "DNS:" + node.name()));
        for (String address : List.of(node.address(), node.apiAddress(), LabPlan.VIP, LabPlan.VIP6)) {
            names.add("IP:" + address);
        }
        return names;
    }

    /** Starts the API server of a node, without waiting for it; nothing if it runs. */
    public void start(LabNode node) {
        if (isRunning(node)) {
            return;
        }
        servers.put(
                node,
                node.startBeside(
                        "apiserver",
                        List.of(
                                assets.resolve("kube-apiserver").toString(),
                                "--etcd-servers=http://" + LabPlan.API + ":2379",
                                "--secure-port=6443",
                                "--bind-address=0.0.0.0",
                                "--advertise-address=" + node.address(),
                                "--tls-cert-file=" + certificates.path(node.name() + ".crt"),
                                "--tls-private-key-file=" + certificates.path(node.name() + ".key"),
                                "--client-ca-file=" + certificates.path("ca.crt"),
                                "--service-account-issuer=https://kubernetes.default.svc",
                                "--service-account-signing-key-file=" + certificates.path("sa.key"),
                                "--service-account-key-file=" + certificates.path("sa.pub"),
                                "--token-auth-file=" + certificates.path("tokens.csv"),
                                "--authorization-mode=RBAC",
                                "--service-cluster-ip-range=198.51.100.128/25",
                                "--disable-admission-plugins=ServiceAccount",
                                "--cert-dir=" + lab.directory().resolve("certs-" + node.name())),
                        Map.of()));
    }

    public boolean isRunning(LabNode node) {
        Process server = servers.get(node);
        return server != null && server.isAlive();
    }

    /** SIGKILL to the node's API server. */
    public void kill(LabNode node) {
        Process server = servers.get(node);
        server.destroyForcibly();
        server.onExit().join();
    }

    @Override
    public void freeze(LabNode node) {
        Shell.script("kill -STOP " + servers.get(node).pid());
    }

    @Override
    public void resume(LabNode node) {
        Shell.script("kill -CONT " + servers.get(node).pid());
    }

    public boolean awaitReady(LabNode node, Duration limit) {
        return admin.awaitReady(url(node), limit);
    }

    /** Takes away the nodes' rights: every request of theirs is answered 403 from now on. */
    public void forbid() {
        new ClusterObjects(admin).deleteBinding();
    }

    public void allow() {
        new ClusterObjects(admin).createBinding();
    }

    /** The API server of a node as the API network reaches it. */
    public static String url(LabNode node) {
        return "https://" + node.apiAddress() + ":6443";
    }

    /** Through the first node's API server: one that a test shall freeze or kill should be another's. */
    @Override
    public ApiClient admin() {
        return admin;
    }

    @Override
    public ApiClient admin(LabNode through) {
        return admin.at(url(through));
    }

    @Override
    public void repair(LabNode node) {
        start(node);
    }

    @Override
    public Map<String, String> environment(LabNode node) {
        return Map.of("k8s_config_file", Kubeconfig.file(lab, node).toString());
    }
}
