package io.vipkeeper.pipeline;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.vipkeeper.vip.AddressBinder;
import io.vipkeeper.vip.Announcer;
import io.vipkeeper.vip.BindOutcome;
import io.vipkeeper.vip.NoFence;
import io.vipkeeper.vip.VipAction;
import io.vipkeeper.vip.VipEvent;
import io.vipkeeper.vip.VirtualIp;

import static org.assertj.core.api.Assertions.assertThat;

/** What is done to the kernel when the process is paused between computing and calling. */
class AddressEffectsTest {
    private static final long MILLI = 1_000_000L;
    private static final long SECOND = 1000 * MILLI;
    private static final long T0 = Long.MAX_VALUE - 2 * SECOND;
    private static final VirtualIp VIP = vip();
    private static final BindOutcome DONE = new BindOutcome.Done();

    private final List<String> calls = new ArrayList<>();
    private final List<Long> pauses = new ArrayList<>();
    private BindOutcome bindOutcome = DONE;
    private long now = T0;
    private final AddressEffects effects = new AddressEffects(kernel(), new NoFence(), announcer(), () -> now);

    @Test
    void theLifetimeIsComputedWhenTheCallIsMade() {
        // given an action that was decided 700 ms ago
        VipAction bind = new VipAction.Bind(VIP, T0 + 10 * SECOND, T0 + 13 * SECOND, false);
        now += 700 * MILLI;
        // when
        VipEvent ended = effects.perform(bind);
        // then
        assertThat(calls).containsExactly("bind 12");
        assertThat(ended).isEqualTo(new VipEvent.Bound(VIP, DONE, false));
    }

    @Test
    void whereTheAddressIsNewTheNeighboursAreToldAtOnce() {
        // given
        VipAction bind = new VipAction.Bind(VIP, T0 + 10 * SECOND, T0 + 13 * SECOND, true);
        // when
        VipEvent ended = effects.perform(bind);
        // then
        assertThat(calls).containsExactly("bind 13", "announce");
        assertThat(ended).isEqualTo(new VipEvent.Bound(VIP, DONE, false));
    }

    @Test
    void anAddressThatTheKernelRefusesIsNotAnnounced() {
        // given
        bindOutcome = new BindOutcome.Refused("no such interface");
        // when
        effects.perform(new VipAction.Bind(VIP, T0 + 10 * SECOND, T0 + 13 * SECOND, true));
        // then
        assertThat(calls).containsExactly("bind 13");
    }

    @Test
    void aBindThatAPauseHeldUpIsDoneAgainWithWhatIsLeft() {
        // given
        pauses.add(4 * SECOND);
        // when
        VipEvent ended = effects.perform(new VipAction.Bind(VIP, T0 + 10 * SECOND, T0 + 13 * SECOND, false));
        // then
        assertThat(calls).containsExactly("bind 13", "bind 9");
        assertThat(ended).isEqualTo(new VipEvent.Bound(VIP, DONE, false));
    }

    @Test
    void aBindThatAPauseHeldUpBeyondTheRightIsTakenBack() {
        // given
        pauses.add(10 * SECOND);
        // when
        VipEvent ended = effects.perform(new VipAction.Bind(VIP, T0 + 10 * SECOND, T0 + 13 * SECOND, false));
        // then
        assertThat(calls).containsExactly("bind 13", "unbind");
        assertThat(ended).isEqualTo(tooLate());
    }

    @Test
    void aBindThatIsPausedEachTimeIsTakenBack() {
        // given
        pauses.addAll(List.of(SECOND, SECOND, SECOND));
        // when
        VipEvent ended = effects.perform(new VipAction.Bind(VIP, T0 + 10 * SECOND, T0 + 13 * SECOND, false));
        // then
        assertThat(calls).containsExactly("bind 13", "bind 12", "bind 11", "unbind");
        assertThat(ended).isEqualTo(tooLate());
    }

    @Test
    void afterTheRightNothingIsBound() {
        // given
        now += 10 * SECOND;
        // when
        VipEvent ended = effects.perform(new VipAction.Bind(VIP, T0 + 10 * SECOND, T0 + 13 * SECOND, false));
        // then
        assertThat(calls).isEmpty();
        assertThat(ended).isEqualTo(tooLate());
    }

    @Test
    void withoutAWholeSecondLeftNothingIsBound() {
        // given
        now += 12 * SECOND + 1;
        // when
        effects.perform(new VipAction.Bind(VIP, T0 + 20 * SECOND, T0 + 13 * SECOND, false));
        // then
        assertThat(calls).isEmpty();
    }

    @Test
    void whatTheKernelRefusedIsNotTriedAgainHere() {
        // given
        bindOutcome = new BindOutcome.Refused("ENODEV");
        pauses.add(SECOND);
        // when
        VipEvent ended = effects.perform(new VipAction.Bind(VIP, T0 + 10 * SECOND, T0 + 13 * SECOND, false));
        // then
        assertThat(calls).containsExactly("bind 13");
        assertThat(ended).isEqualTo(new VipEvent.Bound(VIP, bindOutcome, false));
    }

    @Test
    void anAnnouncementAfterTheRightIsNotSent() {
        // given
        now += 10 * SECOND;
        // when
        VipEvent ended = effects.perform(new VipAction.Announce(VIP, T0 + 10 * SECOND));
        // then
        assertThat(calls).isEmpty();
        assertThat(ended)
                .isEqualTo(new VipEvent.Announced(
                        VIP,
                        new BindOutcome.Refused(
                                "announcement of 192.0.2.10/32 came too late: the right to hold it is over")));
    }

    @Test
    void anAnnouncementWithinTheRightIsSentOnce() {
        effects.perform(new VipAction.Announce(VIP, T0 + 10 * SECOND));
        assertThat(calls).containsExactly("announce");
    }

    @Test
    void anUnbindIsDoneAtAnyTime() {
        // given
        now += 600 * SECOND;
        // when
        effects.perform(new VipAction.Unbind(VIP));
        // then
        assertThat(calls).containsExactly("unbind");
    }

    private AddressBinder kernel() {
        return new AddressBinder() {
            @Override
            public BindOutcome bind(VirtualIp vip, int validSeconds) {
                now += pauses.isEmpty() ? 0 : pauses.remove(0);
                return called("bind " + validSeconds, bindOutcome);
            }

            @Override
            public BindOutcome unbind(VirtualIp vip) {
                return called("unbind", DONE);
            }
        };
    }

    private BindOutcome called(String what, BindOutcome outcome) {
        calls.add(what);
        return outcome;
    }

    private static VipEvent tooLate() {
        return new VipEvent.Bound(
                VIP,
                new BindOutcome.Refused("bind of 192.0.2.10/32 came too late: the right to hold it is over"),
                false);
    }

    private static VirtualIp vip() {
        try {
            return VirtualIp.host(InetAddress.getByName("192.0.2.10"));
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private Announcer announcer() {
        return new Announcer() {
            @Override
            public BindOutcome announce(VirtualIp vip) {
                return called("announce", DONE);
            }

            @Override
            public BindOutcome probe(VirtualIp vip, boolean wants) {
                return called(wants ? "want" : "ask", DONE);
            }
        };
    }
}
