package io.vipkeeper.kubernetes.candidates;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.vipkeeper.grant.Candidate;
import io.vipkeeper.lease.LeaseRecord;

import static org.assertj.core.api.Assertions.assertThat;

/** Who may write a candidate's Lease that another process wrote last. */
class NamesakeTest {
    private static final Candidate SELF = Candidates.candidate("a", "p2", "192.0.2.12");
    private static final long SILENCE = CandidateView.SILENCE.toNanos();
    private static final long LOOK = Duration.ofSeconds(2).toNanos();
    private static final long START = Long.MAX_VALUE - SILENCE / 2; // the clock overflows on the way

    private final Namesake namesake = new Namesake();

    private static LeaseRecord written(String process, String host, String version) {
        return Candidates.lease("a", version, CandidateNotes.of(Candidates.candidate("a", process, host), "1"));
    }

    @ParameterizedTest(name = "of process {0} at {1}: {2}")
    @CsvSource({
        "p1, 192.0.2.11, true",
        "p1, 192.0.2.12, false", // an earlier life of this node
        "p2, 192.0.2.11, false", // its own, before its address changed
        "p1, nowhere, false"
    })
    void aLeaseIsLeftAloneThatAnotherMachineWrote(String process, String host, boolean keeps) {
        assertThat(namesake.keeps(written(process, host, "1"), SELF, START)).isEqualTo(keeps);
        assertThat(namesake.host().isPresent()).isEqualTo(keeps);
    }

    @Test
    void aNamesakeIsGoneWhenItsLeaseHasNotChangedForLong() {
        // given
        LeaseRecord last = written("p1", "192.0.2.11", "1");
        namesake.keeps(last, SELF, START);
        // when it was looked at every two seconds
        for (long silent = LOOK; silent < SILENCE; silent += LOOK) {
            assertThat(namesake.keeps(last, SELF, START + silent)).isTrue();
        }
        // then
        assertThat(namesake.keeps(last, SELF, START + SILENCE - 1)).isTrue();
        assertThat(namesake.keeps(last, SELF, START + SILENCE)).isFalse();
        assertThat(namesake.host()).isEmpty();
    }

    @Test
    void anOutageOfTheApiIsNoSilenceOfANamesake() {
        // given
        LeaseRecord last = written("p1", "192.0.2.11", "1");
        namesake.keeps(last, SELF, START);
        // when nobody could look for an hour, then it may come back
        assertThat(namesake.keeps(last, SELF, START + Duration.ofHours(1).toNanos()))
                .isTrue();
    }

    @Test
    void aNamesakeThatRenewsIsNeverGone() {
        // given
        long now = START;
        for (int version = 1; version <= 200; version++) {
            // when
            now += LOOK;
            // then
            assertThat(namesake.keeps(written("p1", "192.0.2.11", "v" + version), SELF, now))
                    .isTrue();
        }
    }
}
