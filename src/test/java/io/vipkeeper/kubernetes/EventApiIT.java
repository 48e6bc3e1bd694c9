package io.vipkeeper.kubernetes;

import java.io.IOException;
import java.time.Instant;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.vipkeeper.kubernetes.EventApi.Outcome;
import io.vipkeeper.kubernetes.EventApi.Subject;

import static org.assertj.core.api.Assertions.assertThat;

/** Events through a real kube-apiserver, with exactly the rights of k8s/010-rbac.yaml. */
final class EventApiIT extends AgainstApiServer {
    private static final Subject LEASE =
            new Subject("coordination.k8s.io/v1", "Lease", "kube-system", "plndr-cp-lock", "a-uid");
    private static final Subject NODE = new Subject("v1", "Node", "", "cp-1", "cp-1");
    private static final EventApi.Text TEXT =
            new EventApi.Text(true, "LostHolding", "StepDown", "cp-1 holds 192.0.2.10 no longer");

    private static ElectionClient member;

    @BeforeAll
    static void grantRights() throws IOException {
        server.grantDocumentedRights(admin, "none");
        member = server.client("member", "token: none-token", ATTEMPT);
    }

    @AfterAll
    static void closeMember() {
        if (member != null) {
            member.close();
        }
    }

    @Test
    void anEventOfTheLeaseIsWhereKubectlDescribeLooksAndIsCounted() {
        // given
        EventApi api = new EventApi(member, "cp-1");

        // when
        Outcome written = api.create("plndr-cp-lock.1", LEASE, TEXT, Instant.now());
        Outcome again = api.create("plndr-cp-lock.1", LEASE, TEXT, Instant.now());
        Outcome counted = api.count("plndr-cp-lock.1", LEASE, 2, Instant.now());

        // then
        assertThat(written).isEqualTo(new Outcome.Done());
        assertThat(again).isEqualTo(new Outcome.Done());
        assertThat(counted).isEqualTo(new Outcome.Done());
        JsonNode event = only("kube-system", "involvedObject.kind%3DLease,involvedObject.uid%3Da-uid");
        assertThat(event.path("message").asText()).isEqualTo("cp-1 holds 192.0.2.10 no longer");
        assertThat(event.path("series").path("count").asInt()).isEqualTo(2);
        assertThat(event.path("reportingComponent").asText()).isEqualTo("vipkeeper");
    }

    @Test
    void anEventOfANodeIsWhereKubectlDescribeLooks() {
        // when
        Outcome written = new EventApi(member, "cp-1").create("cp-1.1", NODE, TEXT, Instant.now());

        // then
        assertThat(written).isEqualTo(new Outcome.Done());
        JsonNode event = only("default", "involvedObject.kind%3DNode,involvedObject.uid%3Dcp-1");
        assertThat(event.path("reason").asText()).isEqualTo("LostHolding");
    }

    @Test
    void whereEventsAreForbiddenThatIsToldAndAMissingOneToo() {
        // given
        EventApi api = new EventApi(member, "cp-1");
        Subject elsewhere = new Subject("coordination.k8s.io/v1", "Lease", "kube-public", "other", "");

        // when
        Outcome forbidden = api.create("other.1", elsewhere, TEXT, Instant.now());
        Outcome missing = api.count("plndr-cp-lock.none", LEASE, 2, Instant.now());

        // then
        assertThat(forbidden).isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
            assertThat(refused.forbidden()).isTrue();
            assertThat(refused.detail()).contains("403", "events");
        });
        assertThat(missing).isEqualTo(new Outcome.Missing());
    }

    private static JsonNode only(String namespace, String selector) {
        ApiReply reply = admin.exchange(
                ApiCall.Request.get("/api/v1/namespaces/" + namespace + "/events?fieldSelector=" + selector));
        JsonNode items = LeaseJson.tree(((ApiReply.Answered) reply).body()).path("items");
        assertThat(items).hasSize(1);
        return items.get(0);
    }
}
