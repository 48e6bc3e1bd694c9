package io.vipkeeper.pipeline;

import java.util.function.LongSupplier;

import io.vipkeeper.vip.AddressBinder;
import io.vipkeeper.vip.Announcer;
import io.vipkeeper.vip.BindOutcome;
import io.vipkeeper.vip.VipAction;
import io.vipkeeper.vip.VipEvent;

/**
 * Does to the kernel what the core wants. Computes lifetimes at the last moment, and looks at the clock again after each
 * bind: a process that was paused in between takes back what came too late. Called from one thread.
 */
public final class AddressEffects {
    private static final long SECOND = 1_000_000_000L;

    /** A bind that took longer is done again with a new lifetime; part of the margin in the rules of time. */
    private static final long PAUSE_NANOS = 20_000_000L;

    private static final int ATTEMPTS = 3;

    private final AddressBinder binder;
    private final Announcer announcer;
    private final LongSupplier clock;

    /** @param clock nanoseconds, the same that the core is given */
    public AddressEffects(AddressBinder binder, Announcer announcer, LongSupplier clock) {
        this.binder = binder;
        this.announcer = announcer;
        this.clock = clock;
    }

    /** Performs one action and says how it ended. */
    public VipEvent perform(VipAction action) {
        return switch (action) {
            case VipAction.Bind bind -> new VipEvent.Bound(bind.vip(), bind(bind));
            case VipAction.Unbind unbind -> new VipEvent.Unbound(unbind.vip(), binder.unbind(unbind.vip()));
            case VipAction.Announce announce -> new VipEvent.Announced(announce.vip(), announce(announce));
        };
    }

    private BindOutcome bind(VipAction.Bind bind) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            long before = clock.getAsLong();
            long seconds = (bind.kernelEndsNanos() - before) / SECOND;
            if (before - bind.rightEndsNanos() >= 0 || seconds < 1) {
                return takeBack(bind, attempt);
            }
            BindOutcome outcome = binder.bind(bind.vip(), (int) seconds);
            if (outcome instanceof BindOutcome.Refused || clock.getAsLong() - before < PAUSE_NANOS) {
                return outcome;
            }
        }
        return takeBack(bind, ATTEMPTS);
    }

    private BindOutcome takeBack(VipAction.Bind bind, int attempt) {
        if (attempt > 0) {
            binder.unbind(bind.vip());
        }
        return new BindOutcome.Refused("bind of " + bind.vip() + " came too late: the right to hold it is over");
    }

    private BindOutcome announce(VipAction.Announce announce) {
        if (clock.getAsLong() - announce.rightEndsNanos() >= 0) {
            return new BindOutcome.Refused(
                    "announcement of " + announce.vip() + " came too late: the right to hold it is over");
        }
        return announcer.announce(announce.vip());
    }
}
