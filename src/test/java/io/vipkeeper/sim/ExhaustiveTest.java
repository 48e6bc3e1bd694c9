package io.vipkeeper.sim;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.vipkeeper.grant.GrantRules;
import io.vipkeeper.grant.Pace;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The production core after one mishap each, once for every order in which the next events can come: each message and
 * each timer in turn, behind the next or the one after it at the same node, or lost. {@code -Dsimulation.orders=N} spends
 * N seconds on that instead of 40, and so gets further.
 */
class ExhaustiveTest {
    private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("simulation.orders", 40));
    /** However slow the machine is. */
    private static final int LEAST = 5;

    /** How many events each come late or not at all while all others come when they are due. */
    private static final int ALONE = 50;

    private static final List<Mishap> MISHAPS = List.of(Mishap.values());

    /** What these are for takes a Lease or a row of heartbeats that runs out, a pause within a call, or several servers. */
    private static final Set<String> BEYOND =
            Set.of("R1: takes", "R4", "R6", "R8", "R10: does not look", "R11: offers", "R12");

    @Test
    void inWhateverOrderTheFirstEventsAfterAMishapComeThereIsOneHolder() {
        // when
        Orders orders = explore(new Orders.Bounds(LEAST, 30, 30, TIME));

        // then
        System.out.printf("every order of %d events: %,d runs%n", orders.complete(), orders.runs());
        assertThat(orders.broken()).isEmpty();
        assertThat(orders.complete()).isGreaterThanOrEqualTo(LEAST);
    }

    @Test
    void whicheverOfManyEventsAfterAMishapComesLateOrNeverThereIsOneHolder() {
        // when
        Orders orders = explore(new Orders.Bounds(ALONE, ALONE, 1, Duration.ZERO));

        // then
        System.out.printf("any one of %d events late or lost: %,d runs%n", orders.complete(), orders.runs());
        assertThat(orders.broken()).isEmpty();
        assertThat(orders.complete()).isEqualTo(ALONE);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void someOrderShowsWhatARuleIsFor(Mutant mutant) {
        // when
        Orders orders = new Orders(mutant.scenario(), new Orders.Bounds(10, 10, 2, Duration.ZERO)).explore(MISHAPS);

        // then
        assertThat(orders.broken()).as("an order in which it %s", mutant).isPresent();
    }

    static Stream<Mutant> someOrderShowsWhatARuleIsFor() {
        return GrantMutantsTest.theSimulationCatches()
                .filter(mutant -> BEYOND.stream().noneMatch(mutant.name()::startsWith));
    }

    private static Orders explore(Orders.Bounds bounds) {
        Function<World, Scenario> production = world -> Scenario.fast(world, 3, clock -> new GrantRules(Pace.DEFAULT));
        return new Orders(production, bounds).explore(MISHAPS);
    }
}
