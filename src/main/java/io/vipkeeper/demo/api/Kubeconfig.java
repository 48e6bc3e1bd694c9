package io.vipkeeper.demo.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.vipkeeper.demo.lab.Lab;
import io.vipkeeper.demo.lab.LabNode;
import io.vipkeeper.demo.lab.LabPlan;

/** A node's kubeconfig in the form that kubeadm gives {@code admin.conf}: it names the VIP, and carries everything. */
final class Kubeconfig {
    private Kubeconfig() {}

    static Path file(Lab lab, LabNode node) {
        return lab.directory().resolve(node.name() + ".conf");
    }

    static void write(Lab lab, Certificates certificates, LabNode node) throws IOException {
        String client = "client-" + node.name();
        Files.writeString(file(lab, node), """
                apiVersion: v1
                clusters:
                - cluster:
                    certificate-authority-data: %s
                    server: https://%s:6443
                  name: kubernetes
                contexts:
                - context:
                    cluster: kubernetes
                    user: kubernetes-admin
                  name: kubernetes-admin@kubernetes
                current-context: kubernetes-admin@kubernetes
                kind: Config
                preferences: {}
                users:
                - name: kubernetes-admin
                  user:
                    client-certificate-data: %s
                    client-key-data: %s
                """.formatted(
                        certificates.base64("ca.crt"),
                        LabPlan.VIP,
                        certificates.base64(client + ".crt"),
                        certificates.base64(client + ".key")));
    }
}
