package io.vipkeeper.pipeline;

import java.util.function.LongSupplier;

import io.vipkeeper.vip.AddressBinder;
import io.vipkeeper.vip.Announcer;
import io.vipkeeper.vip.BindOutcome;
import io.vipkeeper.vip.Fence;
import io.vipkeeper.vip.VipAction;
import io.vipkeeper.vip.VipEvent;
import io.vipkeeper.vip.VirtualIp;

/**
 * Does to the kernel what the core wants. Computes lifetimes at the last moment, and looks at the clock again after each
 * bind: a process that was paused in between takes back what came too late. Called from one thread.
 */
public final class AddressEffects {
    private static final long SECOND = 1_000_000_000L;
    private static final long MILLI = 1_000_000L;

    /** A bind that took longer is done again with a new lifetime; part of the margin in the rules of time. */
    private static final long PAUSE_NANOS = 20_000_000L;

    /** A fence that was told later than this is told again; part of the margin in the rules of grants. */
    private static final long FENCE_PAUSE_NANOS = 2_000_000L;

    private static final int ATTEMPTS = 3;

    private final AddressBinder binder;
    private final Fence fence;
    private final Announcer announcer;
    private final LongSupplier clock;

    /** @param clock nanoseconds, the same that the core is given */
    public AddressEffects(AddressBinder binder, Fence fence, Announcer announcer, LongSupplier clock) {
        this.binder = binder;
        this.fence = fence;
        this.announcer = announcer;
        this.clock = clock;
    }

    /** Performs one action and says how it ended. */
    public VipEvent perform(VipAction action) {
        return switch (action) {
            case VipAction.Bind bind -> new VipEvent.Bound(bind.vip(), bind(bind), fence.inForce());
            case VipAction.Admit(VirtualIp vip, long rightEnds) ->
                new VipEvent.Admitted(vip, admit(vip, rightEnds), fence.inForce());
            case VipAction.Unbind unbind -> new VipEvent.Unbound(unbind.vip(), unbind(unbind.vip()));
            case VipAction.Probe(VirtualIp vip, boolean wants) -> new VipEvent.Probed(vip, announcer.probe(vip, wants));
            case VipAction.Announce(VirtualIp vip, long rightEnds) ->
                new VipEvent.Announced(vip, announce(vip, rightEnds));
        };
    }

    /** Walks the path of a bind without an effect. */
    void rehearse() {
        binder.rehearse();
        fence.rehearse();
        announcer.rehearse();
    }

    /** The address stops being answered for before it goes, so that nothing is answered in between. */
    private BindOutcome unbind(VirtualIp vip) {
        fence.block(vip);
        return binder.unbind(vip);
    }

    private BindOutcome bind(VipAction.Bind bind) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            long before = clock.getAsLong();
            long seconds = (bind.kernelEndsNanos() - before) / SECOND;
            if (before - bind.rightEndsNanos() >= 0 || seconds < 1) {
                return takeBack(bind, attempt);
            }
            BindOutcome outcome = binder.bind(bind.vip(), (int) seconds);
            if (outcome instanceof BindOutcome.Refused) {
                return outcome;
            }
            if (clock.getAsLong() - before < PAUSE_NANOS) {
                return announced(bind, admit(bind.vip(), bind.rightEndsNanos()));
            }
        }
        return takeBack(bind, ATTEMPTS);
    }

    private BindOutcome announced(VipAction.Bind bind, BindOutcome admitted) {
        if (bind.announces() && admitted instanceof BindOutcome.Done) {
            // Should it fail, the announcements that follow tell.
            announce(bind.vip(), bind.rightEndsNanos());
        }
        return admitted;
    }

    private BindOutcome takeBack(VipAction.Bind bind, int attempt) {
        if (attempt > 0) {
            unbind(bind.vip());
        }
        return late("bind", bind.vip());
    }

    private BindOutcome admit(VirtualIp vip, long rightEnds) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            long before = clock.getAsLong();
            if (before - rightEnds >= 0) {
                break;
            }
            BindOutcome outcome = fence.admit(vip, (rightEnds - before) / MILLI);
            if (outcome instanceof BindOutcome.Refused || clock.getAsLong() - before < FENCE_PAUSE_NANOS) {
                return outcome;
            }
        }
        fence.block(vip);
        return late("admission", vip);
    }

    private BindOutcome announce(VirtualIp vip, long rightEnds) {
        if (clock.getAsLong() - rightEnds >= 0) {
            return late("announcement", vip);
        }
        return announcer.announce(vip);
    }

    private static BindOutcome late(String what, VirtualIp vip) {
        return new BindOutcome.Refused(what + " of " + vip + " came too late: the right to hold it is over");
    }
}
