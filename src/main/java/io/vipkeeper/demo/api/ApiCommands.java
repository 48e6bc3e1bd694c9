package io.vipkeeper.demo.api;

import java.nio.file.Path;
import java.util.List;

import io.vipkeeper.demo.lab.Lab;
import io.vipkeeper.demo.lab.LabNode;
import io.vipkeeper.demo.lab.LabPlan;

/** The command lines of the programs that make an API, with the flags that kubeadm would give them. */
final class ApiCommands {
    private ApiCommands() {}

    static List<String> etcd(Lab lab, Path assets) {
        String client = "http://" + LabPlan.API + ":2379";
        String peer = "http://" + LabPlan.API + ":2380";
        return List.of(
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
                "error");
    }

    static List<String> kubeApiserver(Lab lab, Path assets, Certificates certificates, LabNode node) {
        return List.of(
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
                "--cert-dir=" + lab.directory().resolve("certs-" + node.name()));
    }
}
