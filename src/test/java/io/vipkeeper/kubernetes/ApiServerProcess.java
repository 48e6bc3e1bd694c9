package io.vipkeeper.kubernetes;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.SubjectBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.vertx.core.http.HttpMethod;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;

/**
 * A kube-apiserver and an etcd on free ports of 127.0.0.1. The server's certificate is for the name {@code kubernetes}
 * and not for 127.0.0.1; clients are a user with all rights and one with none.
 */
public final class ApiServerProcess implements AutoCloseable {
    public final Path folder;
    public final int port = freePort();
    private final List<Process> processes = new ArrayList<>();

    private ApiServerProcess(Path folder) throws IOException {
        this.folder = folder;
    }

    public static ApiServerProcess start(Path folder) throws Exception {
        String assets = System.getenv("KUBEBUILDER_ASSETS");
        if (assets == null && !"true".equals(System.getenv("CI"))) {
            Assumptions.abort("KUBEBUILDER_ASSETS does not name a folder with kube-apiserver and etcd");
        }
        if (assets == null) {
            throw new IllegalStateException("KUBEBUILDER_ASSETS must name a folder with kube-apiserver and etcd");
        }
        ApiServerProcess server = new ApiServerProcess(folder);
        try {
            server.certificates();
            server.launch(Path.of(assets));
        } catch (IOException | InterruptedException e) {
            server.close();
            throw e;
        }
        return server;
    }

    /** For {@code kill -STOP} and the like. */
    public void signalServer(String signal) throws Exception {
        run("kill", "-" + signal, String.valueOf(processes.getLast().pid()));
    }

    /**
     * A client whose kubeconfig names the virtual IP, as kubeadm's does: the local server is dialled instead.
     *
     * @param user the kubeconfig's, for instance {@code token: all-token}
     */
    public ElectionClient client(String name, String user, Duration attempt) throws IOException {
        String cluster =
                "server: 'https://192.0.2.100:6443', certificate-authority: '" + folder.resolve("ca.crt") + "'";
        Path file = Files.writeString(folder.resolve(name + ".conf"), Kubeconfigs.text(cluster, user));
        var settings = new ApiSettings(file, "", port, Set.of(InetAddress.getByName("192.0.2.100")), Set.of());
        return new ElectionClient(Kubeconfigs.access(folder, settings), attempt);
    }

    /** Waits until the server serves; it takes seconds to start. */
    public void awaitReady(ElectionClient client) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> client.exchange(ApiCall.Request.get("/api/v1/namespaces/kube-system"))
                                instanceof ApiReply.Answered answered
                        && answered.status() == 200);
    }

    /** Gives a user the Roles of k8s/010-rbac.yaml, and nothing else of it. */
    public void grantDocumentedRights(ElectionClient admin, String user) throws IOException {
        for (String text : Files.readString(Path.of("k8s/010-rbac.yaml")).split("(?m)^---$")) {
            HasMetadata object = Serialization.unmarshal(text, HasMetadata.class);
            if (object instanceof RoleBinding binding) {
                binding.setSubjects(List.of(new SubjectBuilder()
                        .withKind("User")
                        .withApiGroup("rbac.authorization.k8s.io")
                        .withName(user)
                        .build()));
            }
            if (object instanceof Role || object instanceof RoleBinding) {
                post(
                        admin,
                        "/apis/rbac.authorization.k8s.io/v1/namespaces/"
                                + object.getMetadata().getNamespace()
                                + (object instanceof Role ? "/roles" : "/rolebindings"),
                        Serialization.asJson(object).getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    /** Creates an object. */
    public void post(ElectionClient client, String collection, byte[] object) {
        ApiReply reply = client.exchange(new ApiCall.Request(HttpMethod.POST, collection, Optional.of(object)));
        if (!(reply instanceof ApiReply.Answered answered) || answered.status() != 201) {
            throw new IllegalStateException(reply.text());
        }
    }

    String read(String file) throws IOException {
        return Files.readString(folder.resolve(file));
    }

    private void certificates() throws IOException, InterruptedException {
        run(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=test-ca",
                "-keyout",
                "ca.key",
                "-out",
                "ca.crt");
        signed("server", "rsa:2048", "/CN=kube-apiserver", "subjectAltName=DNS:kubernetes");
        signed("admin", "rsa:2048", "/O=system:masters/CN=rsa-admin", "extendedKeyUsage=clientAuth");
        run("openssl", "rsa", "-in", "admin.key", "-traditional", "-out", "admin-pkcs1.key");
        run("openssl", "ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", "ec.key");
        run("openssl", "req", "-new", "-key", "ec.key", "-subj", "/O=system:masters/CN=ec-admin", "-out", "ec.csr");
        sign("ec", "extendedKeyUsage=clientAuth");
        run("openssl", "genrsa", "-out", "sa.key", "2048");
        run("openssl", "rsa", "-in", "sa.key", "-pubout", "-out", "sa.pub");
        Files.writeString(
                folder.resolve("tokens.csv"), "all-token,all,u1,\"system:masters\"\nnone-token,none,u2,\"nobodies\"\n");
    }

    private void signed(String name, String key, String subject, String extension)
            throws IOException, InterruptedException {
        run(
                "openssl",
                "req",
                "-newkey",
                key,
                "-nodes",
                "-subj",
                subject,
                "-keyout",
                name + ".key",
                "-out",
                name + ".csr");
        sign(name, extension);
    }

    private void sign(String name, String extension) throws IOException, InterruptedException {
        Files.writeString(folder.resolve(name + ".ext"), extension + "\n");
        run(
                "openssl",
                "x509",
                "-req",
                "-in",
                name + ".csr",
                "-CA",
                "ca.crt",
                "-CAkey",
                "ca.key",
                "-CAcreateserial",
                "-days",
                "2",
                "-extfile",
                name + ".ext",
                "-out",
                name + ".crt");
    }

    private void launch(Path assets) throws IOException {
        int etcd = freePort();
        int peer = freePort();
        background(
                "etcd",
                assets.resolve("etcd").toString(),
                "--data-dir",
                folder.resolve("etcd").toString(),
                "--listen-client-urls",
                "http://127.0.0.1:" + etcd,
                "--advertise-client-urls",
                "http://127.0.0.1:" + etcd,
                "--listen-peer-urls",
                "http://127.0.0.1:" + peer,
                "--initial-advertise-peer-urls",
                "http://127.0.0.1:" + peer,
                "--initial-cluster",
                "default=http://127.0.0.1:" + peer,
                "--unsafe-no-fsync",
                "--log-level",
                "error");
        background(
                "apiserver",
                assets.resolve("kube-apiserver").toString(),
                "--etcd-servers=http://127.0.0.1:" + etcd,
                "--secure-port=" + port,
                "--bind-address=127.0.0.1",
                "--advertise-address=192.0.2.11",
                "--endpoint-reconciler-type=none",
                "--tls-cert-file=server.crt",
                "--tls-private-key-file=server.key",
                "--client-ca-file=ca.crt",
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-signing-key-file=sa.key",
                "--service-account-key-file=sa.pub",
                "--token-auth-file=tokens.csv",
                "--authorization-mode=RBAC",
                "--service-cluster-ip-range=198.51.100.0/24",
                "--disable-admission-plugins=ServiceAccount");
    }

    private void background(String name, String... command) throws IOException {
        processes.add(new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile())
                .start());
    }

    private void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + said);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws IOException {
        for (Process process : processes.reversed()) {
            process.destroyForcibly();
            try {
                process.waitFor(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
