package io.vipkeeper.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.vipkeeper.grant.Candidate;
import io.vipkeeper.grant.GrantEvent;
import io.vipkeeper.keeper.KeeperEvent;

import static io.vipkeeper.sim.World.MILLI;

/** The candidates' own Leases and the Nodes: who has begun is known to everybody a moment later. */
final class SimRegistry {
    private final World world;
    private final List<SimNode> nodes = new ArrayList<>();
    private final Set<String> strangers = new TreeSet<>();

    SimRegistry(World world) {
        this.world = world;
    }

    void add(SimNode node) {
        nodes.add(node);
    }

    /** A Node that runs another elector, found out at some time. */
    void discover(String stranger) {
        strangers.add(stranger);
        publish();
    }

    /** A process began and registers. */
    void begun() {
        world.after(world.sharp ? MILLI : world.between(10 * MILLI, 400 * MILLI), this::publish);
    }

    private void publish() {
        nodes.forEach(node -> world.after(world.between(MILLI, 50 * MILLI), () -> show(node)));
    }

    /** A watch that is cut off lists again when it is not. */
    private void show(SimNode node) {
        if (!node.reachesApi()) {
            world.after(world.between(100 * MILLI, 500 * MILLI), () -> show(node));
            return;
        }
        List<Candidate> candidates = nodes.stream()
                .filter(SimNode::hasBegun)
                .map(other -> new Candidate(other.name(), other.process(), "192.0.2.1", 1, "", other.weight()))
                .toList();
        Set<String> controlPlane = new TreeSet<>(strangers);
        candidates.forEach(candidate -> controlPlane.add(candidate.node()));
        node.tell(new KeeperEvent.FromPeers(new GrantEvent.Candidates(candidates)));
        node.tell(new KeeperEvent.FromPeers(new GrantEvent.ControlPlane(controlPlane)));
    }
}
