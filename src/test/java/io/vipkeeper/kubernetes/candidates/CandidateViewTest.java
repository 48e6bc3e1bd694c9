package io.vipkeeper.kubernetes.candidates;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.vipkeeper.grant.Candidate;
import io.vipkeeper.lease.LeaseRecord;

import static org.assertj.core.api.Assertions.assertThat;

final class CandidateViewTest {
    private static final Duration GAP = Duration.ofSeconds(15);

    private final List<String> remarks = new ArrayList<>();
    private final CandidateView view = new CandidateView(new CandidateNames(Candidates.ELECTION), GAP, remarks::add);
    private final Map<String, LeaseRecord> leases = new HashMap<>();

    /** Far from zero, and so near to the end that it overflows. */
    private long now = Long.MAX_VALUE - Duration.ofMinutes(4).toNanos();

    private List<String> lookAfter(Duration time) {
        now += time.toNanos();
        return view.look(leases, now).stream().map(Candidate::node).toList();
    }

    private void renew(String node, String version) {
        leases.put("vipkeeper-" + node, Candidates.lease(node, version));
    }

    @Test
    void whoIsSilentForThreeMinutesIsLeftOutUntilItsLeaseChanges() {
        // given two candidates, one of which renews
        renew("a", "1");
        renew("b", "1");
        assertThat(lookAfter(Duration.ZERO)).containsExactly("a", "b");
        // when three minutes pass, with looks in between
        for (int i = 1; i < 18; i++) {
            renew("a", "a" + i);
            assertThat(lookAfter(Duration.ofSeconds(10))).containsExactly("a", "b");
        }
        // then
        assertThat(lookAfter(Duration.ofSeconds(10))).containsExactly("a");
        // when it is back
        renew("b", "2");
        assertThat(lookAfter(Duration.ofSeconds(10))).containsExactly("a", "b");
    }

    @Test
    void anOutageInWhichNobodyCouldRenewForgetsNobody() {
        // given
        renew("a", "1");
        renew("b", "1");
        lookAfter(Duration.ZERO);
        // when the API server comes back after an hour, then all are still there, and one breath counts
        assertThat(lookAfter(Duration.ofHours(1))).containsExactly("a", "b");
        renew("a", "2");
        for (Duration time = GAP.plus(GAP); time.compareTo(CandidateView.SILENCE) < 0; time = time.plus(GAP)) {
            assertThat(lookAfter(GAP)).containsExactly("a", "b");
        }
        assertThat(lookAfter(GAP)).containsExactly("a");
    }

    @Test
    void whoseLeaseIsGoneIsNoCandidate() {
        renew("a", "1");
        renew("b", "1");
        lookAfter(Duration.ZERO);
        leases.remove("vipkeeper-a");
        assertThat(lookAfter(Duration.ofMillis(1))).containsExactly("b");
    }

    @Test
    void atMostSixteenTakePartTheSameOnEachNode() {
        for (int i = 30; i > 10; i--) {
            renew("n" + i, "1");
        }
        assertThat(lookAfter(Duration.ZERO)).hasSize(16).startsWith("n11").endsWith("n26");
        assertThat(lookAfter(Duration.ofSeconds(1))).hasSize(16);
        assertThat(remarks).singleElement().asString().contains("20 candidates", "16");
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(delimiter = '|', emptyValue = "", nullValues = "none", textBlock = """
            process     | none
            process     | ''
            process     | a b
            process     | 00000000000000000000000000000000000000000000000000000000000000000
            host        | none
            host        | localhost
            host        | evil.example
            host        | 0.0.0.0
            host        | ::
            host        | 224.0.0.1
            host        | ff02::1
            host        | 2001:db8::1%eth0
            host        | 192.0.2.256
            port        | none
            port        | 0
            port        | 65536
            port        | -1
            port        | +1
            port        | ٣
            port        | 99999999999
            weight      | none
            weight      | 256
            weight      | -1
            weight      | 1e1
            public-key  | none
            public-key  | ''
            public-key  | AAAA
            public-key  | AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB=
            public-key  | AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
            public-key  | ____________________________________________
            """)
    void whatIsNotAsItShouldBeIsLeftOutCountedAndSaidOnce(String note, String value) {
        // given a candidate as it should be, and one with one thing wrong
        renew("a", "1");
        Map<String, String> notes = new HashMap<>(CandidateNotes.of(Candidates.candidate("b", "p1"), "1"));
        assertThat(notes.remove("vipkeeper.io/" + note)).isNotNull();
        if (value != null) {
            notes.put("vipkeeper.io/" + note, value);
        }
        // when it is seen, seen again, and renewed as wrong as before
        leases.put("vipkeeper-b", Candidates.lease("b", "1", notes));
        assertThat(lookAfter(Duration.ZERO)).containsExactly("a");
        assertThat(lookAfter(Duration.ofSeconds(1))).containsExactly("a");
        assertThat(view.refused()).isEqualTo(1);
        leases.put("vipkeeper-b", Candidates.lease("b", "2", notes));
        assertThat(lookAfter(Duration.ofSeconds(1))).containsExactly("a");
        // then
        assertThat(view.refused()).isEqualTo(2);
        assertThat(remarks).singleElement().asString().contains("vipkeeper-b", note);
    }

    @Test
    void aLeaseSpeaksForNoOtherNode() {
        leases.put("vipkeeper-b", Candidates.lease("a", "1"));
        leases.put("something", Candidates.lease("c", "1"));
        leases.put("vipkeeper-", Candidates.lease("", "1"));
        assertThat(lookAfter(Duration.ZERO)).isEmpty();
        assertThat(remarks).hasSize(3).allMatch(sentence -> sentence.contains("holderIdentity"));
    }

    @Test
    void whoeverMayWriteLeasesCannotFillTheLog() {
        for (int i = 0; i < 1000; i++) {
            leases.clear();
            leases.put("vipkeeper-n" + i, Candidates.lease("other", "1"));
            lookAfter(Duration.ofMillis(1));
        }
        assertThat(view.refused()).isEqualTo(1000);
        assertThat(remarks).hasSize(64);
    }

    @Test
    void whatIsWrittenReadsBack() {
        for (String host : List.of("192.0.2.11", "2001:db8::11")) {
            for (int weight : new int[] {0, 255}) {
                Candidate candidate = new Candidate("a", "3-b", host, 65535, Candidates.key("k"), weight);
                CandidateNotes.Reading reading = CandidateNotes.read(
                        new CandidateNames(Candidates.ELECTION),
                        "vipkeeper-a",
                        Candidates.lease("a", "1", CandidateNotes.of(candidate, "1.0")));
                assertThat(reading).isEqualTo(new CandidateNotes.Reading.Usable(candidate));
            }
        }
    }
}
