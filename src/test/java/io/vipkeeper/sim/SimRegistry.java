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
        List<Candidate> candidates = nodes.stream()
                .filter(SimNode::hasBegun)
                .map(node -> new Candidate(node.name(), node.process(), "192.0.2.1", 1, "", node.weight()))
                .toList();
        Set<String> controlPlane = new TreeSet<>(strangers);
        candidates.forEach(candidate -> controlPlane.add(candidate.node()));
        for (SimNode node : nodes) {
            world.after(world.between(MILLI, 50 * MILLI), () -> {
                if (node.reachesApi()) {
                    node.tell(new KeeperEvent.FromPeers(new GrantEvent.Candidates(candidates)));
                    node.tell(new KeeperEvent.FromPeers(new GrantEvent.ControlPlane(controlPlane)));
                }
            });
        }
    }
}
