package io.vipkeeper.sim;

import java.util.ArrayDeque;
import java.util.Deque;

import io.vipkeeper.grant.GrantStep;
import io.vipkeeper.keeper.Keeper;
import io.vipkeeper.keeper.KeeperAction;
import io.vipkeeper.keeper.KeeperEvent;
import io.vipkeeper.keeper.KeeperSettings;
import io.vipkeeper.keeper.KeeperState;
import io.vipkeeper.keeper.KeeperStep;
import io.vipkeeper.lease.LeaseAction;
import io.vipkeeper.lease.LeaseEvent;
import io.vipkeeper.pipeline.AddressEffects;
import io.vipkeeper.vip.Announcer;
import io.vipkeeper.vip.BindOutcome;
import io.vipkeeper.vip.VipAction;
import io.vipkeeper.vip.VipEvent;
import io.vipkeeper.vip.VirtualIp;

import static io.vipkeeper.sim.World.MILLI;

/** One life of the production core on a machine, and the production effects on its simulated kernel. */
final class SimProcess implements Announcer {
    private final SimNode node;
    private final Cluster cluster;
    private final World world;
    private final SimClock clock;
    private final Keeper keeper;
    private final Deque<KeeperEvent> inbox = new ArrayDeque<>();
    private KeeperState state;
    private long steps;
    private int idleSteps;
    private boolean pumping;
    private boolean binding;
    private boolean ended;

    SimProcess(SimNode node, Cluster cluster, KeeperSettings settings) {
        this.node = node;
        this.cluster = cluster;
        world = cluster.world();
        clock = node.clock();
        keeper = new Keeper(settings);
        state = keeper.initial(clock.now());
    }

    KeeperState state() {
        return state;
    }

    boolean alive() {
        return !ended;
    }

    void end() {
        node.probe().end();
        node.kernel().abandonCalls();
        ended = true;
    }

    void tell(KeeperEvent event) {
        if (!ended) {
            inbox.add(event);
            pump();
        }
    }

    /** Events are taken one after another, when the process is awake. */
    private void pump() {
        if (pumping || ended) {
            return;
        }
        pumping = true;
        world.after(node.pausedFor() + world.between(0, MILLI / 20), () -> {
            if (ended) {
                return;
            }
            pumping = false;
            if (node.pausedFor() > 0) {
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
        cluster.invariants().stepped(node, step);
        idleSteps = step.actions().isEmpty() && step.wakeAtNanos() - now <= 0 ? idleSteps + 1 : 0;
        cluster.invariants().idled(node, idleSteps);
        for (KeeperAction action : step.actions()) {
            perform(action);
            if (ended) {
                return;
            }
        }
        long mine = ++steps;
        long pause = clock.toTrue(Math.max(step.wakeAtNanos() - now, MILLI / 10));
        world.wake(pause, node.name(), () -> mine == steps && !ended, () -> {
            if (mine == steps) {
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
        cluster.invariants().saying(node, send.message().content());
        cluster.network().send(node.name(), send.node(), send.message());
    }

    private void onLease(LeaseAction action) {
        if (action instanceof LeaseAction.Replace replace) {
            cluster.invariants().writing(node, replace.draft());
        }
        node.client()
                .send(
                        action,
                        this::alive,
                        answer -> tell(new KeeperEvent.FromLease(new LeaseEvent.Answered(action.request(), answer))));
    }

    private void onVip(VipAction action) {
        SimKernel kernel = node.kernel();
        kernel.beginCalls();
        binding = action instanceof VipAction.Bind;
        VipEvent ended =
                new AddressEffects(kernel, kernel.fence(), this, () -> clock.now() + kernelDelay()).perform(action);
        long delay = kernel.delay();
        node.heldUp(delay);
        world.after(
                delay + world.between(0, world.sharp ? MILLI / 20 : MILLI), () -> tell(new KeeperEvent.FromVip(ended)));
    }

    private long kernelDelay() {
        return node.looksAgain ? (long) (node.kernel().delay() * clock.rate()) : 0;
    }

    @Override
    public BindOutcome announce(VirtualIp vip) {
        if (binding) {
            node.kernel().afterCalls(this::frame);
            return new BindOutcome.Done();
        }
        return frame();
    }

    private BindOutcome frame() {
        if (!node.kernel().passes()) {
            return new BindOutcome.Refused("the fence");
        }
        cluster.invariants().announced(node);
        cluster.wire().announce(node);
        return new BindOutcome.Done();
    }

    @Override
    public BindOutcome probe(VirtualIp vip, boolean wants) {
        cluster.wire().probe(node, wants);
        return new BindOutcome.Done();
    }
}
