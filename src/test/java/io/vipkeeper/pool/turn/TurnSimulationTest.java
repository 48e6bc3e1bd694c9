package io.vipkeeper.pool.turn;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import io.vipkeeper.pool.turn.TurnEvent.WriteAnswer;
import io.vipkeeper.pool.turn.TurnWorld.Trouble;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two replicas take turns, properly or believing too long that it is theirs. One at a time never gives an address twice
 * nor changes one; after two at a time everything is put right once there is one.
 */
class TurnSimulationTest {
    private static final int SEEDS = 100;

    @ParameterizedTest(name = "overlap: {0}, edits: {1}")
    @CsvSource({"false, false", "false, true", "true, false", "true, true"})
    void noAddressIsGivenTwiceForGood(boolean overlap, boolean edits) {
        assertThat(firstViolation(new Trouble(overlap, edits), () -> List::of)).isEmpty();
    }

    /** What a replica that forgets one of the rules would do, by what it is told. */
    enum Mutant {
        /** Believes whatever version it sees last. */
        TAKES_OLD_FOR_NEW(new Trouble(false, false)) {
            private long counter = 1_000_000;

            @Override
            List<TurnEvent> apply(TurnEvent event) {
                return event instanceof TurnEvent.Changed(Applicant seen)
                                && !seen.texts().labelled()
                        ? List.of(new TurnEvent.Changed(Services.with(seen, ++counter, seen.texts())), event)
                        : List.of(event);
            }
        },
        /** Frees what it does not know to be stored. */
        TAKES_LOST_FOR_FAILED(new Trouble(false, false)) {
            @Override
            List<TurnEvent> apply(TurnEvent event) {
                return event instanceof TurnEvent.Answered(long request, WriteAnswer.Lost lost)
                        ? List.of(new TurnEvent.Answered(request, new WriteAnswer.Denied("lost")))
                        : List.of(event);
            }
        },
        /** Decides in a new term by what it saw before. */
        BEGINS_WITHOUT_A_LIST(new Trouble(false, false)) {
            @Override
            List<TurnEvent> apply(TurnEvent event) {
                // A list that is too old to say anything will do.
                return event instanceof TurnEvent.InCharge(long term, long until)
                        ? List.of(event, new TurnEvent.Listed(term, "0", List.of()))
                        : List.of(event);
            }
        },
        /** Has its own idea of who is younger, at each look another one. */
        HAS_ITS_OWN_IDEA_OF_AGE(new Trouble(true, false)) {
            private int looks;

            @Override
            List<TurnEvent> apply(TurnEvent event) {
                return event instanceof TurnEvent.Changed(Applicant seen)
                        ? List.of(new TurnEvent.Changed(aged(seen, ++looks)))
                        : List.of(event);
            }
        },
        /** Does not learn that Services go. */
        NEVER_FREES(new Trouble(false, false)) {
            @Override
            List<TurnEvent> apply(TurnEvent event) {
                return switch (event) {
                    case TurnEvent.Deleted deleted -> List.of();
                    case TurnEvent.Listed(long term, String version, List<Applicant> all) -> {
                        known.addAll(all);
                        yield List.of(new TurnEvent.Listed(term, version, distinct(known)));
                    }
                    case TurnEvent.Changed(Applicant seen) -> {
                        known.add(seen);
                        yield List.of(event);
                    }
                    case TurnEvent.InCharge c -> List.of(event);
                    case TurnEvent.NotInCharge c -> List.of(event);
                    case TurnEvent.PoolsRead c -> List.of(event);
                    case TurnEvent.Reserved c -> List.of(event);
                    case TurnEvent.Answered c -> List.of(event);
                    case TurnEvent.Read c -> List.of(event);
                    case TurnEvent.Tick c -> List.of(event);
                };
            }
        };

        final Trouble trouble;
        final java.util.List<Applicant> known = new java.util.ArrayList<>();

        Mutant(Trouble trouble) {
            this.trouble = trouble;
        }

        abstract List<TurnEvent> apply(TurnEvent event);

        private static List<Applicant> distinct(List<Applicant> all) {
            java.util.Map<Object, Applicant> last = new java.util.LinkedHashMap<>();
            all.forEach(one -> last.merge(one.id(), one, (a, b) -> b.isNewerThan(a.version()) ? b : a));
            return List.copyOf(last.values());
        }

        private static Applicant aged(Applicant seen, int looks) {
            return new Applicant(
                    seen.id(),
                    seen.uid(),
                    seen.version(),
                    Instant.ofEpochSecond(100_000 - looks),
                    seen.stage(),
                    seen.families(),
                    seen.policy(),
                    seen.ports(),
                    seen.texts(),
                    seen.elsewhere());
        }
    }

    @ParameterizedTest
    @EnumSource(Mutant.class)
    void theSimulationCatches(Mutant mutant) {
        assertThat(firstViolation(mutant.trouble, () -> {
                    mutant.known.clear();
                    return mutant::apply;
                }))
                .as("a violation by a replica that %s", mutant)
                .isPresent();
    }

    private static Optional<String> firstViolation(
            Trouble trouble, Supplier<Function<TurnEvent, List<TurnEvent>>> wrong) {
        for (long seed = 1; seed <= SEEDS; seed++) {
            Optional<String> violation = new TurnWorld(seed, trouble, wrong.get()).run();
            if (violation.isPresent()) {
                return Optional.of("seed " + seed + " " + violation.get());
            }
        }
        return Optional.empty();
    }
}
