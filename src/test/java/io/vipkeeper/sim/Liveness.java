package io.vipkeeper.sim;

import java.util.List;
import java.util.Optional;

import io.vipkeeper.lease.ElectorId;
import io.vipkeeper.lease.LeaseRecord;

import static io.vipkeeper.sim.World.MILLI;
import static io.vipkeeper.sim.World.SECOND;

/** Whenever the Lease can move early, a majority of its members is well, and so are the wires, somebody soon answers. */
final class Liveness {
    private static final long LOOK = 50 * MILLI;
    /** A second, beside a resting candidate's pause and the time in which a fresh process promises nothing. */
    private static final long LIMIT = SECOND + 200 * MILLI;

    private final World world;
    private final SimApi api;
    private final SimNetwork network;
    private final List<Machine> machines;
    private final Invariants invariants;
    private long since;

    Liveness(Cluster cluster) {
        world = cluster.world();
        api = cluster.api();
        network = cluster.network();
        machines = cluster.machines();
        invariants = cluster.invariants();
    }

    void watch() {
        boolean answered = machines.stream().anyMatch(Machine::answers);
        if (answered || !couldMove()) {
            since = world.now();
        } else if (world.now() - since > LIMIT) {
            invariants.violate("P9 nobody answers for %.1f s although a majority could take over"
                    .formatted((world.now() - since) / 1e9));
            since = world.now();
        }
        world.after(LOOK, this::watch);
    }

    private boolean couldMove() {
        if (api.down || api.trouble > 0 || network.isTroubled()) {
            return false;
        }
        Optional<LeaseRecord> record = api.stored();
        List<String> members = record.map(new ElectorId("", "", "")::members).orElse(List.of());
        List<SimNode> well = machines.stream()
                .filter(SimNode.class::isInstance)
                .map(SimNode.class::cast)
                .filter(node -> members.contains(node.name()) && node.isSettled())
                .toList();
        boolean anyIsReady = well.stream().anyMatch(node -> node.probe().serves());
        return !members.isEmpty() && well.size() > members.size() / 2 && anyIsReady;
    }
}
