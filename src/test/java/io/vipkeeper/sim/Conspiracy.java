package io.vipkeeper.sim;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.vipkeeper.grant.Message;

import static io.vipkeeper.sim.World.MILLI;
import static io.vipkeeper.sim.World.SECOND;

/**
 * Faults that work together, with quiet in between for the fast path to come back: each aims at what one rule is for.
 */
final class Conspiracy {
    private final Cluster cluster;
    private final World world;
    private final SimApi api;
    private final SimNetwork network;
    private final List<Machine> machines;

    Conspiracy(Cluster cluster) {
        this.cluster = cluster;
        world = cluster.world();
        api = cluster.api();
        network = cluster.network();
        machines = cluster.machines();
    }

    void until(long end) {
        for (long at = 3 * SECOND; at < end; at += world.between(1500 * MILLI, 5 * SECOND)) {
            world.after(at, this::strike);
        }
    }

    private void strike() {
        Machine holder = cluster.answering();
        List<Machine> others = new ArrayList<>(machines);
        others.remove(holder);
        Collections.shuffle(others, world.random);
        long time = world.between(100 * MILLI, 2 * SECOND);
        switch (world.random.nextInt(8)) {
            case 0 -> {
                holder.crash();
                world.after(time, holder::start);
            }
            case 1 -> holder.pause(time);
            case 2 -> isolate(holder, time);
            case 3 -> silenceWhileWritesCrawl(holder);
            case 4 -> restartWhileAnotherIsDeaf(holder, others);
            case 5 -> leaveOneWithAnApi(others.getFirst());
            case 6 -> spoilAnOffer(holder);
            default -> delayAnswers(holder, others);
        }
    }

    /** The cable is pulled, and in a third of all cases only frames that leave are lost. */
    void isolate(Machine machine, long time) {
        boolean both = world.chance(0.6);
        for (Machine other : machines) {
            cut(machine, other, time);
            if (both) {
                cut(other, machine, time);
            }
        }
    }

    private void cut(Machine from, Machine to, long time) {
        network.cut(from.name(), to.name(), true);
        world.after(time, () -> network.cut(from.name(), to.name(), false));
    }

    /** The holder falls silent for about a grant, so that a candidate's claim is still on its way when it is heard again. */
    private void silenceWhileWritesCrawl(Machine holder) {
        isolate(holder, world.between(200 * MILLI, SECOND));
        api.trouble = 0.9;
        world.after(SECOND, () -> api.trouble = 0);
    }

    /** One candidate hears nothing of the holder, and another forgets what it has promised. */
    private void restartWhileAnotherIsDeaf(Machine holder, List<Machine> others) {
        cut(holder, others.getFirst(), 2 * SECOND);
        Machine forgetful = others.getLast();
        world.after(world.between(150 * MILLI, 600 * MILLI), () -> {
            forgetful.crash();
            world.after(world.between(2 * MILLI, 60 * MILLI), forgetful::start);
        });
    }

    /** Whoever can reach an API server may think that the holder cannot. */
    private void leaveOneWithAnApi(Machine lucky) {
        long time = world.between(2 * SECOND, 9 * SECOND);
        for (Machine machine : machines) {
            if (machine != lucky) {
                machine.cutFromApi(true);
                world.after(time, () -> machine.cutFromApi(false));
            }
        }
        if (world.chance(0.5)) {
            world.after(time / 2, () -> cut(machines.getFirst(), lucky, SECOND));
        }
    }

    /** The holder is stopped, and right after it has offered the Lease one of the two fails, unheard by the other. */
    private void spoilAnOffer(Machine holder) {
        long failsAfter = world.between(0, 12 * MILLI);
        boolean offererFails = world.chance(0.5);
        network.onNext(Message.Offer.class, successor -> {
            Machine heir = machines.stream()
                    .filter(machine -> machine.name().equals(successor))
                    .findFirst()
                    .orElseThrow();
            if (offererFails) {
                world.after(world.chance(0.8) ? 0 : failsAfter, () -> holder.pause(2 * SECOND));
                return;
            }
            cut(heir, holder, SECOND);
            holder.cutFromApi(true);
            world.after(SECOND, () -> holder.cutFromApi(false));
            world.after(failsAfter, () -> {
                heir.crash();
                heir.start();
            });
        });
        holder.stop();
        world.after(3 * SECOND, holder::start);
    }

    /** Promises arrive late, and then the holder's heartbeats are lost. */
    private void delayAnswers(Machine holder, List<Machine> others) {
        long delay = world.between(50 * MILLI, 240 * MILLI);
        for (Machine other : others) {
            network.slow(other.name(), holder.name(), delay);
            world.after(2 * SECOND, () -> network.slow(other.name(), holder.name(), 0));
        }
        world.after(world.between(300 * MILLI, SECOND), () -> others.forEach(other -> cut(holder, other, SECOND)));
    }
}
