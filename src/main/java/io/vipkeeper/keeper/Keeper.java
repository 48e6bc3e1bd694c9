package io.vipkeeper.keeper;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.vipkeeper.bootstrap.Bootstrap;
import io.vipkeeper.bootstrap.BootstrapState;
import io.vipkeeper.grant.GrantDecision;
import io.vipkeeper.grant.GrantEvent;
import io.vipkeeper.grant.GrantState;
import io.vipkeeper.grant.GrantStep;
import io.vipkeeper.grant.Situation;
import io.vipkeeper.lease.ApiFailure;
import io.vipkeeper.lease.Election;
import io.vipkeeper.lease.LeaseAction;
import io.vipkeeper.lease.LeaseAnswer;
import io.vipkeeper.lease.LeaseDecision;
import io.vipkeeper.lease.LeaseEvent;
import io.vipkeeper.lease.LeaseRole;
import io.vipkeeper.lease.LeaseState;
import io.vipkeeper.lease.LeaseStep;
import io.vipkeeper.lease.LossReason;
import io.vipkeeper.lease.Moments;
import io.vipkeeper.lease.NoElection;
import io.vipkeeper.vip.AnnouncementSchedule;
import io.vipkeeper.vip.Stance;
import io.vipkeeper.vip.VipAction;
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
    private final Optional<GrantDecision> grants;
    private final Bootstrap bootstrap;
    private final VipDecision vips;
    private final Fitness fitness;
    private final Stances stances;
    private final Narrator narrator;

    public Keeper(KeeperSettings settings) {
        this.settings = settings;
        election = settings.election()
                ? new LeaseDecision(settings.elector(), settings.rules())
                : new NoElection(settings.rules());
        grants = settings.fast().map(fast -> new GrantDecision(settings.elector(), fast.rules(), fast.weight()));
        bootstrap = new Bootstrap(settings.bootstrap());
        vips = new VipDecision(new AnnouncementSchedule(settings.arpRate()), settings.preserve());
        fitness = new Fitness(settings);
        stances = new Stances(settings, bootstrap);
        narrator = new Narrator(settings.elector());
    }

    /** A process that has just begun. */
    public KeeperState initial(long nowNanos) {
        return new KeeperState(
                LeaseState.initial(nowNanos),
                VipState.initial(settings.vips(), nowNanos),
                GrantState.initial(nowNanos),
                BootstrapState.initial(nowNanos),
                Surroundings.unknown(nowNanos),
                false,
                false,
                Optional.empty());
    }

    /** One event's consequences. To be called with a Tick when {@link KeeperStep#wakeAtNanos} has come. */
    public KeeperStep step(KeeperState before, KeeperEvent event, long nowNanos) {
        KeeperTurn turn = new KeeperTurn(note(before, event, nowNanos), nowNanos);
        elect(turn, forElection(event));
        vouch(turn, before);
        quicken(turn, forGrants(event));
        if (settings.election()) {
            turn.state = turn.state.withBootstrap(
                    bootstrap.step(turn.state.bootstrap(), finding(turn.state, event), nowNanos));
        }
        Stance stance = stances.of(turn.state, nowNanos);
        VipStep address = vips.act(turn.state.vip(), stance, claimed(event), nowNanos);
        for (VipAction action : address.actions()) {
            turn.actions.add(new KeeperAction.OnVip(action));
        }
        turn.state = turn.state.withVip(address.state());
        if (address.state().allOff()
                && !(stance instanceof Stance.Lingering)
                && !Stances.isSilent(turn.state.lease(), nowNanos)
                && turn.state.lease().role() instanceof LeaseRole.Leaving leaving
                && !leaving.addressOff()) {
            run(turn, new LeaseEvent.AddressOff());
            quicken(turn, new GrantEvent.Tick());
        }
        KeeperState state = turn.state;
        if (state.lease().role() instanceof LeaseRole.Stopped
                && (state.vip().allOff() || !state.around().locked())) {
            turn.actions.add(new KeeperAction.Finished());
        }
        Narrator.Story story = narrator.tell(before, event, state, nowNanos);
        KeeperState told = story.state();
        return new KeeperStep(told, turn.actions, story.observations(), nowNanos, wakeAt(told, nowNanos));
    }

    /** One step's working copy. */
    private static final class KeeperTurn {
        final List<KeeperAction> actions = new ArrayList<>();
        final long now;
        KeeperState state;

        KeeperTurn(KeeperState state, long now) {
            this.state = state;
            this.now = now;
        }
    }

    /** The state as probes and people want it. */
    public KeeperStatus status(KeeperState state, long nowNanos) {
        KeeperStatus status = StatusReport.of(settings.elector(), state, fitness.forbidden(state, nowNanos), nowNanos);
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
                state.withVip(vips.absorb(state.vip(), link, now))
                        .withAround(state.around().withLink(link.usable(), now));
            case KeeperEvent.FromVip(VipEvent other) -> state.withVip(vips.absorb(state.vip(), other, now));
            case KeeperEvent.FromPeers peers -> state;
            case KeeperEvent.IdentityLocked(boolean locked) ->
                state.withAround(state.around().withLock(locked));
            case KeeperEvent.NodeAddresses(var owners) ->
                state.withAround(state.around().withNodeAddresses(owners));
        };
    }

    /** Tells the election whether this node is fit to hold if that changed, and then what happened. */
    private void elect(KeeperTurn turn, LeaseEvent event) {
        Optional<LossReason> obstacle = fitness.obstacle(turn.state, turn.now);
        if (turn.state.qualified() != obstacle.isEmpty()) {
            run(turn, new LeaseEvent.Eligible(obstacle.isEmpty(), obstacle.orElse(LossReason.NOT_ELIGIBLE)));
            turn.state = turn.state.withQualified(obstacle.isEmpty());
        }
        run(turn, event);
    }

    private void run(KeeperTurn turn, LeaseEvent event) {
        LeaseStep step = election.step(turn.state.lease(), event, turn.now);
        for (LeaseAction action : step.actions()) {
            turn.actions.add(new KeeperAction.OnLease(action));
        }
        turn.state = turn.state.withLease(step.state());
    }

    /** A Lease that is found missing while this node answers already need not be waited for. */
    private void vouch(KeeperTurn turn, KeeperState before) {
        LeaseState lease = turn.state.lease();
        boolean found = before.lease().sighting().isEmpty() && lease.sighting().isPresent();
        if (found && lease.record().isEmpty() && bootstrap.vouches(before.bootstrap(), before.vip(), turn.now)) {
            run(turn, new LeaseEvent.Vouched());
        }
    }

    private static Bootstrap.Finding finding(KeeperState state, KeeperEvent event) {
        boolean refused = event
                        instanceof
                        KeeperEvent.FromLease(
                                LeaseEvent.Answered(long request, LeaseAnswer.Failed(ApiFailure cause, String detail)))
                && cause == ApiFailure.FORBIDDEN;
        boolean contested = event instanceof KeeperEvent.FromVip(VipEvent.ClaimSeen claim)
                || event instanceof KeeperEvent.FromVip(VipEvent.Wanted wanted);
        return new Bootstrap.Finding(
                state.qualified(), state.around().linkUsable(), refused, contested, state.lease(), state.vip());
    }

    /** Lets the fast path see what happened and what came of it, and the election know what that allows. */
    private void quicken(KeeperTurn turn, GrantEvent event) {
        if (grants.isEmpty()) {
            return;
        }
        GrantStep step = grants.get().step(turn.state.grant(), event, situation(turn.state, turn.now), turn.now);
        for (GrantStep.Send send : step.sends()) {
            turn.actions.add(new KeeperAction.OnPeer(send));
        }
        turn.state = turn.state.withGrant(step.state());
        if (!step.accord().equals(turn.state.lease().accord())) {
            run(turn, new LeaseEvent.Accorded(step.accord()));
            if (step.accord().leave()) {
                // Now that it leaves, it has a word for its successor.
                quicken(turn, new GrantEvent.Tick());
            }
        }
    }

    private Situation situation(KeeperState state, long now) {
        boolean overdue = state.lease().role() instanceof LeaseRole.Holder holder
                && !state.apiAnswers()
                && now - settings.rules().overdueAt(holder.sentNanos()) >= 0;
        return new Situation(
                state.lease(),
                state.qualified(),
                state.around().linkUsable(),
                state.apiAnswers(),
                overdue,
                state.vip().fenced(),
                state.vip().answersUntil(now, settings.rules().kernelLatenessNanos()));
    }

    private static GrantEvent forGrants(KeeperEvent event) {
        return event instanceof KeeperEvent.FromPeers(GrantEvent fromPeers) ? fromPeers : new GrantEvent.Tick();
    }

    private static LeaseEvent forElection(KeeperEvent event) {
        return switch (event) {
            case KeeperEvent.FromLease(LeaseEvent fromLease) -> fromLease;
            case KeeperEvent.Stop stop -> new LeaseEvent.Stop();
            case KeeperEvent.Tick tick -> new LeaseEvent.Tick();
            case KeeperEvent.FromVip vip -> new LeaseEvent.Tick();
            case KeeperEvent.FromPeers peers -> new LeaseEvent.Tick();
            case KeeperEvent.IdentityLocked lock -> new LeaseEvent.Tick();
            case KeeperEvent.NodeAddresses addresses -> new LeaseEvent.Tick();
        };
    }

    private long wakeAt(KeeperState state, long now) {
        long wake = Moments.earlier(
                election.wakeAt(state.lease(), now), vips.wakeAt(state.vip(), stances.of(state, now), now));
        wake = Moments.earlier(wake, fitness.wakeAt(state, now));
        wake = Moments.earlier(wake, bootstrap.wakeAt(state.bootstrap(), now));
        return grants.isPresent()
                ? Moments.earlier(wake, grants.get().wakeAt(state.grant(), situation(state, now), now))
                : wake;
    }

    private static Optional<VirtualIp> claimed(KeeperEvent event) {
        return event instanceof KeeperEvent.FromVip(VipEvent.ClaimSeen(VirtualIp vip, String mac))
                ? Optional.of(vip)
                : Optional.empty();
    }
}
