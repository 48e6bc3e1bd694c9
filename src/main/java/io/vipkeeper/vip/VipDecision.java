package io.vipkeeper.vip;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The address side: what to bind, unbind and announce, given what the election allows. Pure, like the election:
 * {@code now} is nanoseconds of the same monotonic clock.
 *
 * <p>An address that is on is given a kernel lifetime that ends before anybody else may take the Lease. The kernel
 * counts whole seconds, so a lifetime is renewed not only with the Lease but whenever that gains time and little is left.
 */
public final class VipDecision {

    private static final long SECOND = 1_000_000_000L;

    /** A lifetime with more than this left is long enough for a restart of the process. */
    private static final long COMFORTABLE_NANOS = 4 * SECOND;

    private static final long REFRESH_NANOS = 400_000_000L;

    /** Each renewal of a lifetime wakes every listener for addresses on the node, so a small gain is left alone. */
    private static final long WORTHWHILE_NANOS = 100_000_000L;

    private static final long ADMIT_NANOS = 25_000_000L;

    /** Linux rounds ages up by a fiftieth of a second ({@code ADDRCONF_TIMER_FUZZ_MINUS}). */
    private static final long KERNEL_EARLY_NANOS = 25_000_000L;

    /** RFC 5227 section 2.4: DEFEND_INTERVAL. */
    private static final long DEFEND_NANOS = 10 * SECOND;

    private final AnnouncementSchedule schedule;
    private final boolean preserve;
    private final VipReports reports = new VipReports();

    /**
     * @param preserve kube-vip's vip_preserve_on_leadership_loss: an IPv4 address whose right lapsed without another
     *     holder in sight is left to its kernel lifetime
     */
    public VipDecision(AnnouncementSchedule schedule, boolean preserve) {
        this.schedule = schedule;
        this.preserve = preserve;
    }

    /** Takes note of an event. */
    public VipState absorb(VipState state, VipEvent event, long nowNanos) {
        return reports.absorb(state, event, nowNanos);
    }

    /** Draws the consequences of the stance and the time; {@code claimed} is what a foreign machine just claimed. */
    public VipStep act(VipState state, Stance stance, Optional<VirtualIp> claimed, long nowNanos) {
        List<VipAction> actions = new ArrayList<>();
        Map<VirtualIp, VipState.Entry> next = new LinkedHashMap<>();
        for (var entry : state.entries().entrySet()) {
            VipTurn turn = new VipTurn(entry.getKey(), entry.getValue(), nowNanos);
            switch (stance) {
                case Stance.Holding holding ->
                    hold(turn, holding, claimed.isPresent() && claimed.get().equals(turn.vip));
                case Stance.Lingering(long ends) -> linger(turn, ends);
                case Stance.Off() -> remove(turn);
                case Stance.Lapsed() -> lapse(turn);
                case Stance.Undecided() -> wait(turn);
                case Stance.Listening() -> listen(turn);
            }
            turn.proof = stance instanceof Stance.Holding ? turn.proof : Optional.empty();
            next.put(turn.vip, turn.finish());
            actions.addAll(turn.actions());
        }
        return new VipStep(new VipState(next), actions);
    }

    /** When the next step is due if nothing else happens and the stance stays. */
    public long wakeAt(VipState state, Stance stance, long nowNanos) {
        long wake = nowNanos + SECOND;
        for (VipState.Entry entry : state.entries().values()) {
            long due = entry.retryAt();
            if (entry.underWay()) {
                continue;
            }
            if (stance instanceof Stance.Holding holding && entry.bound().isPresent()) {
                long announce = schedule.dueNanos(entry.bound().get(), entry.announced());
                due = announce - entry.refreshAt() < 0 ? announce : entry.refreshAt();
                boolean prolongs = entry.fenced() && holding.rightEndsNanos() - entry.admittedUntil() > 0;
                due = prolongs && entry.admitAt() - due < 0 ? entry.admitAt() : due;
            }
            if (entry.proof().isPresent()) {
                due = entry.proof().get().dueNanos();
            } else if (stance instanceof Stance.Listening) {
                due = entry.askAt();
            }
            wake = due - nowNanos > 0 && due - wake < 0 ? due : wake;
        }
        return wake;
    }

    private void hold(VipTurn turn, Stance.Holding holding, boolean claimed) {
        if (turn.underWay || turn.foreignUntil.isPresent() && !turn.reached(turn.foreignUntil.get())) {
            return;
        }
        if (turn.bound.isPresent() && turn.reached(turn.kernelEnds - KERNEL_EARLY_NANOS)) {
            turn.bound = Optional.empty();
        }
        if (turn.bound.isEmpty()) {
            if (turn.reached(turn.retryAt) && kernelEnds(turn, holding) - turn.now > 0) {
                Questions.prove(turn, holding).ifPresent(proven -> bind(turn, proven));
            }
            return;
        }
        announce(turn, holding, claimed);
        if (holding.caution() == Caution.STRICT) {
            Questions.ask(turn);
        }
        if (turn.fenced) {
            admit(turn, holding.rightEndsNanos());
        }
        boolean tooLong = !turn.fenced && holding.kernelEndsNanos() - turn.kernelEnds < 0;
        if (tooLong && kernelEnds(turn, holding) - turn.now > 0) {
            bind(turn, holding);
        } else if (!turn.underWay && turn.reached(turn.refreshAt)) {
            refresh(turn, holding);
        }
    }

    private static void listen(VipTurn turn) {
        if (turn.bound.isPresent()) {
            remove(turn);
        } else {
            wait(turn);
        }
        Questions.ask(turn);
    }

    /** A shorter right is told to the fence at once, a longer one a few times in the length of a grant. */
    private static void admit(VipTurn turn, long rightEnds) {
        boolean shorter = rightEnds - turn.admittedUntil < 0;
        boolean longer = rightEnds - turn.admittedUntil > 0 && turn.reached(turn.admitAt);
        if (shorter || longer) {
            turn.ask(rightEnds);
            turn.admitAt = turn.now + ADMIT_NANOS;
            turn.act(new VipAction.Admit(turn.vip, rightEnds));
        }
    }

    private void announce(VipTurn turn, Stance.Holding holding, boolean claimed) {
        boolean due = turn.reached(schedule.dueNanos(turn.bound.get(), turn.announced));
        boolean defend =
                claimed && (turn.claimAnswered.isEmpty() || turn.reached(turn.claimAnswered.get() + DEFEND_NANOS));
        if (due) {
            // After a pause several are overdue; one frame serves for all of them.
            while (turn.reached(schedule.dueNanos(turn.bound.get(), turn.announced))) {
                turn.announced++;
            }
        }
        if (defend) {
            turn.claimAnswered = Optional.of(turn.now);
        }
        if (due || defend) {
            turn.act(new VipAction.Announce(turn.vip, holding.rightEndsNanos()));
        }
    }

    private void refresh(VipTurn turn, Stance.Holding holding) {
        turn.refreshAt = turn.now + REFRESH_NANOS;
        long ends = kernelEnds(turn, holding);
        boolean gains = ends - turn.now > 0 && ends - turn.kernelEnds > WORTHWHILE_NANOS;
        boolean renewed = ends - turn.kernelEnds >= SECOND / 2;
        if (gains && (renewed || turn.kernelEnds - turn.now < COMFORTABLE_NANOS)) {
            bind(turn, holding);
        }
    }

    private static void bind(VipTurn turn, Stance.Holding holding) {
        boolean first = turn.bound.isEmpty();
        turn.ask(holding.rightEndsNanos());
        turn.kernelEnds = kernelEnds(turn, holding);
        turn.refreshAt = turn.now + REFRESH_NANOS;
        turn.act(new VipAction.Bind(turn.vip, holding.rightEndsNanos(), holding.kernelEndsNanos(), first));
    }

    private static long kernelEnds(VipTurn turn, Stance.Holding holding) {
        return turn.now + Math.max(0, (holding.kernelEndsNanos() - turn.now) / SECOND) * SECOND;
    }

    private static void linger(VipTurn turn, long ends) {
        if (turn.bound.isEmpty() || !turn.fenced) {
            remove(turn);
        } else if (!turn.underWay && ends - turn.admittedUntil < 0) {
            admit(turn, ends);
        }
    }

    private static void remove(VipTurn turn) {
        if (!turn.underWay && (turn.bound.isPresent() || turn.present) && turn.reached(turn.retryAt)) {
            turn.underWay = true;
            turn.act(new VipAction.Unbind(turn.vip));
        }
    }

    private void lapse(VipTurn turn) {
        if (!preserve || turn.vip.isIpv6() || turn.permanent) {
            remove(turn);
        }
    }

    private static void wait(VipTurn turn) {
        if (turn.permanent) {
            remove(turn);
        }
    }
}
