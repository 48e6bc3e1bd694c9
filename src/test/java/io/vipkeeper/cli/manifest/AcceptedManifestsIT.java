package io.vipkeeper.cli.manifest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.vipkeeper.kubernetes.AgainstApiServer;
import io.vipkeeper.kubernetes.ElectionClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** kube-apiserver checks every manifest as if it were applied, and refuses fields that it does not know. */
class AcceptedManifestsIT extends AgainstApiServer {
    private static final String FLAGS = " --interface eth0 --address 192.0.2.10,2001:db8::10 --controlplane --arp"
            + " --leaderElection --leaseDuration 5 --leaseRenewDuration 3 --leaseRetry 1 --healthCheckPort 8080";
    private static final Map<String, String> COLLECTIONS = Map.of(
            "Pod", "/api/v1/namespaces/%s/pods",
            "ServiceAccount", "/api/v1/namespaces/%s/serviceaccounts",
            "Secret", "/api/v1/namespaces/%s/secrets",
            "DaemonSet", "/apis/apps/v1/namespaces/%s/daemonsets",
            "Role", "/apis/rbac.authorization.k8s.io/v1/namespaces/%s/roles",
            "RoleBinding", "/apis/rbac.authorization.k8s.io/v1/namespaces/%s/rolebindings",
            "ClusterRole", "/apis/rbac.authorization.k8s.io/v1/clusterroles",
            "ClusterRoleBinding", "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings");

    private static ElectionClient patient;

    @BeforeAll
    static void awaitPriorityClasses() throws Exception {
        patient = server.client("patient", "token: all-token", Duration.ofSeconds(10));
        // The built-in priority classes come a moment later.
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .untilAsserted(() -> apply("""
                        {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a", "namespace": "kube-system"},
                         "spec": {"priorityClassName": "system-node-critical",
                                  "containers": [{"name": "a", "image": "a"}]}}"""));
    }

    @AfterAll
    static void closeClient() {
        if (patient != null) {
            patient.close();
        }
    }

    /** Everything happens but the storing. */
    private static void apply(String json) throws IOException {
        JsonNode object = new ObjectMapper().readTree(json);
        String collection = COLLECTIONS
                .get(object.get("kind").textValue())
                .formatted(object.at("/metadata/namespace").asText());
        server.post(patient, collection + "?dryRun=All&fieldValidation=Strict", json.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "manifest pod FLAGS",
                "manifest pod FLAGS --k8sConfigPath /etc/vipkeeper/kubeconfig",
                "manifest pod FLAGS --style compatible --services",
                "manifest pod FLAGS --style compatible --inCluster",
                "manifest daemonset FLAGS",
                "manifest daemonset FLAGS --inCluster",
                "manifest daemonset FLAGS --style compatible --inCluster --taint",
                "manifest rbac --nodes cp-1,cp-2,cp-3 --token",
                "manifest rbac",
                "manifest rbac --style compatible",
                "manifest rbac --style compatible --role",
                "manifest rbac --style compatible --rolebinding",
                "kubeadm init --interface eth0 --address 192.0.2.10",
                "kubeadm join --interface eth0 --address 192.0.2.10",
            })
    void theApiServerAcceptsWhatIsPrinted(String line) throws IOException {
        // given
        Typed typed = Typed.line(line.replace(" FLAGS", FLAGS));
        List<JsonNode> objects = typed.objects();
        assertThat(objects).as(typed.err()).isNotEmpty();

        // then
        for (JsonNode object : objects) {
            apply(object.toString());
        }
    }

    @Test
    void aFieldThatTheApiDoesNotHaveWouldBeRefused() throws IOException {
        // given
        ObjectNode pod =
                (ObjectNode) Typed.line("manifest pod" + FLAGS).objects().getFirst();
        pod.withObject("/spec").put("hostNetwrok", true);

        // then
        assertThatThrownBy(() -> apply(pod.toString())).hasMessageContaining("hostNetwrok");
    }
}
