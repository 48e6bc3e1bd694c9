package io.vipkeeper.keeper;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import io.vipkeeper.lease.Election;
import io.vipkeeper.lease.LeaseAnswer;
import io.vipkeeper.lease.LeaseDecision;
import io.vipkeeper.lease.LeaseEvent;
import io.vipkeeper.lease.LeaseRole;
import io.vipkeeper.lease.LeaseState;
import io.vipkeeper.lease.LeaseStep;
import io.vipkeeper.lease.LossReason;
import io.vipkeeper.lease.NoElection;
import io.vipkeeper.vip.AnnouncementSchedule;
import io.vipkeeper.vip.Stance;
import io.vipkeeper.vip.VipDecision;
import io.vipkeeper.vip.VipEvent;
import io.vipkeeper.vip.VipState;
import io.vipkeeper.vip.VipStep;
import io.vipkeeper.vip.VirtualIp;

/**
 * The composed core: facts go in, the election decides, the address follows. A pure function of its arguments; {@code
 * now} is nanoseconds of one monotonic clock. What production runs is what the simulation runs.
 */
public final class Keeper {
    private final KeeperSettings settings;
    private final Election election;
    private final VipDecision vips;
    private final Fitness fitness;
    private final Stances stances;
    private final Narrator narrator;

    public Keeper(KeeperSettings settings) {
        this.settings = settings;
        election = settings.election()
                ? new LeaseDecision(settings.elector(), settings.rules())
                : new NoElection(settings.rules());
        vips = new VipDecision(new AnnouncementSchedule(settings.arpRate()), settings.preserve());
        fitness = new Fitness(settings);
        stances = new Stances(settings.elector());
        narrator = new Narrator(settings.elector());
    }

    /** A process that has just begun. */
    public KeeperState initial(long nowNanos) {
        return new KeeperState(
                LeaseState.initial(nowNanos),
                VipState.initial(settings.vips(), nowNanos),
                false,
                nowNanos,
                false,
                Map.of(),
                Set.of(),
                false,
                false,
                Optional.empty());
    }

    /** One event's consequences. To be called with a Tick when {@link KeeperStep#wakeAtNanos} has come. */
    public KeeperStep step(KeeperState before, KeeperEvent event, long nowNanos) {
        List<KeeperAction> actions = new ArrayList<>();
        KeeperState noted = note(before, event, nowNanos);
        KeeperState elected = elect(noted, event, nowNanos, actions);
        Stance stance = stances.of(elected);
        VipStep address = vips.act(elected.vip(), stance, claimed(event), nowNanos);
        address.actions().forEach(action -> actions.add(new KeeperAction.OnVip(action)));
        KeeperState state = elected.withVip(address.state());
        if (address.state().allOff()
                && state.lease().role() instanceof LeaseRole.Leaving leaving
                && !leaving.addressOff()) {
            state = run(state, new LeaseEvent.AddressOff(), nowNanos, actions);
        }
        if (state.lease().role() instanceof LeaseRole.Stopped && (state.vip().allOff() || !state.locked())) {
            actions.add(new KeeperAction.Finished());
        }
        Narrator.Story story = narrator.tell(before, event, state, nowNanos);
        KeeperState told = story.state();
        return new KeeperStep(told, actions, story.observations(), wakeAt(told, nowNanos));
    }

    /** The state as probes and people want it. */
    public KeeperStatus status(KeeperState state, long nowNanos) {
        KeeperStatus status = StatusReport.of(state, fitness.forbidden(state, nowNanos), nowNanos);
        return settings.election() ? status : status.withoutApi();
    }

    private KeeperState note(KeeperState state, KeeperEvent event, long now) {
        return switch (event) {
            case KeeperEvent.Tick tick -> state;
            case KeeperEvent.Stop stop -> state;
            case KeeperEvent.FromLease(LeaseEvent.Answered(long request, LeaseAnswer answer)) ->
                state.withApiAnswers(!(answer instanceof LeaseAnswer.Failed));
            case KeeperEvent.FromLease other -> state;
            case KeeperEvent.FromVip(VipEvent.LinkChanged link) ->
                state.withVip(vips.absorb(state.vip(), link, now)).withLink(link.usable(), now);
            case KeeperEvent.FromVip(VipEvent other) -> state.withVip(vips.absorb(state.vip(), other, now));
            case KeeperEvent.IdentityLocked(boolean locked) -> state.withLock(locked);
            case KeeperEvent.NodeAddresses(var owners) -> state.withNodeAddresses(owners);
        };
    }

    /** Tells the election whether this node is fit to hold if that changed, and then what happened. */
    private KeeperState elect(KeeperState state, KeeperEvent event, long now, List<KeeperAction> actions) {
        Optional<LossReason> obstacle = fitness.obstacle(state, now);
        KeeperState next = state;
        if (state.qualified() != obstacle.isEmpty()) {
            LeaseEvent told = new LeaseEvent.Eligible(obstacle.isEmpty(), obstacle.orElse(LossReason.NOT_ELIGIBLE));
            next = run(state, told, now, actions).withQualified(obstacle.isEmpty());
        }
        return run(next, forElection(event), now, actions);
    }

    private static LeaseEvent forElection(KeeperEvent event) {
        return switch (event) {
            case KeeperEvent.FromLease(LeaseEvent fromLease) -> fromLease;
            case KeeperEvent.Stop stop -> new LeaseEvent.Stop();
            case KeeperEvent.Tick tick -> new LeaseEvent.Tick();
            case KeeperEvent.FromVip vip -> new LeaseEvent.Tick();
            case KeeperEvent.IdentityLocked lock -> new LeaseEvent.Tick();
            case KeeperEvent.NodeAddresses addresses -> new LeaseEvent.Tick();
        };
    }

    private KeeperState run(KeeperState state, LeaseEvent event, long now, List<KeeperAction> actions) {
        LeaseStep step = election.step(state.lease(), event, now);
        step.actions().forEach(action -> actions.add(new KeeperAction.OnLease(action)));
        return state.withLease(step.state());
    }

    private long wakeAt(KeeperState state, long now) {
        Stance stance = stances.of(state);
        return Stream.of(
                        election.wakeAt(state.lease(), now),
                        vips.wakeAt(state.vip(), stance, now),
                        fitness.wakeAt(state, now))
                .min((one, other) -> Long.signum(one - other))
                .orElseThrow();
    }

    private static Optional<VirtualIp> claimed(KeeperEvent event) {
        return event instanceof KeeperEvent.FromVip(VipEvent.ClaimSeen(VirtualIp vip, String mac))
                ? Optional.of(vip)
                : Optional.empty();
    }
}
