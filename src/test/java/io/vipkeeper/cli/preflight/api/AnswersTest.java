package io.vipkeeper.cli.preflight.api;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.vipkeeper.cli.preflight.finding.Finding;
import io.vipkeeper.cli.preflight.finding.Finding.Level;
import io.vipkeeper.kubernetes.ApiSurvey.Told;
import io.vipkeeper.kubernetes.LeaseName;
import io.vipkeeper.kubernetes.NodeList;
import io.vipkeeper.lease.ApiFailure;
import io.vipkeeper.vip.VirtualIp;

import static org.assertj.core.api.Assertions.assertThat;

/** What is made of the API server's answers. */
class AnswersTest {
    private static final LeaseName LEASE = new LeaseName("kube-system", "plndr-cp-lock");
    private static final Duration BOUND = Duration.ofSeconds(2);

    @ParameterizedTest(name = "without {0}: {1}")
    @CsvSource({
        "nothing,OK",
        "get leases,FAILURE",
        "create leases,FAILURE",
        "update leases,FAILURE",
        "list leases,WARNING",
        "watch leases,WARNING",
        "list nodes,WARNING",
        "create events,WARNING",
        "patch events,WARNING"
    })
    void aMissingRightIsAFailureIfTheElectionNeedsIt(String missing, Level level) {
        Finding found = Rights.of(
                (verb, group, resource, namespace, name) -> new Told.Known<>(!missing.equals(verb + " " + resource)),
                LEASE);

        assertThat(found.level()).isEqualTo(level);
        assertThat(found.sentence()).contains(level == Level.OK ? "may get" : "may not " + missing);
        assertThat(found.remedy()).isEqualTo(level == Level.OK ? "" : Rights.REMEDY);
    }

    @ParameterizedTest
    @CsvSource({"kube-system", "default"})
    void eventsOfTheNodesNeedRightsInAnotherNamespaceThanThoseOfTheLease(String without) {
        Finding found = Rights.of(
                (verb, group, resource, namespace, name) ->
                        new Told.Known<>(!resource.equals("events") || !namespace.equals(without)),
                LEASE);

        assertThat(found.level()).isEqualTo(Level.WARNING);
        assertThat(found.sentence())
                .contains("may not create events in " + without + ", patch events in " + without + ":");
    }

    @Test
    void rightsThatTheServerDoesNotTellAreAWarning() {
        Finding found = Rights.of(
                (verb, group, resource, namespace, name) -> new Told.Unknown<>(ApiFailure.TIMEOUT, "slow"), LEASE);

        assertThat(found.level()).isEqualTo(Level.WARNING);
    }

    @Test
    void writesAreToldByTheirMedianAndTheSlowest() {
        // given
        Deque<Told<Duration>> writes = new ArrayDeque<>();
        for (int millis = 10; millis > 0; millis--) {
            writes.add(new Told.Known<>(Duration.ofMillis(millis)));
        }

        // when, then
        assertThat(WriteLatency.of(writes::remove, BOUND))
                .isEqualTo(
                        Finding.ok(
                                "writes",
                                "10 dry runs took 5.5 ms in the median, 10.0 ms at most, of 2000 ms that one request may take"));
    }

    @Test
    void aWriteThatTakesMoreThanHalfOfTheBoundIsAWarning() {
        assertThat(WriteLatency.of(() -> new Told.Known<>(Duration.ofMillis(1000)), BOUND)
                        .level())
                .isEqualTo(Level.OK);
        Finding found = WriteLatency.of(() -> new Told.Known<>(Duration.ofMillis(1001)), BOUND);
        assertThat(found.level()).isEqualTo(Level.WARNING);
        assertThat(found.remedy()).contains("vip_retryperiod");
    }

    @Test
    void aWriteThatDoesNotSucceedIsAFailure() {
        Finding found = WriteLatency.of(() -> new Told.Unknown<>(ApiFailure.FORBIDDEN, "no"), BOUND);

        assertThat(found).isEqualTo(Finding.failure("writes", "dry run 1 of 10 did not succeed", "no", Rights.REMEDY));
    }

    @Test
    void aNodeThatHasTheVipIsAFailureThatNamesIt() throws UnknownHostException {
        NodeList others = new NodeList(Map.of(InetAddress.getByName("192.0.2.1"), "n1"), Set.of());
        NodeList taken = new NodeList(Map.of(InetAddress.getByName("192.0.2.10"), "n2"), Set.of());

        assertThat(NodeAddresses.of(Optional.of(others), vips()).level()).isEqualTo(Level.OK);
        assertThat(NodeAddresses.of(Optional.of(taken), vips()).level()).isEqualTo(Level.FAILURE);
        assertThat(NodeAddresses.of(Optional.of(taken), vips()).sentence()).contains("Node n2", "--node-ip");
        assertThat(NodeAddresses.of(Optional.empty(), vips()).level()).isEqualTo(Level.WARNING);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "192.0.2.10:6443,OK",
        "https://192.0.2.10:6443,OK",
        "vip.example:6443,OK",
        "vip.example,OK",
        "[2001:db8::10]:6443,OK",
        "2001:db8::10,OK",
        "192.0.2.1:6443,WARNING",
        "other.example:6443,WARNING",
        "nowhere.example:6443,FAILURE",
        "'not a host',NOT_YET"
    })
    void theEndpointMustLeadToTheVip(String text, Level level) throws UnknownHostException {
        Endpoint endpoint = new Endpoint(vips(), AnswersTest::resolve);

        assertThat(endpoint.judge("controlPlaneEndpoint", Optional.of(text)).level())
                .isEqualTo(level);
    }

    @Test
    void anEndpointThatDoesNotResolveIsToldWithTheLineForHosts() throws UnknownHostException {
        Endpoint endpoint = new Endpoint(vips(), AnswersTest::resolve);

        assertThat(endpoint.judge("controlPlaneEndpoint", Optional.of("nowhere.example:6443"))
                        .remedy())
                .contains("echo 192.0.2.10 nowhere.example >> /etc/hosts");
        assertThat(endpoint.judge("controlPlaneEndpoint", Optional.empty()).level())
                .isEqualTo(Level.NOT_YET);
    }

    private static List<InetAddress> resolve(String host) {
        try {
            return switch (host) {
                case "vip.example" -> List.of(InetAddress.getByName("192.0.2.10"));
                case "other.example" ->
                    List.of(InetAddress.getByName("192.0.2.10"), InetAddress.getByName("192.0.2.1"));
                case "nowhere.example" -> List.of();
                default -> List.of(InetAddress.getByName(host));
            };
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static List<VirtualIp> vips() throws UnknownHostException {
        return List.of(
                VirtualIp.host(InetAddress.getByName("192.0.2.10")),
                VirtualIp.host(InetAddress.getByName("2001:db8::10")));
    }
}
