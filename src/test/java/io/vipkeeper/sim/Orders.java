package io.vipkeeper.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.vipkeeper.sim.OrderedRun.Outcome;

/**
 * Every order of the first events after each mishap: first all that differ at the first event only, then at the second,
 * and so on. No two runs are alike, and none is repeated when one more event is looked at.
 */
final class Orders {
    private final Function<World, Scenario> scenario;
    private final Bounds bounds;
    private final long end;
    private final List<Outcome> explored = new ArrayList<>();
    private int complete;
    private Optional<Outcome> broken = Optional.empty();

    /**
     * How far to go.
     *
     * @param least how many events to look at, whatever time it takes
     * @param most how many events to look at, if there is time
     * @param deviations at how many of them another one may come than the one that is due, or that one be lost
     */
    record Bounds(int least, int most, int deviations, Duration time) {}

    Orders(Function<World, Scenario> scenario, Bounds bounds) {
        this.scenario = scenario;
        this.bounds = bounds;
        this.end = System.nanoTime() + bounds.time.toNanos();
    }

    /** Explores until the first violation, or the end of time. */
    Orders explore(List<Mishap> mishaps) {
        play(mishaps.stream()
                .flatMap(mishap -> Stream.of(true, false).map(late -> new OrderedRun(mishap, late, new byte[0])))
                .toList());
        while (broken.isEmpty() && goesOn()) {
            if (play(explored.stream().flatMap(this::branches).toList())) {
                complete++;
            }
        }
        return this;
    }

    private boolean goesOn() {
        return complete < bounds.least || complete < bounds.most && System.nanoTime() - end < 0;
    }

    /** Whether there was time for all of them. */
    private boolean play(List<OrderedRun> runs) {
        List<Outcome> outcomes = runs.parallelStream()
                .filter(run -> goesOn())
                .map(run -> run.play(scenario, bounds.most))
                .toList();
        explored.addAll(outcomes);
        broken = outcomes.stream()
                .filter(outcome -> !outcome.violations().isEmpty())
                .findFirst();
        return outcomes.size() == runs.size();
    }

    /** What is explored differs at the events before; here each other way to go on at this one. */
    private Stream<OrderedRun> branches(Outcome outcome) {
        byte[] choices = outcome.run().choices();
        int ways = outcome.possible().length > complete ? outcome.possible()[complete] : 1;
        if (differences(choices) >= bounds.deviations) {
            return Stream.empty();
        }
        return IntStream.range(1, ways).mapToObj(way -> {
            byte[] next = Arrays.copyOf(choices, complete + 1);
            next[complete] = (byte) way;
            return new OrderedRun(outcome.run().mishap(), outcome.run().late(), next);
        });
    }

    private static int differences(byte[] choices) {
        int differences = 0;
        for (byte choice : choices) {
            differences += choice == 0 ? 0 : 1;
        }
        return differences;
    }

    Optional<Outcome> broken() {
        return broken;
    }

    /** How many events have been brought into every order. */
    int complete() {
        return complete;
    }

    int runs() {
        return explored.size();
    }
}
