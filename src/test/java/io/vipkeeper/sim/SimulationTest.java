package io.vipkeeper.sim;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import io.vipkeeper.bootstrap.BootstrapRules;
import io.vipkeeper.grant.GrantRules;
import io.vipkeeper.grant.Pace;
import io.vipkeeper.lease.Rules;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The production core in virtual time, under a minute of seeded faults a seed. {@code -Dsimulation.seeds=N} runs another
 * number of them, {@code -Dsimulation.first=S} begins elsewhere; a failure names its seed.
 */
class SimulationTest {
    private static final long FIRST = Long.getLong("simulation.first", 1);
    private static final Function<SimClock, GrantRules> PRODUCTION = clock -> new GrantRules(Pace.DEFAULT);
    private static final int SEEDS = Integer.getInteger("simulation.seeds", 2000);

    @Test
    void threeNodesNeverHaveTwoHoldersAndAlwaysFindOne() {
        assertNoViolation(SEEDS, seed -> new Scenario(seed, 3, (clock, timing) -> new Rules(timing)));
    }

    @Test
    void fiveNodesNeverHaveTwoHoldersAndAlwaysFindOne() {
        assertNoViolation(SEEDS / 4, seed -> new Scenario(seed, 5, (clock, timing) -> new Rules(timing)));
    }

    @Test
    void aTwinOnAnotherMachineNeverHoldsBesideItsNamesake() {
        assertNoViolation(SEEDS / 4, seed -> new Scenario(seed, 2, (clock, timing) -> new Rules(timing)).withTwin());
    }

    @Test
    void besideClientGoElectorsThereIsOneHolderAndItMovesBothWays() {
        assertNoViolation(SEEDS / 4, seed -> new Scenario(seed, 1, (clock, timing) -> new Rules(timing))
                .withForeignElector(2)
                .withForeignElector(3));
    }

    @Test
    void withTheFastPathThreeNodesNeverHaveTwoHoldersAndSoonFindOne() {
        assertNoViolation(SEEDS * 3 / 2, seed -> Scenario.fast(seed, 3, PRODUCTION));
    }

    @Test
    void withTheFastPathFiveNodesNeverHaveTwoHoldersAndSoonFindOne() {
        assertNoViolation(SEEDS / 2, seed -> Scenario.fast(seed, 5, PRODUCTION));
    }

    @Test
    void whoBeginsWhileNobodyElseReachesAnApiServerDoesNotHoldBesideTheHolder() {
        assertNoViolation(SEEDS / 4, seed -> Scenario.fast(seed, 3, PRODUCTION).withLatecomer());
    }

    @Test
    void theLeaseLeavesASilentApiServerForOneThatServesAndStaysWhenAllAreSilent() {
        assertNoViolation(SEEDS / 4, seed -> Scenario.fast(seed, 3, PRODUCTION).withFrost());
        assertNoViolation(SEEDS / 20, seed -> Scenario.fast(seed, 5, PRODUCTION).withFrost());
    }

    @Test
    void theFastPathBesideAClientGoElectorNeverHasTwoHolders() {
        assertNoViolation(SEEDS / 4, seed -> Scenario.fast(seed, 3, PRODUCTION).withForeignElector(4));
    }

    @Test
    void whoAnswersBeforeItCanReadAnythingNeverDoesSoBesideAnother() {
        assertNoViolation(SEEDS / 2, seed -> new Scenario(seed, 3, (clock, timing) -> new Rules(timing))
                .withBootstrap(BootstrapRules::new));
    }

    @Test
    void whoAnswersBeforeItCanReadAnythingNeverDoesSoBesideAnotherOfTheFastPath() {
        assertNoViolation(SEEDS / 2, seed -> Scenario.fast(seed, 3, PRODUCTION).withBootstrap(BootstrapRules::new));
    }

    private static void assertNoViolation(int seeds, LongFunction<Scenario> scenario) {
        Optional<String> broken = firstViolation(FIRST, seeds, scenario);
        assertThat(broken)
                .as("first violation in %d seeds from %d", seeds, FIRST)
                .isEmpty();
    }

    static Optional<String> firstViolation(long first, int seeds, LongFunction<Scenario> scenario) {
        return LongStream.range(first, first + seeds)
                .parallel()
                .mapToObj(seed -> {
                    List<String> violations = scenario.apply(seed).run();
                    return violations.isEmpty()
                            ? Optional.<String>empty()
                            : Optional.of("seed " + seed + ": " + String.join("; ", violations));
                })
                .flatMap(Optional::stream)
                .findAny();
    }
}
