package io.vipkeeper.sim;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

import io.vipkeeper.bootstrap.BootstrapRules;
import io.vipkeeper.grant.GrantRules;
import io.vipkeeper.keeper.KeeperSettings;
import io.vipkeeper.lease.ElectorId;
import io.vipkeeper.lease.LeaseRecord;
import io.vipkeeper.lease.Rules;
import io.vipkeeper.lease.Timing;
import io.vipkeeper.vip.Caution;
import io.vipkeeper.vip.VirtualIp;

import static io.vipkeeper.sim.World.MILLI;
import static io.vipkeeper.sim.World.SECOND;

/** One seed: a cluster, a minute of faults, and a quiet time in which a holder must be found. */
final class Scenario {
    static final VirtualIp VIP = vip();
    static final Timing TIMING = Timing.ofSeconds(5, 3, 1);
    private static final long QUIET = 25 * SECOND;

    private final World world;
    private final SimApi api;
    private final Invariants invariants;
    private final List<Machine> machines = new ArrayList<>();
    private final SimNetwork network;
    private final SimWire wire;
    private final SimRegistry registry;
    private final BiFunction<SimClock, Timing, Rules> rules;
    private final Optional<Function<SimClock, GrantRules>> grants;
    private final Set<String> flagged = new HashSet<>();
    private Function<Boolean, BootstrapRules> bootstrap = Scenario::withoutQuestions;
    private boolean frost;
    private long trouble;
    private long deletedAt;

    /** @param rules the production's, or a mutant's; made for a machine's clock */
    Scenario(long seed, int nodes, BiFunction<SimClock, Timing, Rules> rules) {
        this(seed, nodes, rules, Optional.empty());
    }

    /** With the fast path. */
    static Scenario fast(long seed, int nodes, Function<SimClock, GrantRules> grants) {
        return new Scenario(seed, nodes, (clock, timing) -> new Rules(timing), Optional.of(grants));
    }

    Scenario(
            long seed,
            int nodes,
            BiFunction<SimClock, Timing, Rules> rules,
            Optional<Function<SimClock, GrantRules>> grants) {
        this.rules = rules;
        this.grants = grants;
        trouble = (grants.isPresent() ? 20 : 60) * SECOND;
        world = new World(seed);
        api = new SimApi(world);
        invariants = new Invariants(world);
        network = new SimNetwork(world);
        wire = new SimWire(world);
        registry = new SimRegistry(world);
        for (int n = 1; n <= nodes; n++) {
            String name = "node-" + n;
            add(node(name, (clock, process) -> settings(clock, name, name, process)));
        }
    }

    private SimNode node(String name, BiFunction<SimClock, String, KeeperSettings> settings) {
        return new SimNode(world, api, network, wire, name, invariants, registry, grants.isPresent(), settings);
    }

    private void add(Machine machine) {
        machines.add(machine);
        join(machine);
    }

    private void join(Machine machine) {
        invariants.add(machine);
        wire.join(machine);
    }

    /** Kernels whose fence passes the address until it is told otherwise. */
    Scenario withFenceWithoutTimeout() {
        nodes().forEach(node -> node.kernel().fenceExpires = false);
        return this;
    }

    /** Processes that do not notice how long a call to the kernel was held up. */
    Scenario withoutSecondLook() {
        nodes().forEach(node -> node.looksAgain = false);
        return this;
    }

    private Stream<SimNode> nodes() {
        return machines.stream().filter(SimNode.class::isInstance).map(SimNode.class::cast);
    }

    /** One more machine that begins when all others have just lost their API servers. */
    Scenario withLatecomer() {
        List<Machine> first = List.copyOf(machines);
        SimNode late = node("node-9", (clock, process) -> settings(clock, "node-9", "node-9", process));
        join(late);
        long at = world.between(6 * SECOND, trouble);
        world.after(at, () -> {
            machines.add(late);
            late.start();
        });
        world.after(at + world.between(-500 * MILLI, SECOND), () -> first.forEach(machine -> machine.cutFromApi(true)));
        world.after(at + 9 * SECOND, () -> first.forEach(machine -> machine.cutFromApi(false)));
        return this;
    }

    /** Instead of all other faults, those of the API servers. */
    Scenario withFrost() {
        frost = true;
        world.troubled = false;
        trouble = 60 * SECOND;
        return this;
    }

    /** The election has to be right by itself: a node that asks first who answers would hide its mistakes. */
    private static BootstrapRules withoutQuestions(boolean wanted) {
        return new BootstrapRules(wanted) {
            @Override
            public Caution unknown() {
                return Caution.NONE;
            }
        };
    }

    /** The first machine may answer before it can read anything; each other one has that flag by mistake, one in three. */
    Scenario withBootstrap(Function<Boolean, BootstrapRules> made) {
        bootstrap = made;
        trouble = 60 * SECOND;
        nodes().map(SimNode::name).filter(name -> world.chance(0.3)).forEach(flagged::add);
        flagged.add("node-1");
        return this;
    }

    /** One more machine that was given the first one's name by mistake. */
    Scenario withTwin() {
        add(node("twin", (clock, process) -> settings(clock, "node-1", "another machine", process)));
        return this;
    }

    /** One more machine that runs an elector as client-go has it. */
    Scenario withForeignElector(int number) {
        String name = ClientGoNode.KIND + number;
        add(new ClientGoNode(world, api, name));
        // A Node is known before a pod on it can run.
        registry.discover(name);
        return this;
    }

    private KeeperSettings settings(SimClock clock, String identity, String machine, String process) {
        return new KeeperSettings(
                new ElectorId(identity, machine, process),
                rules.apply(clock, TIMING),
                List.of(VIP),
                true,
                grants.map(made -> new KeeperSettings.Fast(made.apply(clock), 0)),
                Duration.ofSeconds(3),
                Optional.of(Duration.ofSeconds(1)),
                false,
                bootstrap.apply(flagged.contains(machine)));
    }

    /** Runs to the end and returns what was violated. */
    List<String> run() {
        machines.forEach(machine -> world.after(world.between(0, 2 * SECOND), machine::start));
        boolean begins = !flagged.isEmpty() && world.chance(0.5);
        if (grants.isPresent() && world.chance(0.8) && !begins) {
            api.store(released());
        }
        if (!flagged.isEmpty()) {
            befall(begins);
        }
        boolean mixed = machines.stream().anyMatch(machine -> !machine.keeper());
        if (frost) {
            new Frost(world, api, network, nodes().toList(), invariants).until(trouble - 15 * SECOND);
        } else if (!flagged.isEmpty()) {
            scatter(this::gentleFault);
        } else if (grants.isPresent() && world.chance(0.5)) {
            new Conspiracy(world, api, network, machines).until(trouble);
        } else {
            scatter(mixed ? this::gentleFault : this::anyFault);
        }
        if (grants.isPresent() && !mixed && flagged.isEmpty()) {
            world.after(SECOND, new Liveness(world, api, network, machines, invariants)::watch);
        }
        world.runUntil(trouble, invariants::check);
        calm();
        world.runUntil(trouble + QUIET, invariants::check);
        long holders = machines.stream().filter(Machine::answers).count();
        if (holders == 0) {
            invariants.violate("no node holds " + QUIET / SECOND + " s after the last fault");
        }
        return invariants.violations();
    }

    private void befall(boolean begins) {
        List<SimNode> all = nodes().toList();
        Beginnings beginnings = new Beginnings(world, all, all.getFirst());
        if (begins) {
            beginnings.ofCluster();
        }
        beginnings.strikeUntil(trouble);
    }

    private void scatter(Runnable fault) {
        double pace = world.random.nextDouble();
        for (long at = SECOND; at < trouble; at += world.between(200 * MILLI, (long) ((1 + 9 * pace) * trouble / 60))) {
            world.after(at, fault);
        }
    }

    /** The Lease as a vipkeeper leaves it, so that there is no waiting for who may have held before. */
    private static LeaseRecord released() {
        Map<String, String> marks = Map.of("vipkeeper.io/written-for", "/0", ElectorId.RENEWED, "r");
        return new LeaseRecord("", "", 1, 0, "r", "r", marks);
    }

    private void calm() {
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

    private void anyFault() {
        switch (world.random.nextInt(12)) {
            case 0 -> delete();
            case 1 -> api.stored().ifPresent(this::vandalize);
            default -> gentleFault();
        }
    }

    private void gentleFault() {
        Machine machine = world.chance(0.6) ? answering() : any();
        long time = world.between(10 * MILLI, world.chance(0.3) ? 15 * SECOND : 4 * SECOND);
        switch (world.random.nextInt(grants.isPresent() ? 12 : 8)) {
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
            case 8 -> new Conspiracy(world, api, network, machines).isolate(machine, time);
            case 9 -> cutSomeLink(time);
            case 10 -> {
                network.trouble = world.random.nextDouble();
                world.after(time, () -> network.trouble = 0);
            }
            default -> sickenApi(machine, time);
        }
    }

    private void cutSomeLink(long time) {
        Machine from = any();
        Machine to = any();
        if (world.chance(0.5)) {
            cut(from, to, time);
        } else {
            network.slow(from.name(), to.name(), world.between(50 * MILLI, 500 * MILLI));
            world.after(time, () -> network.slow(from.name(), to.name(), 0));
        }
    }

    private void cut(Machine from, Machine to, long time) {
        network.cut(from.name(), to.name(), true);
        world.after(time, () -> network.cut(from.name(), to.name(), false));
    }

    private void sickenApi(Machine machine, long time) {
        if (machine instanceof SimNode node) {
            node.apiReady(false);
            world.after(time, () -> node.apiReady(true));
        }
    }

    private void troubleApi(long time) {
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
        if (world.now() - deletedAt > 2 * TIMING.leaseDuration().toNanos()) {
            deletedAt = world.now();
            api.delete();
        }
    }

    /** Somebody edits the Lease by hand. */
    private void vandalize(LeaseRecord record) {
        String holder =
                switch (world.random.nextInt(3)) {
                    case 0 -> "";
                    case 1 -> "nobody-we-know";
                    default -> any().name();
                };
        int duration = world.chance(0.3) ? -5 : record.leaseDurationSeconds();
        Map<String, String> marks = world.chance(0.2) ? Map.of() : record.annotations();
        api.store(new LeaseRecord(
                "", holder, duration, record.leaseTransitions(), record.acquireTime(), record.renewTime(), marks));
    }

    private Machine any() {
        return machines.get(world.random.nextInt(machines.size()));
    }

    private Machine answering() {
        return machines.stream().filter(Machine::answers).findFirst().orElseGet(this::any);
    }

    private static VirtualIp vip() {
        try {
            return VirtualIp.host(InetAddress.getByName("192.0.2.10"));
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
