package io.vipkeeper.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What all machines of one run share, and the machines that take part in it so far. */
record Cluster(
        World world,
        SimApi api,
        SimNetwork network,
        SimWire wire,
        SimRegistry registry,
        Invariants invariants,
        List<Machine> machines) {

    static Cluster in(World world) {
        return new Cluster(
                world,
                new SimApi(world),
                new SimNetwork(world),
                new SimWire(world),
                new SimRegistry(world),
                new Invariants(world),
                new ArrayList<>());
    }

    /** One more machine, which the faults may strike. */
    void add(Machine machine) {
        machines.add(machine);
        join(machine);
    }

    /** One more machine on the wire and under watch, but not yet one of those that begin with the others. */
    void join(Machine machine) {
        invariants.add(machine);
        wire.join(machine);
    }

    Stream<SimNode> nodes() {
        return machines.stream().filter(SimNode.class::isInstance).map(SimNode.class::cast);
    }

    Machine any() {
        return machines.get(world.random.nextInt(machines.size()));
    }

    /** The machine that answers, or any if none does. */
    Machine answering() {
        return machines.stream().filter(Machine::answers).findFirst().orElseGet(this::any);
    }

    /** The end of all faults: whoever is not there begins. */
    void calm() {
        world.troubled = false;
        api.down = false;
        api.trouble = 0;
        network.heal();
        for (Machine machine : machines) {
            if (machine instanceof SimNode node) {
                node.apiReady(true);
                node.refuse(false);
            }
            machine.cutFromApi(false);
            machine.deafenWatch(false);
            machine.start();
        }
    }
}
