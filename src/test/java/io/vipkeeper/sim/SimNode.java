package io.vipkeeper.sim;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Supplier;

import io.vipkeeper.grant.GrantEvent;
import io.vipkeeper.grant.GrantStep;
import io.vipkeeper.keeper.Keeper;
import io.vipkeeper.keeper.KeeperAction;
import io.vipkeeper.keeper.KeeperEvent;
import io.vipkeeper.keeper.KeeperSettings;
import io.vipkeeper.keeper.KeeperState;
import io.vipkeeper.keeper.KeeperStep;
import io.vipkeeper.lease.ApiFailure;
import io.vipkeeper.lease.LeaseAction;
import io.vipkeeper.lease.LeaseAnswer;
import io.vipkeeper.lease.LeaseDraft;
import io.vipkeeper.lease.LeaseEvent;
import io.vipkeeper.lease.LeaseRecord;
import io.vipkeeper.pipeline.AddressEffects;
import io.vipkeeper.vip.Announcer;
import io.vipkeeper.vip.BindOutcome;
import io.vipkeeper.vip.VipAction;
import io.vipkeeper.vip.VipEvent;
import io.vipkeeper.vip.VirtualIp;

import static io.vipkeeper.sim.World.MILLI;

/** A machine that runs the production core, and the production effects on a simulated kernel. */
final class SimNode implements Machine, Announcer {
    private final World world;
    private final SimApi api;
    private final SimNetwork network;
    private final SimWire wire;
    private final String name;
    private final SimClock clock;
    private final SimKernel kernel;
    private final BiFunction<SimClock, String, KeeperSettings> settings;
    private final Invariants invariants;
    private final SimRegistry registry;
    private final int weight;
    private final SimProbe probe;
    private final Deque<KeeperEvent> inbox = new ArrayDeque<>();
    private Keeper keeper;
    private KeeperState state;
    private long life;
    private long processes;
    private long busyUntil;
    private long troubledAt;
    boolean looksAgain = true;
    private long startedAt = -1;
    private int idleSteps;
    private boolean alive;
    private boolean cut;
    private boolean deaf;
    private boolean refused;
    private boolean pumping;

    /** @param settings makes a new process's settings from the machine's clock and a fresh process token */
    SimNode(
            World world,
            SimApi api,
            SimNetwork network,
            SimWire wire,
            String name,
            Invariants invariants,
            SimRegistry registry,
            boolean fenced,
            BiFunction<SimClock, String, KeeperSettings> settings) {
        this.world = world;
        this.api = api;
        this.network = network;
        this.wire = wire;
        this.name = name;
        this.invariants = invariants;
        this.registry = registry;
        weight = world.chance(0.3) ? world.random.nextInt(3) : 0;
        registry.add(this);
        this.settings = settings;
        clock = SimClock.random(world);
        probe = new SimProbe(world, clock, this);
        kernel = new SimKernel(world, clock, fenced);
        kernel.onExpiry(() -> tell(new KeeperEvent.FromVip(new VipEvent.AddressLost(Scenario.VIP))));
        api.watch(this::watched);
        network.join(name, (from, message) -> tell(new KeeperEvent.FromPeers(new GrantEvent.Received(from, message))));
    }

    @Override
    public void start() {
        if (alive) {
            return;
        }
        alive = true;
        life++;
        busyUntil = world.now();
        inbox.clear();
        keeper = new Keeper(settings.apply(clock, name + "#" + processes++));
        state = keeper.initial(clock.now());
        startedAt = world.now();
        registry.begun();
        probe.begin();
        tell(new KeeperEvent.IdentityLocked(true));
        tell(new KeeperEvent.FromVip(new VipEvent.LinkChanged(true)));
        if (kernel.present()) {
            tell(new KeeperEvent.FromVip(new VipEvent.AddressFound(Scenario.VIP, true, false)));
        }
    }

    void tell(KeeperEvent event) {
        if (alive) {
            inbox.add(event);
            pump();
        }
    }

    /** Events are taken one after another, when the process is awake. */
    private void pump() {
        if (pumping || !alive) {
            return;
        }
        pumping = true;
        long mine = life;
        world.after(Math.max(busyUntil - world.now(), 0) + world.between(0, MILLI / 20), () -> {
            if (mine != life) {
                return;
            }
            pumping = false;
            if (busyUntil > world.now()) {
                pump();
                return;
            }
            take(inbox.isEmpty() ? new KeeperEvent.Tick() : inbox.poll());
            if (!inbox.isEmpty()) {
                pump();
            }
        });
    }

    private void take(KeeperEvent event) {
        long now = clock.now();
        KeeperStep step = keeper.step(state, event, now);
        state = step.state();
        invariants.stepped(this, step);
        idleSteps = step.actions().isEmpty() && step.wakeAtNanos() - now <= 0 ? idleSteps + 1 : 0;
        invariants.idled(this, idleSteps);
        for (KeeperAction action : step.actions()) {
            perform(action);
            if (!alive) {
                return;
            }
        }
        long mine = life;
        world.after(clock.toTrue(Math.max(step.wakeAtNanos() - now, MILLI / 10)), () -> {
            if (mine == life && inbox.isEmpty()) {
                pump();
            }
        });
    }

    private void perform(KeeperAction action) {
        switch (action) {
            case KeeperAction.OnVip(VipAction vip) -> onVip(vip);
            case KeeperAction.OnLease(LeaseAction lease) -> onLease(lease);
            case KeeperAction.OnPeer(GrantStep.Send send) -> say(send);
            case KeeperAction.Finished() -> end();
        }
    }

    private void say(GrantStep.Send send) {
        invariants.saying(this, send.message().content());
        network.send(name, send.node(), send.message());
    }

    private void onVip(VipAction action) {
        kernel.beginCalls();
        VipEvent ended =
                new AddressEffects(kernel, kernel.fence(), this, () -> clock.now() + kernelDelay()).perform(action);
        long delay = kernel.delay();
        busyUntil = Math.max(busyUntil, world.now() + delay);
        troubledAt = delay > 0 ? world.now() + delay : troubledAt;
        long mine = life;
        world.after(delay + world.between(0, world.sharp ? MILLI / 20 : MILLI), () -> {
            if (mine == life) {
                tell(new KeeperEvent.FromVip(ended));
            }
        });
    }

    private long kernelDelay() {
        return looksAgain ? (long) (kernel.delay() * clock.rate()) : 0;
    }

    @Override
    public BindOutcome announce(VirtualIp vip) {
        if (!kernel.passes()) {
            return new BindOutcome.Refused("the fence");
        }
        invariants.announced(this);
        wire.announce(this);
        return new BindOutcome.Done();
    }

    @Override
    public BindOutcome probe(VirtualIp vip, boolean wants) {
        wire.probe(this, wants);
        return new BindOutcome.Done();
    }

    /** A frame of another machine that answers for the address, or wants it. */
    void hear(boolean answers, String from) {
        tell(new KeeperEvent.FromVip(
                answers ? new VipEvent.ClaimSeen(Scenario.VIP, from) : new VipEvent.Wanted(Scenario.VIP, from)));
    }

    private void onLease(LeaseAction action) {
        Supplier<LeaseAnswer> applied =
                switch (action) {
                    case LeaseAction.Read read -> api::read;
                    case LeaseAction.Create(long request, LeaseDraft draft) -> () -> api.create(draft, clock.wall());
                    case LeaseAction.Replace(long request, LeaseRecord base, LeaseDraft draft) -> {
                        invariants.writing(this, draft);
                        yield () -> api.replace(base, draft, clock.wall());
                    }
                };
        long mine = life;
        long request = action.request();
        if (refused) {
            LeaseAnswer forbidden = new LeaseAnswer.Failed(ApiFailure.FORBIDDEN, "simulated");
            world.after(world.between(MILLI, 8 * MILLI), () -> {
                if (!cut && !api.down) {
                    answered(mine, request, forbidden);
                }
            });
            world.after(
                    clock.toTrue(1_100 * MILLI),
                    () -> answered(mine, request, new LeaseAnswer.Failed(ApiFailure.TIMEOUT, "simulated")));
            return;
        }
        AtomicBoolean inTime = new AtomicBoolean();
        api.request(() -> cut, applied, answer -> {
            inTime.set(true);
            answered(mine, request, answer);
        });
        LeaseAnswer timeout = new LeaseAnswer.Failed(ApiFailure.TIMEOUT, "simulated");
        // The client's own time-out; an answer that comes later is delivered all the same, as after a pause.
        world.after(clock.toTrue(1_100 * MILLI), () -> {
            if (!inTime.get()) {
                answered(mine, request, timeout);
            }
        });
    }

    private void answered(long mine, long request, LeaseAnswer answer) {
        if (mine == life) {
            tell(new KeeperEvent.FromLease(new LeaseEvent.Answered(request, answer)));
        }
    }

    private void watched(Optional<LeaseRecord> record) {
        if (!alive || cut || deaf || refused || api.down) {
            return;
        }
        long mine = life;
        LeaseEvent event = record.<LeaseEvent>map(LeaseEvent.Seen::new).orElse(new LeaseEvent.Gone());
        world.after(world.sharp ? MILLI / 10 : world.between(MILLI, 20 * MILLI), () -> {
            if (mine == life) {
                tell(new KeeperEvent.FromLease(event));
            }
        });
    }

    private void end() {
        probe.end();
        kernel.abandonCalls();
        alive = false;
        life++;
        pumping = false;
    }

    @Override
    public void crash() {
        end();
    }

    @Override
    public void powerOff() {
        end();
        kernel.powerOff();
    }

    @Override
    public void pause(long nanos) {
        troubledAt = world.now() + nanos;
        busyUntil = Math.max(busyUntil, world.now() + nanos);
    }

    @Override
    public void stop() {
        if (alive) {
            tell(new KeeperEvent.Stop());
        }
    }

    @Override
    public void cutFromApi(boolean now) {
        cut = now;
        troubledAt = world.now();
        registry.begun();
    }

    /** Its API server answers 403 to everything. */
    void refuse(boolean now) {
        refused = now;
        troubledAt = world.now();
    }

    @Override
    public void deafenWatch(boolean now) {
        deaf = now;
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

    boolean reachesApi() {
        return !cut;
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
                && !cut
                && !deaf
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
        return alive && !state.lease().stopping() && busyUntil <= world.now();
    }

    long pausedFor() {
        return Math.max(0, busyUntil - world.now());
    }

    long sinceAwake() {
        return world.now() - busyUntil;
    }

    KeeperState state() {
        return state;
    }

    SimClock clock() {
        return clock;
    }
}
