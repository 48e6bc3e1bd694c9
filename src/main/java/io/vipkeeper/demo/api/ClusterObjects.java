package io.vipkeeper.demo.api;

import java.time.Duration;

import io.vipkeeper.demo.lab.LabException;
import io.vipkeeper.demo.lab.LabNode;

/** The objects that kubeadm and kubelet would have made: the nodes, and what the programs on them may do. */
final class ClusterObjects {
    private static final String RBAC = "/apis/rbac.authorization.k8s.io/v1/";

    private final ApiClient admin;

    ClusterObjects(ApiClient admin) {
        this.admin = admin;
    }

    void createRole() {
        if (!admin.await("/api/v1/namespaces/kube-system", Duration.ofSeconds(30))) {
            throw new LabException("the API server made no namespace kube-system within 30 s");
        }
        create(RBAC + "clusterroles", """
                {"metadata":{"name":"vipkeeper"},"rules":[
                 {"apiGroups":["coordination.k8s.io"],"resources":["leases"],
                  "verbs":["get","list","watch","create","update","patch","delete"]},
                 {"apiGroups":[""],"resources":["nodes"],"verbs":["get","list","watch","patch"]},
                 {"apiGroups":["","events.k8s.io"],"resources":["events"],"verbs":["create","patch"]}]}""");
    }

    void createBinding() {
        create(RBAC + "clusterrolebindings", """
                {"metadata":{"name":"vipkeeper"},
                 "roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"vipkeeper"},
                 "subjects":[{"apiGroup":"rbac.authorization.k8s.io","kind":"Group","name":"vipkeeper"}]}""");
    }

    void deleteBinding() {
        expect(admin.request("DELETE", RBAC + "clusterrolebindings/vipkeeper", ""), "the binding is not deleted");
    }

    void createNode(LabNode node) {
        create("/api/v1/nodes", """
                {"metadata":{"name":"%s","labels":{"node-role.kubernetes.io/control-plane":""}}}""".formatted(node.name()));
        expect(
                admin.request(
                        "PATCH",
                        "/api/v1/nodes/" + node.name() + "/status",
                        "application/merge-patch+json",
                        """
                        {"status":{"addresses":[{"type":"InternalIP","address":"%s"},
                         {"type":"InternalIP","address":"%s"},{"type":"Hostname","address":"%s"}]}}""".formatted(node.address(), node.address6(), node.name())),
                "the addresses of " + node + " are not written");
    }

    private void create(String path, String json) {
        expect(admin.request("POST", path, json), "nothing is created at " + path);
    }

    private static void expect(ApiClient.Answer answer, String otherwise) {
        if (!answer.ok() && answer.status() != 409) {
            throw new LabException(otherwise + ": " + answer.status() + " " + answer.body());
        }
    }
}
