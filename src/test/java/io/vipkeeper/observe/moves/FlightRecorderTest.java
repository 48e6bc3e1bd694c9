package io.vipkeeper.observe.moves;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

import org.junit.jupiter.api.Test;

import io.vipkeeper.keeper.Observation;
import io.vipkeeper.keeper.Observation.Path;
import io.vipkeeper.lease.LossReason;
import io.vipkeeper.observe.Statuses;
import io.vipkeeper.vip.VirtualIp;

import static org.assertj.core.api.Assertions.assertThat;

class FlightRecorderTest {
    private static final Instant T0 = Instant.parse("2026-01-02T03:04:05Z");
    private static final VirtualIp OTHER = Statuses.vip("2001:db8::10");

    private final List<String> stages = new ArrayList<>();
    private long now = Long.MAX_VALUE - 5;
    private Instant wall = T0;
    private final FlightRecorder recorder =
            new FlightRecorder(() -> wall, (stage, nanos) -> stages.add(stage + " " + nanos));

    @Test
    void anEarlyMoveHasAllItsStages() {
        // when
        recorder.observed(won("cp-2", Path.EARLY), now);
        now += 30; // across the clock's overflow
        recorder.observed(new Observation.VipBound(Statuses.VIP, false), now);
        now += 4;
        recorder.observed(new Observation.VipAnnounced(Statuses.VIP, true), now);

        // then
        Move move = recorder.moves().getFirst();
        assertThat(move.at()).isEqualTo(T0);
        assertThat(move.from()).isEqualTo("cp-2");
        assertThat(move.vips())
                .containsExactly(java.util.Map.entry(Statuses.VIP, new Move.Arrival(30, OptionalLong.of(4))));
        assertThat(move.loss()).isEmpty();
        assertThat(stages).containsExactly("SILENCE 250", "VOTES 3", "SWAP 9", "BIND 30", "ANNOUNCE 4");
    }

    @Test
    void aPlainMoveHasNeitherSilenceNorVotes() {
        recorder.observed(won("", Path.FREE), now);

        assertThat(stages).containsExactly("SWAP 9");
    }

    @Test
    void eachAddressHasItsOwnTimes() {
        // when
        recorder.observed(won("cp-2", Path.HANDOVER), now);
        now += 10;
        recorder.observed(new Observation.VipBound(Statuses.VIP, false), now);
        now += 10;
        recorder.observed(new Observation.VipBound(OTHER, false), now);
        recorder.observed(new Observation.VipAnnounced(OTHER, true), now);

        // then
        assertThat(recorder.moves().getFirst().vips())
                .containsEntry(Statuses.VIP, new Move.Arrival(10, OptionalLong.empty()))
                .containsEntry(OTHER, new Move.Arrival(20, OptionalLong.of(0)));
    }

    @Test
    void whatIsMendedLaterIsNoStage() {
        // given
        recorder.observed(won("cp-2", Path.EXPIRED), now);
        recorder.observed(new Observation.VipBound(Statuses.VIP, false), now);
        recorder.observed(new Observation.VipAnnounced(Statuses.VIP, true), now);
        List<Move> before = recorder.moves();
        stages.clear();

        // when
        now += 1_000;
        recorder.observed(new Observation.VipBound(Statuses.VIP, true), now);
        recorder.observed(new Observation.VipAnnounced(Statuses.VIP, false), now);

        // then
        assertThat(recorder.moves()).isEqualTo(before);
        assertThat(stages).isEmpty();
    }

    @Test
    void aLossEndsTheMoveAndSaysHowLongItHeld() {
        // given
        recorder.observed(won("cp-2", Path.EXPIRED), now);

        // when
        now += 7_000;
        wall = T0.plusSeconds(7);
        recorder.observed(new Observation.LostHolding(LossReason.TAKEN), now);
        recorder.observed(new Observation.LostHolding(LossReason.LINK), now);
        recorder.observed(new Observation.VipBound(Statuses.VIP, false), now);

        // then
        assertThat(recorder.moves()).singleElement().satisfies(move -> {
            assertThat(move.loss()).contains(new Move.Loss(T0.plusSeconds(7), LossReason.TAKEN, 7_000));
            assertThat(move.vips()).isEmpty();
        });
    }

    @Test
    void aLossWithoutAMoveIsNone() {
        recorder.observed(new Observation.LostHolding(LossReason.TAKEN), now);

        assertThat(recorder.moves()).isEmpty();
    }

    @Test
    void theLastHundredMovesAreKeptTheNewestFirst() {
        for (int i = 0; i < FlightRecorder.CAPACITY + 3; i++) {
            recorder.observed(won("cp-" + i, Path.FREE), now);
        }

        assertThat(recorder.moves()).hasSize(100);
        assertThat(recorder.moves().getFirst().from()).isEqualTo("cp-102");
        assertThat(recorder.moves().getLast().from()).isEqualTo("cp-3");
    }

    @Test
    void aNameOfAnyLengthTakesLittleRoom() {
        recorder.observed(won("x".repeat(100_000), Path.FREE), now);

        assertThat(recorder.moves().getFirst().from()).hasSize(253);
    }

    @Test
    void theHolderIsKnownSinceItChanged() {
        assertThat(recorder.holderSince()).isEmpty();

        recorder.observed(new Observation.HolderChanged("cp-2"), now);
        assertThat(recorder.holderSince()).contains(T0);

        recorder.observed(new Observation.HolderChanged(""), now);
        assertThat(recorder.holderSince()).isEmpty();
    }

    private static Observation won(String from, Path path) {
        return new Observation.BecameHolder(from, 1, 9, path, path == Path.EARLY ? 250 : 0, path == Path.EARLY ? 3 : 0);
    }
}
