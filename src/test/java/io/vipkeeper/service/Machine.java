package io.vipkeeper.service;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.vipkeeper.lease.ApiFailure;
import io.vipkeeper.lease.ElectorId;
import io.vipkeeper.lease.LeaseAnswer;
import io.vipkeeper.lease.LeaseEvent;
import io.vipkeeper.lease.LeaseRecord;
import io.vipkeeper.service.plan.LeaseRef;
import io.vipkeeper.service.plan.Plan;
import io.vipkeeper.service.plan.Planner;
import io.vipkeeper.service.plan.ServiceRules;
import io.vipkeeper.service.plan.Wanted;
import io.vipkeeper.vip.BindOutcome;
import io.vipkeeper.vip.VipAction;
import io.vipkeeper.vip.VipEvent;
import io.vipkeeper.vip.VirtualIp;

/** One node of a {@link World}: a process that may die, and a kernel that lives on. */
final class Machine {
    final String name;

    /** The addresses that are on, and when the kernel ends them. */
    final Map<VirtualIp, Long> kernel = new HashMap<>();

    private final World world;
    private final Laws laws;
    private Planner planner;
    private Optional<ServiceKeeper> process = Optional.empty();
    private int life;
    private long wakeAt;
    private boolean cutOff;
    private boolean slow;
    private boolean hung;
    private boolean missed;
    private long lastShown;
    private long pausedUntil;
    boolean finished;
    int steps;

    Machine(World world, String name, Laws laws) {
        this.world = world;
        this.name = name;
        this.laws = laws;
    }

    void start() {
        life++;
        process = Optional.of(keeper(name));
        finished = false;
        missed = false;
        lastShown = world.now;
        tell(new ServiceEvent.IdentityLocked(true));
        tell(new ServiceEvent.FromVip(new VipEvent.LinkChanged(true)));
        tell(new ServiceEvent.NodeAddresses(Map.of()));
        look();
        prove();
    }

    /** A core of its own for a node of that name. */
    ServiceKeeper keeper(String node) {
        ElectorId elector = new ElectorId(node, "machine-" + node, node + "/" + life);
        ServiceSettings settings = new ServiceSettings(elector, World.TIMING, Duration.ofSeconds(3), true, Set.of());
        ServiceRules rules = new ServiceRules(
                world.sharing,
                new ServiceRules.Classes(false, "kube-vip.io/kube-vip-class", true),
                Optional.empty(),
                "eth0");
        planner = new Planner(rules, Wanted::literal);
        return new ServiceKeeper(settings, planner, laws);
    }

    /** What this node would plan if it saw everything. */
    Plan plan() {
        return planner.plan(world.snapshot(), Map.of(), Set.of());
    }

    void crash() {
        life++;
        process = Optional.empty();
    }

    boolean isAlive() {
        return process.isPresent();
    }

    void stop() {
        tell(new ServiceEvent.Stop());
    }

    void link(boolean usable) {
        tell(new ServiceEvent.FromVip(new VipEvent.LinkChanged(usable)));
    }

    /** Requests hang and watches are silent. */
    void cutOff(boolean now) {
        cutOff = now;
        resume();
    }

    /** The watch of Services is seconds behind, and so are its proofs. */
    void slow(boolean now) {
        slow = now;
    }

    /** The watch of Services shows nothing, while the Leases are watched and renewed. */
    void hang(boolean now) {
        hung = now;
        resume();
    }

    private void resume() {
        if (!isBlind()) {
            look();
        }
    }

    /** The process does nothing for a while; the kernel goes on, and so does what was sent already. */
    void pause(long nanos) {
        pausedUntil = world.now + nanos;
    }

    private boolean isBlind() {
        return cutOff || hung || world.outage;
    }

    int leasesHeld() {
        return process.map(ServiceKeeper::leasesHeld).orElse(0);
    }

    /** The watch shows the world as it is now, some time later, in order, or shows nothing and has to be begun anew. */
    void look() {
        if (isBlind()) {
            missed = true;
            return;
        }
        boolean gap = missed;
        missed = false;
        var seen = new ServiceEvent.Seen(world.snapshot(), world.now, gap);
        lastShown = Math.max(lastShown, world.now + (slow ? world.between(1_000, 3_000) : world.between(1, 40)));
        later(lastShown - world.now, () -> {
            missed |= isBlind();
            tell(isBlind() ? new ServiceEvent.Tick() : seen);
        });
    }

    /** A watch that ends as asked, seconds after it began, has shown everything that was there when it began. */
    private void prove() {
        long began = world.now;
        later(3 * World.SECOND, () -> {
            if (!isBlind() && !missed && lastShown - world.now <= 0) {
                tell(new ServiceEvent.Fresh(began));
            }
            prove();
        });
    }

    void told(LeaseRef lease, LeaseRecord record) {
        later(world.between(1, 30), () -> {
            if (!cutOff && !world.outage) {
                tell(new ServiceEvent.FromLease(lease, new LeaseEvent.Seen(record)));
            }
        });
    }

    private void later(long delay, Runnable task) {
        int mine = life;
        world.at(delay, () -> {
            if (mine == life) {
                awake(task);
            }
        });
    }

    private void awake(Runnable task) {
        if (pausedUntil - world.now > 0) {
            later(pausedUntil - world.now, task);
        } else {
            task.run();
        }
    }

    void tell(ServiceEvent event) {
        if (process.isEmpty()) {
            return;
        }
        steps++;
        ServiceStep step = process.get().step(event, world.now);
        step.actions().forEach(this::perform);
        long due = Math.max(step.wakeAtNanos(), world.now + World.MILLI);
        wakeAt = due;
        later(due - world.now, () -> {
            if (wakeAt == due) {
                tell(new ServiceEvent.Tick());
            }
        });
    }

    private void perform(ServiceAction action) {
        switch (action) {
            case ServiceAction.OnLease onLease -> ask(onLease);
            case ServiceAction.OnVip(String nic, VipAction vip) ->
                later(kernelDelay(), () -> tell(new ServiceEvent.FromVip(onKernel(vip))));
            case ServiceAction.SetStatus(StatusDraft draft) ->
                later(world.between(1, 20), () -> {
                    StatusAnswer answer = cutOff || world.outage ? StatusAnswer.FAILED : world.write(draft);
                    later(world.between(1, 20), () -> tell(new ServiceEvent.Written(draft.service(), answer)));
                });
            case ServiceAction.Tell(var notice) -> world.notices.add(notice);
            case ServiceAction.Finished() -> finished = true;
        }
    }

    private long kernelDelay() {
        return world.random.nextInt(10) == 0 ? world.between(1, 200) : world.between(0, 2);
    }

    /** What a dead process has sent arrives all the same. */
    private void ask(ServiceAction.OnLease asked) {
        int mine = life;
        world.at(world.between(1, 20), () -> {
            boolean lost = cutOff || world.outage || world.random.nextInt(50) == 0;
            LeaseAnswer answer = lost
                    ? new LeaseAnswer.Failed(ApiFailure.TIMEOUT, "no answer")
                    : world.ask(asked.lease(), asked.action());
            world.at(world.between(1, 20), () -> {
                if (mine == life) {
                    var answered = new LeaseEvent.Answered(asked.action().request(), answer);
                    awake(() -> tell(new ServiceEvent.FromLease(asked.lease(), answered)));
                }
            });
        });
    }

    private VipEvent onKernel(VipAction action) {
        BindOutcome done = new BindOutcome.Done();
        return switch (action) {
            case VipAction.Bind bind -> new VipEvent.Bound(bind.vip(), bound(bind), false);
            case VipAction.Unbind(VirtualIp vip) -> {
                kernel.remove(vip);
                yield new VipEvent.Unbound(vip, done);
            }
            case VipAction.Announce(VirtualIp vip, long ends) -> new VipEvent.Announced(vip, done);
            case VipAction.Admit(VirtualIp vip, long ends) -> new VipEvent.Admitted(vip, done, false);
            case VipAction.Probe(VirtualIp vip, boolean wants) -> new VipEvent.Probed(vip, done);
        };
    }

    private BindOutcome bound(VipAction.Bind bind) {
        long seconds = (bind.kernelEndsNanos() - world.now) / World.SECOND;
        if (world.now - bind.rightEndsNanos() >= 0 || seconds < 1) {
            return new BindOutcome.Refused("too late");
        }
        // Linux may be a second late.
        kernel.put(bind.vip(), world.now + seconds * World.SECOND + world.between(0, 1050));
        world.check(bind.vip());
        return new BindOutcome.Done();
    }
}
