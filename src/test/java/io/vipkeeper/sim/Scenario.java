package io.vipkeeper.sim;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

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
    private final Cluster cluster;
    private final BiFunction<SimClock, Timing, Rules> rules;
    private final Optional<Function<SimClock, GrantRules>> grants;
    private final Set<String> flagged = new HashSet<>();
    private Function<Boolean, BootstrapRules> bootstrap = Scenario::withoutQuestions;
    private boolean frost;
    private long trouble;

    /** @param rules the production's, or a mutant's; made for a machine's clock */
    Scenario(long seed, int nodes, BiFunction<SimClock, Timing, Rules> rules) {
        this(new World(seed), nodes, rules);
    }

    Scenario(World world, int nodes, BiFunction<SimClock, Timing, Rules> rules) {
        this(world, nodes, rules, Optional.empty());
    }

    /** With the fast path. */
    static Scenario fast(long seed, int nodes, Function<SimClock, GrantRules> grants) {
        return fast(new World(seed), nodes, grants);
    }

    static Scenario fast(World world, int nodes, Function<SimClock, GrantRules> grants) {
        return new Scenario(world, nodes, (clock, timing) -> new Rules(timing), Optional.of(grants));
    }

    Scenario(
            World world,
            int nodes,
            BiFunction<SimClock, Timing, Rules> rules,
            Optional<Function<SimClock, GrantRules>> grants) {
        this.rules = rules;
        this.grants = grants;
        trouble = (grants.isPresent() ? 20 : 60) * SECOND;
        this.world = world;
        cluster = Cluster.in(world);
        for (int n = 1; n <= nodes; n++) {
            String name = "node-" + n;
            cluster.add(node(name, (clock, process) -> settings(clock, name, name, process)));
        }
    }

    private SimNode node(String name, BiFunction<SimClock, String, KeeperSettings> settings) {
        return new SimNode(cluster, name, grants.isPresent(), settings);
    }

    /** Kernels whose fence passes the address until it is told otherwise. */
    Scenario withFenceWithoutTimeout() {
        cluster.nodes().forEach(node -> node.kernel().fenceExpires = false);
        return this;
    }

    /** Processes that do not notice how long a call to the kernel was held up. */
    Scenario withoutSecondLook() {
        cluster.nodes().forEach(node -> node.looksAgain = false);
        return this;
    }

    /** One more machine that begins when all others have just lost their API servers. */
    Scenario withLatecomer() {
        List<Machine> first = List.copyOf(cluster.machines());
        SimNode late = node("node-9", (clock, process) -> settings(clock, "node-9", "node-9", process));
        cluster.join(late);
        long at = world.between(6 * SECOND, trouble);
        world.after(at, () -> {
            cluster.machines().add(late);
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
        cluster.nodes().map(SimNode::name).filter(name -> world.chance(0.3)).forEach(flagged::add);
        flagged.add("node-1");
        return this;
    }

    /** One more machine that was given the first one's name by mistake. */
    Scenario withTwin() {
        cluster.add(node("twin", (clock, process) -> settings(clock, "node-1", "another machine", process)));
        return this;
    }

    /** One more machine that runs an elector as client-go has it. */
    Scenario withForeignElector(int number) {
        String name = ClientGoNode.KIND + number;
        cluster.add(new ClientGoNode(world, cluster.api(), name));
        // A Node is known before a pod on it can run.
        cluster.registry().discover(name);
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
        cluster.machines().forEach(machine -> world.after(world.between(0, 2 * SECOND), machine::start));
        boolean begins = !flagged.isEmpty() && world.chance(0.5);
        if (grants.isPresent() && world.chance(0.8) && !begins) {
            cluster.api().store(released());
        }
        arrangeFaults(begins);
        Invariants invariants = cluster.invariants();
        world.runUntil(trouble, invariants::check);
        cluster.calm();
        world.runUntil(trouble + QUIET, invariants::check);
        if (cluster.machines().stream().noneMatch(Machine::answers)) {
            invariants.violate("no node holds " + QUIET / SECOND + " s after the last fault");
        }
        return invariants.violations();
    }

    /** Everybody begins at once, and nothing is arranged to befall them. */
    Cluster begin() {
        cluster.api().store(released());
        cluster.machines().forEach(Machine::start);
        return cluster;
    }

    private void arrangeFaults(boolean begins) {
        boolean mixed = cluster.machines().stream().anyMatch(machine -> !machine.keeper());
        Faults faults = new Faults(cluster, grants.isPresent());
        if (frost) {
            new Frost(cluster).until(trouble - 15 * SECOND);
        } else if (!flagged.isEmpty()) {
            befall(begins);
            faults.scatterUntil(trouble, true);
        } else if (grants.isPresent() && world.chance(0.5)) {
            new Conspiracy(cluster).until(trouble);
        } else {
            faults.scatterUntil(trouble, mixed);
        }
        if (grants.isPresent() && !mixed && flagged.isEmpty()) {
            world.after(SECOND, new Liveness(cluster)::watch);
        }
    }

    private void befall(boolean begins) {
        List<SimNode> all = cluster.nodes().toList();
        Beginnings beginnings = new Beginnings(world, all, all.getFirst());
        if (begins) {
            beginnings.ofCluster();
        }
        beginnings.strikeUntil(trouble);
    }

    /** The Lease as a vipkeeper leaves it, so that there is no waiting for who may have held before. */
    private static LeaseRecord released() {
        Map<String, String> marks = Map.of("vipkeeper.io/written-for", "/0", ElectorId.RENEWED, "r");
        return new LeaseRecord("", "", 1, 0, "r", "r", marks);
    }

    private static VirtualIp vip() {
        try {
            return VirtualIp.host(InetAddress.getByName("192.0.2.10"));
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
