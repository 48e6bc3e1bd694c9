package io.vipkeeper.sim;

import java.util.Map;

import io.vipkeeper.lease.LeaseRecord;

import static io.vipkeeper.sim.World.MILLI;
import static io.vipkeeper.sim.World.SECOND;

/** Faults that know nothing of each other, more often than not at whoever answers. */
final class Faults {
    private final Cluster cluster;
    private final World world;
    private final boolean fast;
    private long deletedAt;

    /** @param fast whether those of the fast path are among them */
    Faults(Cluster cluster, boolean fast) {
        this.cluster = cluster;
        this.world = cluster.world();
        this.fast = fast;
    }

    /** @param gentle whether people leave the Lease alone */
    void scatterUntil(long end, boolean gentle) {
        double pace = world.random.nextDouble();
        Runnable fault = gentle ? this::gentleFault : this::anyFault;
        for (long at = SECOND; at < end; at += world.between(200 * MILLI, (long) ((1 + 9 * pace) * end / 60))) {
            world.after(at, fault);
        }
    }

    private void anyFault() {
        switch (world.random.nextInt(12)) {
            case 0 -> delete();
            case 1 -> cluster.api().stored().ifPresent(this::vandalize);
            default -> gentleFault();
        }
    }

    private void gentleFault() {
        Machine machine = world.chance(0.6) ? cluster.answering() : cluster.any();
        long time = world.between(10 * MILLI, world.chance(0.3) ? 15 * SECOND : 4 * SECOND);
        switch (world.random.nextInt(fast ? 12 : 8)) {
            case 0 -> {
                machine.crash();
                world.after(time, machine::start);
            }
            case 1 -> {
                machine.powerOff();
                world.after(time + SECOND, machine::start);
            }
            case 2, 3 -> machine.pause(time);
            case 4 -> {
                machine.cutFromApi(true);
                world.after(time, () -> machine.cutFromApi(false));
            }
            case 5 -> {
                machine.deafenWatch(true);
                world.after(time, () -> machine.deafenWatch(false));
            }
            case 6 -> {
                machine.stop();
                world.after(time + SECOND, machine::start);
            }
            case 7 -> troubleApi(time);
            case 8 -> new Conspiracy(cluster).isolate(machine, time);
            case 9 -> troubleSomeLink(time);
            case 10 -> {
                cluster.network().trouble = world.random.nextDouble();
                world.after(time, () -> cluster.network().trouble = 0);
            }
            default -> sickenApi(machine, time);
        }
    }

    private void troubleSomeLink(long time) {
        SimNetwork network = cluster.network();
        String from = cluster.any().name();
        String to = cluster.any().name();
        if (world.chance(0.5)) {
            network.cut(from, to, true);
            world.after(time, () -> network.cut(from, to, false));
        } else {
            network.slow(from, to, world.between(50 * MILLI, 500 * MILLI));
            world.after(time, () -> network.slow(from, to, 0));
        }
    }

    private void sickenApi(Machine machine, long time) {
        if (machine instanceof SimNode node) {
            node.apiReady(false);
            world.after(time, () -> node.apiReady(true));
        }
    }

    private void troubleApi(long time) {
        SimApi api = cluster.api();
        if (world.chance(0.3)) {
            api.down = true;
            world.after(time, () -> api.down = false);
        } else {
            api.trouble = world.random.nextDouble();
            world.after(time, () -> api.trouble = 0);
        }
    }

    /** The Lease is deleted, but not twice within one lease duration: that is an assumption of the protocol. */
    private void delete() {
        if (world.now() - deletedAt > 2 * Scenario.TIMING.leaseDuration().toNanos()) {
            deletedAt = world.now();
            cluster.api().delete();
        }
    }

    /** Somebody edits the Lease by hand. */
    private void vandalize(LeaseRecord record) {
        String holder =
                switch (world.random.nextInt(3)) {
                    case 0 -> "";
                    case 1 -> "nobody-we-know";
                    default -> cluster.any().name();
                };
        int duration = world.chance(0.3) ? -5 : record.leaseDurationSeconds();
        Map<String, String> marks = world.chance(0.2) ? Map.of() : record.annotations();
        cluster.api()
                .store(new LeaseRecord(
                        "",
                        holder,
                        duration,
                        record.leaseTransitions(),
                        record.acquireTime(),
                        record.renewTime(),
                        marks));
    }
}
