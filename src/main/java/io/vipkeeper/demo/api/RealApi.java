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
import io.vipkeeper.demo.lab.NodeProcess;

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
    private final Map<LabNode, NodeProcess> servers = new HashMap<>();
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
        lab.startInApi("etcd", ApiCommands.etcd(lab, assets), false);
        for (LabNode node : lab.nodes()) {
            certificates.server(node.name(), sans(node));
            certificates.client("client-" + node.name(), "/O=vipkeeper/CN=" + node.name());
            Kubeconfig.write(lab, certificates, node);
            servers.put(node, node.beside("apiserver", ApiCommands.kubeApiserver(lab, assets, certificates, node)));
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

    private static List<String> sans(LabNode node) {
        List<String> names = new ArrayList<>(List.of("DNS:kubernetes", "DNS:" + node.name()));
        for (String address : List.of(node.address(), node.apiAddress(), LabPlan.VIP, LabPlan.VIP6)) {
            names.add("IP:" + address);
        }
        return names;
    }

    @Override
    public void start(LabNode node) {
        servers.get(node).start();
    }

    public boolean isRunning(LabNode node) {
        return servers.get(node).isRunning();
    }

    @Override
    public void kill(LabNode node) {
        servers.get(node).kill();
    }

    @Override
    public void freeze(LabNode node) {
        servers.get(node).freeze();
    }

    @Override
    public void resume(LabNode node) {
        servers.get(node).resume();
    }

    @Override
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
    public Map<String, String> environment(LabNode node) {
        return Map.of("k8s_config_file", Kubeconfig.file(lab, node).toString());
    }
}
