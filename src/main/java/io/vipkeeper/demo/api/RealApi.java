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
    /** Of the group system:masters, as the user of super-admin.conf is. */
    public static final String ADMIN_TOKEN = "lab-admin";

    private final Lab lab;
    private final Path assets;
    private final Certificates certificates;
    private final Map<LabNode, NodeProcess> servers = new HashMap<>();
    private final boolean furnished;
    private ApiClient admin;

    private RealApi(Lab lab, Path assets, Certificates certificates, boolean furnished) {
        this.lab = lab;
        this.assets = assets;
        this.certificates = certificates;
        this.furnished = furnished;
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
        RealApi api = open(lab, true);
        for (LabNode node : lab.nodes()) {
            api.admit(node, "vipkeeper");
            api.start(node);
        }
        for (LabNode node : lab.nodes()) {
            if (!api.awaitReady(node, START_LIMIT)) {
                throw new LabException("the API server of " + node + " was not ready within 90 s");
            }
        }
        ClusterObjects objects = new ClusterObjects(api.admin);
        objects.createRole();
        api.allow();
        lab.nodes().forEach(objects::createNode);
        return api;
    }

    /**
     * Starts etcd alone, as before {@code kubeadm init}: there is no kubeconfig, no API server runs, and nobody has a
     * right to anything. The manager of the first node is told that its node is the first.
     */
    public static RealApi bare(Lab lab) {
        return open(lab, false);
    }

    private static RealApi open(Lab lab, boolean furnished) {
        problem().ifPresent(problem -> {
            throw new LabException(problem);
        });
        try {
            Path directory = Files.createDirectory(lab.directory().resolve("pki"));
            Path assets = Path.of(System.getenv("KUBEBUILDER_ASSETS"));
            RealApi api = new RealApi(lab, assets, Certificates.create(directory), furnished);
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
            servers.put(node, node.beside("apiserver", ApiCommands.kubeApiserver(lab, assets, certificates, node)));
        }
        admin = ApiClient.start(lab, url(lab.nodes().getFirst()), authority(), ADMIN_TOKEN);
    }

    /** Writes a node's kubeconfig with a new client certificate of this group, as kubeadm does when one has to be renewed. */
    public void admit(LabNode node, String group) {
        admit(node, group, Certificates.DAYS);
    }

    /** The same with one that ends after so many days. */
    public void admit(LabNode node, String group, int days) {
        String client = "client-" + node.name();
        certificates.client(client, "/O=" + group + "/CN=" + node.name(), days);
        try {
            Kubeconfig.write(lab, certificates, node);
        } catch (IOException e) {
            throw new LabException("the kubeconfig of " + node + " cannot be written: " + e.getMessage(), e);
        }
    }

    /** The file of the certificate authority. */
    public String authority() {
        return certificates.path("ca.crt");
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
        boolean first = !furnished && node.number() == 1;
        return Map.of(
                "k8s_config_file", Kubeconfig.file(lab, node).toString(), "vip_bootstrap", Boolean.toString(first));
    }
}
