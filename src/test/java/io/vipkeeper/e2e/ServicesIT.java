package io.vipkeeper.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.vipkeeper.demo.api.ApiClient;
import io.vipkeeper.demo.lab.LabNode;
import io.vipkeeper.manifest.RightsRequest;
import io.vipkeeper.manifest.careful.Rights;

import static org.assertj.core.api.Assertions.assertThat;

/** Services of type LoadBalancer, with the rights that {@code manifest rbac --services} prints and no more. */
class ServicesIT extends EndToEnd {
    private static final String SERVICES = "/api/v1/namespaces/default/services";
    private static final String SLICES = "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices";
    private static final String RBAC = "/apis/rbac.authorization.k8s.io/v1/";
    private static final String VIP = "192.0.2.50";
    private static final String OTHER = "192.0.2.51";
    private static final Duration SOON = Duration.ofSeconds(3);

    @Override
    Map<String, String> environment() {
        return Map.of("svc_enable", "true", "vip_services_preview", "true");
    }

    @BeforeEach
    void grantRights() {
        var request =
                new RightsRequest("kube-system", "kube-system", "plndr-cp-lock", List.of(), false, false, true, false);
        String role = Arrays.stream(Rights.yaml(request).split("(?m)^---$"))
                .filter(document ->
                        document.contains("kind: ClusterRole\n") && document.contains("name: vipkeeper-services"))
                .findFirst()
                .orElseThrow();
        created(admin().request("POST", RBAC + "clusterroles", "application/yaml", role));
        created(admin().request("POST", RBAC + "clusterrolebindings", """
                {"metadata":{"name":"services"},
                 "roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"vipkeeper-services"},
                 "subjects":[{"apiGroup":"rbac.authorization.k8s.io","kind":"Group","name":"vipkeeper"}]}"""));
    }

    @AfterEach
    void removeServices() {
        for (String name : List.of("a", "b")) {
            admin().request("DELETE", SERVICES + "/" + name, "");
            admin().request("DELETE", SLICES + "/" + name, "");
        }
    }

    @Test
    void aServiceAnswersOnOneNodeAndItsStatusSaysSoUntilItIsDeleted() {
        // when
        serve("a", VIP, "Cluster", 80, "n1", "n2", "n3");
        LabNode holder = awaitHolderOf(VIP, START_LIMIT);

        // then
        awaitStatus("a", VIP);
        assertThat(service("a").at("/status/loadBalancer/ingress/0/ipMode").asText())
                .isEqualTo("VIP");
        assertThat(annotation("a", "kube-vip.io~1vipHost")).isEqualTo(holder.name());
        assertAnsweredBy(holder, VIP);

        // when, then
        admin().request("DELETE", SERVICES + "/a", "");
        awaitNobody(VIP);
        assertThat(onClient("ping", "-c", "1", "-W", "1", VIP)).doesNotContain("bytes from");
    }

    @Test
    void theAddressOfAKilledNodeAnswersElsewhereWhenItsLeaseHasRunOut() {
        // given
        serve("a", VIP, "Cluster", 80, "n1", "n2", "n3");
        LabNode holder = awaitHolderOf(VIP, START_LIMIT);

        // when
        holder.kill();
        Awaitility.await()
                .atMost(LEASE.plusSeconds(5))
                .untilAsserted(() -> assertThat(having(VIP)).hasSize(1).doesNotContain(holder));

        // then
        awaitStatus("a", VIP);
        Awaitility.await().atMost(SOON).untilAsserted(() -> assertThat(annotation("a", "kube-vip.io~1vipHost"))
                .isNotEqualTo(holder.name()));
        assertAnsweredBy(having(VIP).getFirst(), VIP);
    }

    @Test
    void anAddressIsSharedByOtherPortsAndAConflictIsToldByAnEvent() {
        // given
        serve("a", VIP, "Cluster", 80, "n1");
        LabNode holder = awaitHolderOf(VIP, START_LIMIT);

        // when
        serve("b", VIP, "Cluster", 443, "n1");
        awaitStatus("b", VIP);
        admin().request("DELETE", SERVICES + "/a", "");
        watch(Duration.ofSeconds(1));

        // then
        assertThat(having(VIP)).containsExactly(holder);

        // when, then
        serve("a", VIP, "Cluster", 443, "n1");
        Awaitility.await().atMost(SOON).untilAsserted(() -> assertThat(events()).contains("AddressConflict"));
        assertThat(service("a").at("/status/loadBalancer/ingress").size()).isZero();
    }

    @Test
    void aLocalServiceFollowsItsEndpoints() {
        // given
        serve("a", OTHER, "Local", 80, "n2");
        assertThat(awaitHolderOf(OTHER, START_LIMIT).name()).isEqualTo("n2");
        awaitStatus("a", OTHER);

        // when
        endpoints("a", "n3");
        Awaitility.await().atMost(SOON).untilAsserted(() -> assertThat(having(OTHER))
                .extracting(LabNode::name)
                .containsExactly("n3"));

        // then
        Awaitility.await().atMost(SOON).untilAsserted(() -> assertThat(annotation("a", "kube-vip.io~1vipHost"))
                .isEqualTo("n3"));

        // when, then
        endpoints("a");
        awaitNobody(OTHER);
        Awaitility.await().atMost(SOON).untilAsserted(() -> assertThat(
                        service("a").at("/status/loadBalancer/ingress").size())
                .isZero());
    }

    private ApiClient admin() {
        return api().admin();
    }

    private static void created(ApiClient.Answer answer) {
        assertThat(answer.ok() || answer.status() == 409).as(answer::body).isTrue();
    }

    private void serve(String name, String address, String policy, int port, String... nodes) {
        created(admin().request("POST", SERVICES, """
                {"metadata":{"name":"%s","annotations":{"kube-vip.io/loadbalancerIPs":"%s"}},
                 "spec":{"type":"LoadBalancer","externalTrafficPolicy":"%s","allocateLoadBalancerNodePorts":true,
                  "ports":[{"port":%d,"protocol":"TCP"}]}}""".formatted(name, address, policy, port)));
        endpoints(name, nodes);
    }

    /** Backends of a Service on these nodes, instead of those before. */
    private void endpoints(String name, String... nodes) {
        String endpoints = IntStream.range(0, nodes.length)
                .mapToObj(
                        i -> "{\"addresses\":[\"198.51.100.20%d\"],\"nodeName\":\"%s\",\"conditions\":{\"ready\":true}}"
                                .formatted(i + 1, nodes[i]))
                .collect(Collectors.joining(","));
        String slice = """
                {"apiVersion":"discovery.k8s.io/v1","kind":"EndpointSlice","metadata":{"name":"%s",
                 "labels":{"kubernetes.io/service-name":"%s"}},"addressType":"IPv4","endpoints":[%s],"ports":[]}""".formatted(name, name, endpoints);
        if (admin().request("POST", SLICES, slice).status() == 409) {
            created(admin().request("PUT", SLICES + "/" + name, slice));
        }
    }

    private JsonNode service(String name) {
        return admin().get(SERVICES + "/" + name).json();
    }

    private String annotation(String name, String pointer) {
        return service(name).at("/metadata/annotations/" + pointer).asText();
    }

    private String events() {
        return admin().get("/apis/events.k8s.io/v1/namespaces/default/events").body();
    }

    private void awaitStatus(String name, String address) {
        Awaitility.await().atMost(SOON).untilAsserted(() -> assertThat(
                        service(name).at("/status/loadBalancer/ingress/0/ip").asText())
                .as(this::logs)
                .isEqualTo(address));
    }

    private LabNode awaitHolderOf(String address, Duration limit) {
        Awaitility.await()
                .atMost(limit)
                .untilAsserted(() -> assertThat(having(address)).as(this::logs).hasSize(1));
        return having(address).getFirst();
    }

    private void awaitNobody(String address) {
        Awaitility.await().atMost(SOON).untilAsserted(() -> assertThat(having(address))
                .isEmpty());
    }

    private List<LabNode> having(String address) {
        return cluster().nodes().stream()
                .filter(node ->
                        node.ip(List.of("-o", "addr", "show", "to", address)).contains(address))
                .toList();
    }

    /** Whether the client reaches the address, and by ARP finds it at that node and no other. */
    private void assertAnsweredBy(LabNode node, String address) {
        assertThat(onClient("ip", "neigh", "flush", "to", address)).isEmpty();
        assertThat(onClient("ping", "-c", "1", "-W", "2", address)).contains("bytes from " + address);
        assertThat(onClient("ip", "neigh", "show", "to", address)).contains(node.mac());
        assertThat(having(address)).containsExactly(node);
    }

    private String onClient(String... command) {
        Process process = cluster().lab().startOnClient("client-" + command[0], List.of(command));
        try {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
