package io.vipkeeper.sim;

import java.util.function.BiFunction;

import io.vipkeeper.grant.GrantEvent;
import io.vipkeeper.keeper.KeeperEvent;
import io.vipkeeper.keeper.KeeperSettings;
import io.vipkeeper.keeper.KeeperState;
import io.vipkeeper.vip.VipEvent;

/** A machine that runs the production core, one process after another. */
final class SimNode implements Machine {
    private final World world;
    private final SimRegistry registry;
    private final Cluster cluster;
    private final String name;
    private final BiFunction<SimClock, String, KeeperSettings> settings;
    private final int weight;
    private final SimClock clock;
    private final SimKernel kernel;
    private final SimProbe probe;
    private final SimClient client;
    private SimProcess process;
    private long processes;
    private long busyUntil;
    private long troubledAt;
    private long startedAt = -1;
    boolean looksAgain = true;

    /** @param settings makes a new process's settings from the machine's clock and a fresh process token */
    SimNode(Cluster cluster, String name, boolean fenced, BiFunction<SimClock, String, KeeperSettings> settings) {
        this.cluster = cluster;
        this.name = name;
        this.settings = settings;
        world = cluster.world();
        registry = cluster.registry();
        weight = world.chance(0.3) ? world.random.nextInt(3) : 0;
        registry.add(this);
        clock = SimClock.random(world);
        probe = new SimProbe(world, clock, this);
        kernel = new SimKernel(world, clock, fenced);
        kernel.onExpiry(() -> tell(new KeeperEvent.FromVip(new VipEvent.AddressLost(Scenario.VIP))));
        client = new SimClient(cluster, name, clock);
        cluster.api().watch(record -> {
            if (alive()) {
                SimProcess mine = process;
                client.watched(record, mine::alive, seen -> mine.tell(new KeeperEvent.FromLease(seen)));
            }
        });
        cluster.network()
                .join(
                        name,
                        this::alive,
                        (from, message) -> tell(new KeeperEvent.FromPeers(new GrantEvent.Received(from, message))));
    }

    private boolean alive() {
        return process != null && process.alive();
    }

    @Override
    public void start() {
        if (alive()) {
            return;
        }
        busyUntil = world.now();
        process = new SimProcess(this, cluster, settings.apply(clock, name + "#" + processes++));
        startedAt = world.now();
        registry.begun();
        probe.begin();
        tell(new KeeperEvent.IdentityLocked(true));
        tell(new KeeperEvent.FromVip(new VipEvent.LinkChanged(true)));
        if (kernel.present()) {
            tell(new KeeperEvent.FromVip(new VipEvent.AddressFound(Scenario.VIP, true, false)));
        }
    }

    /** Tells the process that runs now, if one does. */
    void tell(KeeperEvent event) {
        if (alive()) {
            process.tell(event);
        }
    }

    /** A frame of another machine that answers for the address, or wants it. */
    void hear(boolean answers, String from) {
        tell(new KeeperEvent.FromVip(
                answers ? new VipEvent.ClaimSeen(Scenario.VIP, from) : new VipEvent.Wanted(Scenario.VIP, from)));
    }

    /** A call to the kernel took so long, and the process with it. */
    void heldUp(long nanos) {
        busyUntil = Math.max(busyUntil, world.now() + nanos);
        troubledAt = nanos > 0 ? world.now() + nanos : troubledAt;
    }

    @Override
    public void crash() {
        if (process != null) {
            process.end();
        }
    }

    @Override
    public void powerOff() {
        crash();
        kernel.powerOff();
    }

    @Override
    public void pause(long nanos) {
        troubledAt = world.now() + nanos;
        busyUntil = Math.max(busyUntil, world.now() + nanos);
    }

    @Override
    public void stop() {
        tell(new KeeperEvent.Stop());
    }

    @Override
    public void cutFromApi(boolean now) {
        client.cut = now;
        troubledAt = world.now();
        registry.begun();
    }

    /** Its API server answers 403 to everything. */
    void refuse(boolean now) {
        client.refused = now;
        troubledAt = world.now();
    }

    @Override
    public void deafenWatch(boolean now) {
        client.deaf = now;
        troubledAt = world.now();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean answers() {
        return kernel.present() && kernel.passes();
    }

    /** The token of the process that runs now, or ran last. */
    String process() {
        return name + "#" + (processes - 1);
    }

    SimKernel kernel() {
        return kernel;
    }

    SimClient client() {
        return client;
    }

    boolean reachesApi() {
        return !client.cut;
    }

    boolean hasBegun() {
        return startedAt >= 0;
    }

    int weight() {
        return weight;
    }

    /** Whether it has been well for so long that it knows the Lease and may promise. */
    boolean isSettled() {
        return well()
                && !client.cut
                && !client.deaf
                && world.now() - startedAt > 4 * World.SECOND
                && world.now() - troubledAt > 2 * World.SECOND;
    }

    /** Whether its API server answers its probes; the others' requests are another matter. */
    void apiReady(boolean ready) {
        troubledAt = world.now();
        probe.become(ready ? SimProbe.Server.SERVES : SimProbe.Server.HANGS);
    }

    SimProbe probe() {
        return probe;
    }

    @Override
    public boolean keeper() {
        return true;
    }

    @Override
    public boolean well() {
        return alive() && !state().lease().stopping() && busyUntil <= world.now();
    }

    long pausedFor() {
        return Math.max(0, busyUntil - world.now());
    }

    long sinceAwake() {
        return world.now() - busyUntil;
    }

    /** Of the process that runs now, or ran last; null before the first one. */
    KeeperState state() {
        return process == null ? null : process.state();
    }

    SimClock clock() {
        return clock;
    }
}
