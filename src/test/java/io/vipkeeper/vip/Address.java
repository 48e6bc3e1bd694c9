package io.vipkeeper.vip;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The address side of one node in virtual time. Its clock wraps around two seconds after the start. */
final class Address {
    static final long MILLI = 1_000_000L;
    static final long SECOND = 1000 * MILLI;
    static final long T0 = Long.MAX_VALUE - 2 * SECOND;
    static final VirtualIp VIP = vip("192.0.2.10");
    static final BindOutcome DONE = new BindOutcome.Done();
    static final BindOutcome REFUSED = new BindOutcome.Refused("no such device");
    private static final Duration ARP_RATE = Duration.ofSeconds(3);

    final VipDecision decision;
    final VirtualIp vip;
    VipState state;
    Stance stance = new Stance.Off();
    long now = T0;

    private Address(VirtualIp vip, boolean preserve) {
        this.vip = vip;
        decision = new VipDecision(new AnnouncementSchedule(ARP_RATE), preserve);
        state = VipState.initial(List.of(vip), T0);
    }

    static Address ofNode() {
        return new Address(VIP, false);
    }

    static Address preserving(VirtualIp vip) {
        return new Address(vip, true);
    }

    /** A holder since T0, bound at T0, with its first announcement sent. */
    static Address thatIsOn() {
        return ofNode().turnOn();
    }

    Address turnOn() {
        be(holding());
        tell(new VipEvent.Bound(vip, DONE, false));
        return this;
    }

    /** Ten seconds of right and thirteen until the kernel must have ended it, from now on. */
    Stance.Holding holding() {
        return new Stance.Holding(now + 10 * SECOND, now + 13 * SECOND);
    }

    List<VipAction> be(Stance next) {
        stance = next;
        return act(Optional.empty());
    }

    List<VipAction> tell(VipEvent event) {
        state = decision.absorb(state, event, now);
        return act(
                event instanceof VipEvent.ClaimSeen(VirtualIp claimed, String mac)
                        ? Optional.of(claimed)
                        : Optional.empty());
    }

    List<VipAction> pass(long nanos) {
        now += nanos;
        return act(Optional.empty());
    }

    /** Steps whenever the core wants to be woken; renews the right each second, and lets every call succeed at once. */
    List<Timed> run(long nanos) {
        List<Timed> done = new ArrayList<>();
        long end = now + nanos;
        long renewed = now;
        while (end - now > 0) {
            long wake = decision.wakeAt(state, stance, now);
            now += Math.min(wake - now, end - now);
            if (stance instanceof Stance.Holding && now - renewed >= SECOND) {
                stance = holding();
                renewed = now;
            }
            for (VipAction action : act(Optional.empty())) {
                done.add(new Timed(now, action));
                if (action instanceof VipAction.Bind) {
                    state = decision.absorb(state, new VipEvent.Bound(vip, DONE, false), now);
                }
            }
        }
        return done;
    }

    record Timed(long at, VipAction action) {}

    private List<VipAction> act(Optional<VirtualIp> claimed) {
        VipStep step = decision.act(state, stance, claimed, now);
        state = step.state();
        return step.actions();
    }

    VipState.Entry entry() {
        return state.entries().get(vip);
    }

    static VirtualIp vip(String address) {
        try {
            return VirtualIp.host(InetAddress.getByName(address));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
