package io.vipkeeper.sim;

import java.util.List;

import static io.vipkeeper.sim.World.MILLI;
import static io.vipkeeper.sim.World.SECOND;

/** A cluster that is being made, and machines that may later answer before they can read anything: what befalls both. */
final class Beginnings {
    private final World world;
    private final List<SimNode> nodes;
    private final SimNode flagged;

    /** @param flagged the node that was the first one; others may have its flag, too */
    Beginnings(World world, List<SimNode> nodes, SimNode flagged) {
        this.world = world;
        this.nodes = nodes;
        this.flagged = flagged;
    }

    /** Nobody has a right to anything until the binding is made, and each API server knows of it in its own time. */
    void ofCluster() {
        nodes.forEach(node -> node.refuse(true));
        long bound = world.between(SECOND, 15 * SECOND);
        for (SimNode node : nodes) {
            world.after(
                    bound + world.between(0, world.chance(0.3) ? 3 * SECOND : 20 * MILLI), () -> node.refuse(false));
        }
    }

    void strikeUntil(long end) {
        for (long at = 3 * SECOND; at < end; at += world.between(3 * SECOND, 14 * SECOND)) {
            world.after(at, this::strike);
        }
    }

    private void strike() {
        switch (world.random.nextInt(7)) {
            case 0 -> restartRefused(flagged, world.between(0, 2 * SECOND));
            case 1 -> coldStart();
            case 2 -> {
                SimNode holder = answering();
                restartRefused(flagged, MILLI);
                world.after(world.between(0, 12 * SECOND), () -> stopFor(holder, 9 * SECOND));
            }
            case 3 -> answering().pause(world.between(20 * MILLI, 6 * SECOND));
            case 4 -> cut(flagged);
            case 5 -> silenceEverybody();
            default -> meetWhileItStands();
        }
    }

    /** A new process of a machine whose credentials are not accepted any more. */
    private void restartRefused(SimNode node, long pause) {
        long time = world.between(5 * SECOND, 14 * SECOND);
        node.crash();
        node.refuse(true);
        world.after(pause, node::start);
        world.after(pause + time, () -> node.refuse(false));
    }

    /** All machines lose their power and come back one by one, each API server refusing at first. */
    private void coldStart() {
        for (SimNode node : nodes) {
            node.powerOff();
            node.refuse(true);
            long up = world.between(SECOND, 6 * SECOND);
            world.after(up, node::start);
            long refused = world.chance(0.5) ? world.between(0, SECOND) : world.between(5 * SECOND, 12 * SECOND);
            world.after(up + refused, () -> node.refuse(false));
        }
    }

    private void stopFor(SimNode node, long time) {
        if (world.chance(0.5)) {
            node.crash();
        } else {
            node.powerOff();
        }
        world.after(time, node::start);
    }

    private void cut(SimNode node) {
        long time = world.between(SECOND, 12 * SECOND);
        node.cutFromApi(true);
        world.after(time, () -> node.cutFromApi(false));
    }

    /** Nobody can renew for so long that the address is free, and then somebody can again. */
    private void silenceEverybody() {
        long time = world.between(4 * SECOND, 14 * SECOND);
        nodes.forEach(node -> node.refuse(true));
        world.after(world.between(0, SECOND), () -> {
            flagged.crash();
            world.after(world.between(0, SECOND), flagged::start);
        });
        for (SimNode node : nodes) {
            world.after(time + world.between(0, node == flagged ? 2 * SECOND : SECOND), () -> node.refuse(false));
        }
    }

    /** The others may read again just when the one that stands is frozen, or begins to stand. */
    private void meetWhileItStands() {
        nodes.forEach(node -> node.refuse(true));
        flagged.crash();
        flagged.start();
        await(100, () -> {
            if (world.chance(0.7)) {
                flagged.pause(world.between(MILLI, 5 * SECOND));
            }
            nodes.stream()
                    .filter(node -> node != flagged)
                    .forEach(node -> world.after(world.between(0, 200 * MILLI), () -> node.refuse(false)));
            world.after(world.between(3 * SECOND, 8 * SECOND), () -> flagged.refuse(false));
        });
    }

    /** Until it asks for the last time, or for so many times 150 ms. */
    private void await(int times, Runnable then) {
        boolean stands = flagged.state() != null && flagged.state().bootstrap().standing();
        if (stands || times == 0) {
            world.after(world.between(0, world.chance(0.5) ? 250 * MILLI : 2 * SECOND), then);
        } else {
            world.after(world.between(MILLI, 150 * MILLI), () -> await(times - 1, then));
        }
    }

    private SimNode answering() {
        return nodes.stream().filter(Machine::answers).findFirst().orElse(flagged);
    }
}
