package io.vipkeeper.sim;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

import io.vipkeeper.grant.Message;
import io.vipkeeper.lease.ElectorId;

import static io.vipkeeper.sim.World.MILLI;
import static io.vipkeeper.sim.World.SECOND;

/**
 * API servers freeze or die: the holder's, that and some others', or all at once. If one is left the Lease goes there
 * soon, otherwise nowhere, however differently the nodes notice.
 */
final class Frost {
    private static final long LOOK = 10 * MILLI;
    private static final long LIMIT = 700 * MILLI;
    private static final long APART = 40 * MILLI;
    private static final long THAW = 4 * SECOND;

    private final World world;
    private final SimApi api;
    private final SimNetwork network;
    private final List<SimNode> nodes;
    private final Invariants invariants;
    private long calmAt = 5 * SECOND;

    Frost(Cluster cluster) {
        world = cluster.world();
        api = cluster.api();
        network = cluster.network();
        nodes = cluster.nodes().toList();
        invariants = cluster.invariants();
    }

    void until(long end) {
        for (long at = 5 * SECOND; at < end; at += world.between(2 * SECOND, 5 * SECOND)) {
            world.after(at, () -> nodes.stream()
                    .filter(SimNode::answers)
                    .findFirst()
                    .filter(this::isCalm)
                    .ifPresent(this::strike));
        }
    }

    private boolean isCalm(SimNode holder) {
        Set<String> members = api.stored()
                .map(record -> Set.copyOf(new ElectorId("", "", "").members(record)))
                .orElse(Set.of());
        return world.now() > calmAt
                && nodes.stream().allMatch(node -> node.isSettled() && members.contains(node.name()));
    }

    private void strike(SimNode holder) {
        List<SimNode> others = new ArrayList<>(nodes);
        others.remove(holder);
        Collections.shuffle(others, world.random);
        boolean restless = holder.clock().now() - holder.state().grant().calmUntilNanos() >= 0;
        if (restless && world.chance(0.4)) {
            strikeSome(holder, others);
        } else {
            strikeAll(holder, others);
        }
    }

    private void strikeSome(SimNode holder, List<SimNode> others) {
        boolean justStarted = world.chance(0.3);
        int well = justStarted ? 1 : 1 + world.random.nextInt(others.size());
        List<SimNode> left = others.subList(0, well);
        List<SimNode> struck = new ArrayList<>(others.subList(well, others.size()));
        struck.add(holder);
        if (justStarted) {
            calmAt = world.now() + THAW;
            left.getFirst().crash();
            left.getFirst().start();
            world.after(world.between(600 * MILLI, 800 * MILLI), () -> spare(left, struck, holder));
        } else {
            spare(left, struck, holder);
        }
    }

    /** The Lease has to go to one of {@code left}. */
    private void spare(List<SimNode> left, List<SimNode> struck, SimNode holder) {
        if (!holder.answers()) {
            return;
        }
        if (world.chance(0.5)) {
            meddle();
        }
        freeze(struck, holder, world.between(LIMIT, 3 * SECOND));
        world.after(LIMIT, () -> {
            if (left.stream().noneMatch(SimNode::answers)) {
                invariants.violate("P11 nobody whose API server serves answers " + LIMIT / MILLI + " ms after that of "
                        + holder.name() + " fell silent");
            }
        });
    }

    /** While the Lease is offered, somebody writes into its object what means nothing to the election, up to four times. */
    private void meddle() {
        int times = 1 + world.random.nextInt(4);
        long pause = world.between(MILLI, 20 * MILLI);
        network.onNext(Message.Offer.class, successor -> {
            for (int n = 0; n < times; n++) {
                world.after(n * pause, api::touch);
            }
        });
    }

    private void strikeAll(SimNode holder, List<SimNode> others) {
        boolean noticesDiffer = world.chance(0.7);
        // Beyond the renewal's deadline the holder needs every member's promise in time.
        long time = world.between(SECOND, noticesDiffer ? 1_600 * MILLI : 12 * SECOND);
        if (noticesDiffer) {
            hinder(others.getFirst(), holder, time);
        }
        freeze(nodes, holder, time);
        watch(holder, world.now() + time + THAW / 2);
    }

    /** Its probes get no turn for a while, or it stands still, or what it says takes long. */
    private void hinder(SimNode node, SimNode holder, long time) {
        long hindrance = world.between(50 * MILLI, 350 * MILLI);
        switch (world.random.nextInt(3)) {
            case 0 ->
                world.after(world.between(0, 400 * MILLI), () -> node.probe().stall(hindrance));
            case 1 -> world.after(world.between(0, 400 * MILLI), () -> node.pause(hindrance / 3));
            default -> {
                network.slow(node.name(), holder.name(), hindrance);
                world.after(time, () -> network.slow(node.name(), holder.name(), 0));
            }
        }
    }

    private void freeze(List<SimNode> struck, SimNode holder, long time) {
        boolean dies = world.chance(0.3);
        for (SimNode node : struck) {
            world.after(node == holder ? 0 : world.between(0, APART), () -> {
                node.probe().become(dies ? SimProbe.Server.REFUSES : SimProbe.Server.HANGS);
                node.cutFromApi(true);
            });
            world.after(time, () -> {
                node.probe().become(SimProbe.Server.SERVES);
                node.cutFromApi(false);
            });
        }
        calmAt = world.now() + time + THAW;
    }

    private void watch(SimNode holder, long end) {
        if (!holder.answers()) {
            invariants.violate("P11 " + holder.name() + " does not answer any more while no API server serves");
        } else if (world.now() < end) {
            world.after(LOOK, () -> watch(holder, end));
        }
    }
}
