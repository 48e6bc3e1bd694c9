package io.vipkeeper.sim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static io.vipkeeper.sim.World.MILLI;
import static io.vipkeeper.sim.World.SECOND;

/**
 * The link of the virtual IP: a frame takes a millisecond at most, kernels answer probes whatever their processes do, and
 * a process hears a frame when it has been read. Between two machines nothing is lost for longer than 20 ms at a time.
 */
final class SimWire {
    private static final long BLIP_NANOS = 20 * MILLI;

    private final World world;
    private final List<Machine> machines = new ArrayList<>();
    private final Map<String, Long> blips = new HashMap<>();

    SimWire(World world) {
        this.world = world;
    }

    void join(Machine machine) {
        machines.add(machine);
    }

    void announce(SimNode from) {
        others(from).forEach(other -> deliver(from, other, () -> told(other, true, from.name())));
    }

    void probe(SimNode from, boolean wants) {
        for (Machine other : others(from)) {
            deliver(from, other, () -> {
                if (other.answers()) {
                    deliver(other, from, () -> told(from, true, other.name()));
                }
                if (wants) {
                    told(other, false, from.name());
                }
            });
        }
    }

    private List<Machine> others(Machine from) {
        return machines.stream().filter(machine -> machine != from).toList();
    }

    private void deliver(Machine from, Machine to, Runnable arrival) {
        if (!isBlip(from, to)) {
            world.after(world.sharp ? MILLI / 50 : world.between(MILLI / 50, MILLI), arrival);
        }
    }

    private boolean isBlip(Machine one, Machine other) {
        String pair = one.name().compareTo(other.name()) < 0
                ? one.name() + "-" + other.name()
                : other.name() + "-" + one.name();
        long began = blips.getOrDefault(pair, -SECOND);
        if (world.now() - began >= SECOND && world.troubled && world.chance(0.05)) {
            began = world.now();
            blips.put(pair, began);
        }
        return world.now() - began < BLIP_NANOS;
    }

    /** From the socket to the core there is another thread, which stands still when the process does. */
    private void told(Machine machine, boolean answers, String from) {
        if (machine instanceof SimNode node) {
            long delay = world.between(0, world.chance(0.1) ? 15 * MILLI : MILLI);
            world.after(node.pausedFor() + delay, () -> node.hear(answers, from));
        }
    }
}
