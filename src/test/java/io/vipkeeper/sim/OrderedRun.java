package io.vipkeeper.sim;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

import io.vipkeeper.grant.Message;
import io.vipkeeper.lease.ElectorId;

import static io.vipkeeper.sim.World.MILLI;
import static io.vipkeeper.sim.World.SECOND;

/**
 * A quiet cluster on the fast path, a mishap, and the first events after it in a given order.
 *
 * @param late whether the events are those since somebody wants to take over, or to give the Lease away
 */
record OrderedRun(Mishap mishap, boolean late, byte[] choices) {
    private static final long LOOK = 20 * MILLI;

    /** Beyond the time of all promises: what has not gone wrong by then will not. */
    private static final long CALM = 500 * MILLI;

    /** With lost answers, until a Lease has run out. */
    private static final long PATIENCE = 12 * SECOND;

    record Outcome(OrderedRun run, byte[] possible, List<String> violations) {}

    /** @param most how many events there is a choice at */
    Outcome play(Function<World, Scenario> scenario, int most) {
        Order order = new Order(choices, most);
        OrderedWorld world = new OrderedWorld(mishap.ordinal(), order);
        Cluster cluster = scenario.apply(world).begin();
        Invariants invariants = cluster.invariants();
        Machine holder = holderOnTheFastPath(cluster);
        long begun = world.now();
        order.begin();
        if (late) {
            cluster.network().onNext(Message.Ask.class, to -> order.open());
            cluster.network().onNext(Message.Offer.class, to -> order.open());
        } else {
            order.open();
        }
        mishap.befall(cluster, holder);
        long answered = begun;
        while (invariants.violations().isEmpty()
                && (order.isOpen() || world.now() - begun < Mishap.OVER || world.now() - answered < CALM)) {
            world.runUntil(world.now() + LOOK, invariants::check);
            if (cluster.machines().stream().noneMatch(Machine::answers)) {
                answered = world.now();
            }
            if (world.now() - begun > PATIENCE) {
                invariants.violate("nobody answers for good %d s after the mishap".formatted(PATIENCE / SECOND));
            }
        }
        return new Outcome(this, order.possible(), invariants.violations());
    }

    private static Machine holderOnTheFastPath(Cluster cluster) {
        World world = cluster.world();
        ElectorId anybody = new ElectorId("", "", "");
        while (cluster.api().stored().map(anybody::members).orElse(List.of()).isEmpty()) {
            world.runUntil(world.now() + LOOK, cluster.invariants()::check);
            if (world.now() > PATIENCE) {
                throw new IllegalStateException("no fast path: " + cluster.api().stored());
            }
        }
        return cluster.machines().stream().filter(Machine::answers).findFirst().orElseThrow();
    }

    @Override
    public String toString() {
        return mishap + (late ? ", from the first question on, " : " ") + Arrays.toString(choices);
    }
}
