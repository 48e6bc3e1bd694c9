package io.vipkeeper.vip;

import java.util.Optional;
import java.util.function.Consumer;

/** How the address side takes what the kernel and the wire report: what is on, what is gone, what was refused. */
final class VipReports {
    private static final long RETRY_NANOS = 100_000_000L;

    /** The kernel is looked through every ten seconds; an address not seen in two rounds is gone. */
    private static final long FOREIGN_NANOS = 25_000_000_000L;

    VipState absorb(VipState state, VipEvent event, long nowNanos) {
        return switch (event) {
            case VipEvent.LinkChanged(boolean usable) -> usable ? doubtAll(state, nowNanos) : state;
            case VipEvent.AddressFound found -> change(state, found.vip(), nowNanos, turn -> found(turn, found));
            case VipEvent.AddressLost(VirtualIp vip) -> change(state, vip, nowNanos, VipReports::lost);
            case VipEvent.ClaimSeen(VirtualIp vip, String mac) -> change(state, vip, nowNanos, VipReports::answered);
            case VipEvent.Wanted wanted -> state;
            case VipEvent.Probed(VirtualIp vip, BindOutcome.Done done) -> state;
            case VipEvent.Probed(VirtualIp vip, BindOutcome.Refused refused) ->
                change(state, vip, nowNanos, VipReports::answered);
            case VipEvent.Bound(VirtualIp vip, BindOutcome outcome, boolean fenced) ->
                change(state, vip, nowNanos, turn -> {
                    admitted(turn, outcome, fenced);
                    bound(turn, outcome);
                });
            case VipEvent.Admitted(VirtualIp vip, BindOutcome outcome, boolean fenced) ->
                change(state, vip, nowNanos, turn -> admitted(turn, outcome, fenced));
            case VipEvent.Unbound(VirtualIp vip, BindOutcome outcome) ->
                change(state, vip, nowNanos, turn -> unbound(turn, outcome));
            case VipEvent.Announced(VirtualIp vip, BindOutcome outcome) -> state;
        };
    }

    /** Somebody has the address, or nobody was asked: the proof begins anew. */
    private static void answered(VipTurn turn) {
        turn.proof = turn.proof.map(proof -> proof.again(turn.now));
    }

    private static void found(VipTurn turn, VipEvent.AddressFound found) {
        if (found.ours()) {
            turn.present = true;
            turn.permanent = found.permanent();
        } else {
            turn.foreignUntil = Optional.of(turn.now + FOREIGN_NANOS);
        }
    }

    /** While a call is under way nobody can tell whether the loss came before or after it: bind again afterwards. */
    private static void lost(VipTurn turn) {
        if (turn.underWay) {
            turn.kernelEnds = turn.now;
        } else {
            turn.absent();
        }
    }

    /** A fence that refused may be as it was; it is asked again. */
    private static void admitted(VipTurn turn, BindOutcome outcome, boolean fenced) {
        turn.underWay = false;
        turn.fenced = fenced;
        if (outcome instanceof BindOutcome.Done) {
            turn.admittedUntil = turn.asked;
        } else {
            turn.admitAt = turn.now;
        }
    }

    private static void bound(VipTurn turn, BindOutcome outcome) {
        switch (outcome) {
            case BindOutcome.Done() -> {
                turn.present = true;
                turn.permanent = false;
                turn.proof = Optional.empty();
                if (turn.bound.isEmpty()) {
                    turn.bound = Optional.of(turn.now);
                    turn.announced = 0;
                }
            }
            case BindOutcome.Refused(String reason) -> {
                // It may have been taken back, or its interface may be gone: bind again, and announce then.
                turn.bound = Optional.empty();
                turn.retryAt = turn.now + RETRY_NANOS;
                turn.kernelEnds = turn.now;
            }
        }
    }

    private static void unbound(VipTurn turn, BindOutcome outcome) {
        turn.underWay = false;
        switch (outcome) {
            case BindOutcome.Done() -> {
                turn.absent();
                turn.admittedUntil = turn.now;
                turn.announced = 0;
            }
            case BindOutcome.Refused(String reason) -> turn.retryAt = turn.now + RETRY_NANOS;
        }
    }

    /** After a link came back the kernel may have dropped addresses and switches have forgotten: bind and announce anew. */
    private static VipState doubtAll(VipState state, long now) {
        VipState next = state;
        for (VirtualIp vip : state.entries().keySet()) {
            next = change(next, vip, now, turn -> turn.bound = Optional.empty());
        }
        return next;
    }

    private static VipState change(VipState state, VirtualIp vip, long now, Consumer<VipTurn> edit) {
        VipState.Entry entry = state.entries().get(vip);
        if (entry == null) {
            return state;
        }
        VipTurn turn = new VipTurn(vip, entry, now);
        edit.accept(turn);
        return state.with(vip, turn.finish());
    }
}
