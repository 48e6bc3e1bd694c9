package io.vipkeeper.kubernetes.pools;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.vipkeeper.kubernetes.ElectionClient;
import io.vipkeeper.kubernetes.Kubeconfigs;
import io.vipkeeper.kubernetes.ServiceApi;
import io.vipkeeper.kubernetes.StandIn;
import io.vipkeeper.pool.Address;
import io.vipkeeper.pool.Family;
import io.vipkeeper.pool.ledger.FamilyPolicy;
import io.vipkeeper.pool.ledger.Grant;
import io.vipkeeper.pool.ledger.Port;
import io.vipkeeper.pool.ledger.ServiceId;
import io.vipkeeper.pool.turn.AddressWrite;
import io.vipkeeper.pool.turn.Applicant;
import io.vipkeeper.pool.turn.TurnAction;
import io.vipkeeper.pool.turn.TurnEvent;
import io.vipkeeper.pool.turn.TurnEvent.WriteAnswer;

import static org.assertj.core.api.Assertions.assertThat;

class AddressStoreTest {
    private static final String DNS = """
            {"metadata":{"name":"dns","namespace":"net","uid":"u1","resourceVersion":"41",
              "creationTimestamp":"2026-01-02T03:04:05Z","labels":{"implementation":"kube-vip"},
              "annotations":{"kube-vip.io/loadbalancerIPs":"192.0.2.8","vipkeeper.io/allocated":"term=1;192.0.2.8=pool"}},
             "spec":{"type":"LoadBalancer","loadBalancerIP":"192.0.2.8","ipFamilyPolicy":"PreferDualStack",
              "ipFamilies":["IPv6","IPv4","IPX"],"ports":[{"port":53,"protocol":"UDP"},{"port":53}],
              "clusterIPs":["192.0.2.130","None"],"externalIPs":["198.51.100.1"]},
             "status":{"loadBalancer":{"ingress":[{"ip":"192.0.2.9"},{"hostname":"dns.example"}]}}}""";

    private static final AddressWrite WRITE = new AddressWrite(
            new ServiceId("net", "dns"),
            "41",
            List.of(
                    new Grant(address("192.0.2.8"), Grant.Reason.POOL),
                    new Grant(address("2001:db8::8"), Grant.Reason.POOL)),
            Optional.of("192.0.2.8"),
            Optional.of("eth1"),
            "term=3;192.0.2.8=pool;2001:db8::8=pool");

    @TempDir
    private Path folder;

    private long now;

    private static Address address(String text) {
        return Address.parse(text).orElseThrow();
    }

    private static Optional<Applicant> applicant(String json) throws IOException {
        return ServiceJson.applicant(new ObjectMapper().readTree(json), String::isEmpty);
    }

    private AddressStore store(ElectionClient client) {
        return new AddressStore(new ServiceApi(client), String::isEmpty, () -> now);
    }

    private ElectionClient client(StandIn server) throws IOException {
        return Kubeconfigs.client(folder, server.port(), Duration.ofSeconds(1));
    }

    @Test
    void allThatMattersOfAServiceIsRead() throws Exception {
        assertThat(applicant(DNS))
                .contains(new Applicant(
                        new ServiceId("net", "dns"),
                        "u1",
                        "41",
                        Instant.parse("2026-01-02T03:04:05Z"),
                        Applicant.Stage.WANTS,
                        List.of(Family.IPV6, Family.IPV4),
                        FamilyPolicy.PREFER_DUAL_STACK,
                        Set.of(new Port("UDP", 53), new Port("TCP", 53)),
                        new Applicant.Texts("192.0.2.8", "192.0.2.8", "term=1;192.0.2.8=pool", true),
                        Set.of(address("192.0.2.130"), address("198.51.100.1"), address("192.0.2.9"))));
    }

    @ParameterizedTest(name = "with {1} instead of {0} it is {2}")
    @CsvSource(delimiter = '|', textBlock = """
        "type":"LoadBalancer"      | "type":"ClusterIP"                                          | OTHER
        "type":"LoadBalancer"      | "type":"LoadBalancer","loadBalancerClass":"other.example/x" | OTHER
        "annotations":{            | "annotations":{"kube-vip.io/ignore":"true",                 | OTHER
        "uid":"u1"                 | "uid":"u1","deletionTimestamp":"2026-01-03T00:00:00Z"       | LEAVING
        "2026-01-02T03:04:05Z"     | "yesterday"                                                 | WANTS
        "labels":{                 | "finalizers":[7],"labels":{                                 | WANTS
        """)
    void whatItIsFollowsFromTypeClassAndDeletion(String part, String instead, Applicant.Stage stage) throws Exception {
        assertThat(applicant(DNS.replace(part, instead)).orElseThrow().stage()).isEqualTo(stage);
    }

    @Test
    void whatIsNoServiceIsLeftOut() throws Exception {
        for (String json : List.of("{}", "7", "[]", "{\"metadata\":{\"name\":\"a\"},\"spec\":{}}")) {
            assertThat(applicant(json)).isEmpty();
        }
    }

    @Test
    void anAddressIsStoredForOneVersionWhereKubeVipLooksForIt() throws Exception {
        try (StandIn server = StandIn.plain((request, answer) -> answer.json(200, DNS));
                ElectionClient client = client(server)) {
            // when
            TurnEvent event = store(client).write(new TurnAction.Write(9, 2_000_000_000L, WRITE));
            // then
            assertThat(event)
                    .isEqualTo(new TurnEvent.Answered(
                            9, new WriteAnswer.Stored(applicant(DNS).orElseThrow())));
            StandIn.Request request = server.requests.getFirst();
            assertThat(request.method() + " " + request.target())
                    .isEqualTo("PATCH /api/v1/namespaces/net/services/dns");
            assertThat(request.headers()).containsEntry("content-type", "application/merge-patch+json");
            assertThat(request.body())
                    .isEqualTo("{\"metadata\":{\"resourceVersion\":\"41\",\"labels\":{\"implementation\":\"kube-vip\","
                            + "\"ipam-address\":null},\"annotations\":{\"kube-vip.io/loadbalancerIPs\":"
                            + "\"192.0.2.8,2001:db8::8\",\"vipkeeper.io/allocated\":"
                            + "\"term=3;192.0.2.8=pool;2001:db8::8=pool\",\"kube-vip.io/serviceInterface\":\"eth1\"}},"
                            + "\"spec\":{\"loadBalancerIP\":\"192.0.2.8\"}}");
        }
    }

    @Test
    void nothingIsSentWhoseAnswerCouldComeAfterTheRightHasEnded() throws Exception {
        try (StandIn server = StandIn.plain((request, answer) -> answer.json(200, DNS));
                ElectionClient client = client(server)) {
            now = 1_000_000_001L;
            assertThat(store(client).write(new TurnAction.Write(9, 2_000_000_000L, WRITE)))
                    .isEqualTo(new TurnEvent.Answered(9, new WriteAnswer.Lost()));
            assertThat(server.requests).isEmpty();
        }
    }

    @ParameterizedTest(name = "{0} means {1}")
    @CsvSource({
        "409, Conflict",
        "404, Gone",
        "422, Denied",
        "403, Denied",
        "401, Lost",
        "429, Lost",
        "500, Lost",
        "504, Lost"
    })
    void eachRefusalMeansWhatTheTurnHasToDoNext(int status, String meaning) throws Exception {
        try (StandIn server = StandIn.plain((request, answer) -> answer.status(status, "Reason", "why"));
                ElectionClient client = client(server)) {
            TurnEvent.Answered answered =
                    (TurnEvent.Answered) store(client).write(new TurnAction.Write(9, 2_000_000_000L, WRITE));
            assertThat(answered.answer().getClass().getSimpleName()).isEqualTo(meaning);
        }
    }

    @Test
    void allPagesAreListedOrNone() throws Exception {
        // given 1,100 Services on three pages, the last of which is refused at first
        boolean[] refuse = {true};
        try (StandIn server = StandIn.plain((request, answer) -> {
                    int page = request.target().contains("continue=p1")
                            ? 1
                            : request.target().contains("p2") ? 2 : 0;
                    if (page == 2 && refuse[0]) {
                        answer.status(410, "Expired", "too old");
                        return;
                    }
                    String items = IntStream.range(0, page == 2 ? 100 : 500)
                            .mapToObj(i -> DNS.replace("\"dns\"", "\"dns" + page + "-" + i + "\""))
                            .collect(Collectors.joining(","));
                    String next = page == 2 ? "" : "p" + (page + 1);
                    answer.json(
                            200,
                            "{\"metadata\":{\"resourceVersion\":\"77\",\"continue\":\"" + next + "\"},\"items\":["
                                    + items + "]}");
                });
                ElectionClient client = client(server)) {
            // when, then
            assertThat(store(client).list(new TurnAction.ListAll(3))).isEmpty();
            refuse[0] = false;
            TurnEvent.Listed listed = (TurnEvent.Listed)
                    store(client).list(new TurnAction.ListAll(3)).orElseThrow();
            assertThat(listed.term()).isEqualTo(3);
            assertThat(listed.version()).isEqualTo("77");
            assertThat(listed.all()).hasSize(1_100);
        }
    }

    @ParameterizedTest(name = "{0} is read back as {1}")
    @CsvSource({"200, Read", "404, Deleted", "403, nothing", "500, nothing"})
    void aServiceIsReadBack(int status, String meaning) throws Exception {
        try (StandIn server = StandIn.plain((request, answer) -> answer.json(status, DNS));
                ElectionClient client = client(server)) {
            Optional<TurnEvent> event = store(client).readBack(new TurnAction.ReadBack(WRITE.id(), "u1"));
            assertThat(event.map(found -> found.getClass().getSimpleName()).orElse("nothing"))
                    .isEqualTo(meaning);
        }
    }
}
