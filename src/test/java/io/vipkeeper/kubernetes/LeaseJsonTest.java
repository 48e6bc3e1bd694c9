package io.vipkeeper.kubernetes;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Random;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.vipkeeper.lease.LeaseDraft;
import io.vipkeeper.lease.LeaseRecord;

import static org.assertj.core.api.Assertions.assertThat;

final class LeaseJsonTest {
    private static final LeaseName NAME = new LeaseName("kube-system", "plndr-cp-lock");
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.123456789Z");

    static final String LEASE = """
            {"kind":"Lease","apiVersion":"coordination.k8s.io/v1","metadata":{"name":"plndr-cp-lock",
            "namespace":"kube-system","uid":"u1","resourceVersion":"42","labels":{"team":"net"},
            "annotations":{"theirs":"kept","ours":"old"},
            "ownerReferences":[{"apiVersion":"v1","kind":"Node","name":"a","uid":"u2"}],
            "managedFields":[{"manager":"kube-vip"}]},
            "spec":{"holderIdentity":"a","leaseDurationSeconds":15,"acquireTime":"2026-01-01T00:00:00.000000Z",
            "renewTime":"2026-01-01T00:00:09.000001Z","leaseTransitions":7,"strategy":"OldestEmulationVersion",
            "preferredHolder":"b"}}""";

    private static LeaseJson.Parsed parse(String text) {
        return LeaseJson.parse(NAME, text.getBytes(StandardCharsets.UTF_8));
    }

    private static LeaseJson.Parsed.Lease lease() {
        return (LeaseJson.Parsed.Lease) parse(LEASE);
    }

    @Test
    void aLeaseIsReadMemberByMember() {
        assertThat(lease().record())
                .isEqualTo(new LeaseRecord(
                        "42",
                        "a",
                        15,
                        7,
                        "2026-01-01T00:00:00.000000Z",
                        "2026-01-01T00:00:09.000001Z",
                        Map.of("theirs", "kept", "ours", "old")));
    }

    @Test
    void aNewLeaseIsWrittenAsClientGoWritesIt() {
        LeaseDraft draft = new LeaseDraft("a", 5, 1, true, Map.of("ours", "x"));
        assertThat(new String(LeaseJson.created(NAME, Map.of(), draft, NOW), StandardCharsets.UTF_8))
                .isEqualTo("{\"apiVersion\":\"coordination.k8s.io/v1\",\"kind\":\"Lease\","
                        + "\"metadata\":{\"name\":\"plndr-cp-lock\",\"namespace\":\"kube-system\","
                        + "\"annotations\":{\"ours\":\"x\",\"vipkeeper.io/renewed\":\"2026-01-02T03:04:05.123456Z\"}},"
                        + "\"spec\":{\"holderIdentity\":\"a\",\"leaseDurationSeconds\":5,\"leaseTransitions\":1,"
                        + "\"renewTime\":\"2026-01-02T03:04:05.123456Z\","
                        + "\"acquireTime\":\"2026-01-02T03:04:05.123456Z\"}}");
    }

    @Test
    void aRenewalKeepsWhatIsNotOurs() {
        // given a Lease with members of others
        LeaseJson.Parsed.Lease base = lease();
        // when it is renewed
        LeaseDraft draft = new LeaseDraft("a", 15, 7, false, Map.of("ours", "new"));
        JsonNode written = LeaseJson.tree(LeaseJson.replaced(base.object(), base.record(), Map.of(), draft, NOW));
        // then only renewTime and our annotations differ, one of which repeats renewTime
        ObjectNode expected = base.object().deepCopy();
        expected.withObject("/spec").put("renewTime", "2026-01-02T03:04:05.123456Z");
        expected.withObject("/metadata/annotations")
                .put("ours", "new")
                .put("vipkeeper.io/renewed", "2026-01-02T03:04:05.123456Z");
        assertThat(written).isEqualTo(expected);
        assertThat(base.object()).isEqualTo(lease().object());
    }

    @Test
    void aReleaseSaysAnEmptyHolderAndNotNone() {
        LeaseJson.Parsed.Lease base = lease();
        LeaseDraft draft = new LeaseDraft("", 0, 7, true, Map.of());
        JsonNode spec = LeaseJson.tree(LeaseJson.replaced(base.object(), base.record(), Map.of(), draft, NOW))
                .path("spec");
        assertThat(spec.path("holderIdentity").isTextual()).isTrue();
        assertThat(spec.path("holderIdentity").textValue()).isEmpty();
        assertThat(spec.path("leaseDurationSeconds").intValue()).isEqualTo(1);
        assertThat(spec.path("leaseTransitions").intValue()).isEqualTo(7);
        assertThat(spec.path("acquireTime").textValue()).isEqualTo("2026-01-02T03:04:05.123456Z");
    }

    @Test
    void labelsAreAddedAndThoseOfOthersStay() {
        // given a Lease with a label of somebody else's, and one whose labels are no object
        LeaseDraft draft = new LeaseDraft("a", 15, 7, false, Map.of());
        for (String labels : new String[] {"{\"team\":\"net\"}", "7"}) {
            LeaseJson.Parsed.Lease base = (LeaseJson.Parsed.Lease) parse(LEASE.replace("{\"team\":\"net\"}", labels));
            // when
            JsonNode metadata = LeaseJson.tree(
                            LeaseJson.replaced(base.object(), base.record(), Map.of("ours", "x"), draft, NOW))
                    .path("metadata");
            // then
            assertThat(metadata.path("labels").path("ours").asText()).isEqualTo("x");
            assertThat(metadata.path("labels").path("team").asText()).isEqualTo(labels.equals("7") ? "" : "net");
            assertThat(metadata.path("annotations").has("vipkeeper.io/renewed"))
                    .as("no marks, no time of theirs")
                    .isFalse();
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "none", emptyValue = "", textBlock = """
            {}                                                     | ''  | 0           | 0  | ''
            none                                                   | ''  | 0           | 0  | ''
            null                                                   | ''  | 0           | 0  | ''
            {"holderIdentity":null,"renewTime":null}               | ''  | 0           | 0  | ''
            {"holderIdentity":"a","leaseDurationSeconds":-5}       | a   | -5          | 0  | ''
            {"leaseDurationSeconds":1099511627776}                 | ''  | 2147483647  | 0  | ''
            {"leaseDurationSeconds":-1099511627776}                | ''  | -2147483648 | 0  | ''
            {"leaseDurationSeconds":1e999999}                      | ''  | 2147483647  | 0  | ''
            {"leaseDurationSeconds":1.5,"leaseTransitions":-3}     | ''  | 1           | -3 | ''
            {"renewTime":"9999-12-31T23:59:59.999999Z"}            | ''  | 0           | 0  | 9999-12-31T23:59:59.999999Z
            {"renewTime":"the day before"}                         | ''  | 0           | 0  | the day before
            """)
    void absurdValuesPassAsTheyAre(String spec, String holder, int duration, int transitions, String renewed) {
        String text = "{\"kind\":\"Lease\",\"metadata\":{\"name\":\"plndr-cp-lock\",\"resourceVersion\":\"1\"}"
                + (spec == null ? "" : ",\"spec\":" + spec) + "}";
        assertThat(parse(text)).isInstanceOf(LeaseJson.Parsed.Lease.class);
        assertThat(((LeaseJson.Parsed.Lease) parse(text)).record())
                .isEqualTo(new LeaseRecord("1", holder, duration, transitions, "", renewed, Map.of()));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            ''                                                                                 | not
            null                                                                               | not an object
            []                                                                                 | not an object
            {}                                                                                 | another name
            {"kind":"Lease"                                                                    | broken off
            <html>502</html>                                                                   | not JSON
            {"kind":"Status"}                                                                  | a Status
            {"metadata":{"name":"other","resourceVersion":"1"}}                                | another name
            {"metadata":{"name":"plndr-cp-lock"}}                                              | resourceVersion
            {"metadata":{"name":"plndr-cp-lock","resourceVersion":7}}                          | resourceVersion
            {"metadata":"x"}                                                                   | metadata
            {"metadata":{"name":"plndr-cp-lock","resourceVersion":"1"},"spec":[]}              | spec
            {"metadata":{"name":"plndr-cp-lock","resourceVersion":"1"},"spec":{"holderIdentity":1}} | holderIdentity
            {"metadata":{"name":"plndr-cp-lock","resourceVersion":"1"},"spec":{"leaseDurationSeconds":"15"}} | leaseDurationSeconds
            {"metadata":{"name":"plndr-cp-lock","resourceVersion":"1","annotations":{"a":1}}}  | annotation
            {"metadata":{"name":"plndr-cp-lock","resourceVersion":"1"}} {}                     | not JSON
            """)
    void whatIsNoLeaseIsNonsense(String text, String why) {
        assertThat(parse(text)).isInstanceOf(LeaseJson.Parsed.Nonsense.class);
        assertThat(((LeaseJson.Parsed.Nonsense) parse(text)).why()).contains(why);
    }

    @Test
    void deepNestingIsNonsense() {
        assertThat(parse("{\"a\":".repeat(50_000))).isInstanceOf(LeaseJson.Parsed.Nonsense.class);
    }

    @Test
    void noAnswerHoweverBrokenThrows() {
        long seed = new Random().nextLong();
        System.out.println("LeaseJsonTest fuzz seed " + seed);
        Random random = new Random(seed);
        LeaseDraft draft = new LeaseDraft("a", 5, 1, false, Map.of("ours", "x"));
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = broken(random);
            if (LeaseJson.parse(NAME, bytes) instanceof LeaseJson.Parsed.Lease lease) {
                // What can be read can be replaced.
                byte[] written = LeaseJson.replaced(lease.object(), lease.record(), Map.of(), draft, NOW);
                assertThat(LeaseJson.parse(NAME, written))
                        .as("seed %d round %d %s", seed, round, new String(bytes, StandardCharsets.UTF_8))
                        .isInstanceOf(LeaseJson.Parsed.Lease.class);
            }
        }
    }

    private static byte[] broken(Random random) {
        byte[] bytes = LEASE.getBytes(StandardCharsets.UTF_8);
        String[] values = {"null", "-1", "1e400", "[]", "{}", "\"\"", "\"\\ud800\"", "true", "99999999999999999999"};
        switch (random.nextInt(3)) {
            case 0 -> {
                for (int i = random.nextInt(5); i >= 0; i--) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                }
            }
            case 1 -> bytes = java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length));
            default -> {
                String value = values[random.nextInt(values.length)];
                String[] members = LEASE.split(":");
                int at = 1 + random.nextInt(members.length - 1);
                members[at] = members[at].replaceFirst(
                        "^(\"[^\"]*\"|\\d+|\\{[^}]*\\}?)", java.util.regex.Matcher.quoteReplacement(value));
                bytes = String.join(":", members).getBytes(StandardCharsets.UTF_8);
            }
        }
        return bytes;
    }
}
