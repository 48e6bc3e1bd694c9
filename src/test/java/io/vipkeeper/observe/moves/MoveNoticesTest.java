package io.vipkeeper.observe.moves;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.vipkeeper.keeper.Observation;
import io.vipkeeper.keeper.Observation.Path;
import io.vipkeeper.lease.LossReason;
import io.vipkeeper.observe.Statuses;
import io.vipkeeper.vip.VirtualIp;

import static org.assertj.core.api.Assertions.assertThat;

class MoveNoticesTest {
    private static final long MILLI = 1_000_000;
    private static final VirtualIp OTHER = Statuses.vip("2001:db8::10");

    private final List<Notice> notices = new ArrayList<>();
    private final MoveNotices moves = new MoveNotices("cp-1", List.of(Statuses.VIP, OTHER), notices::add);
    private long now = Long.MAX_VALUE - 5 * MILLI;

    @Test
    void aMoveIsToldOfOnceWhenAllAddressesAreAnnounced() {
        // when
        begin("cp-2", Path.EARLY);
        after(3, new Observation.VipBound(Statuses.VIP, false));
        after(4, new Observation.VipAnnounced(Statuses.VIP, true));
        assertThat(notices).isEmpty();
        after(5, new Observation.VipAnnounced(OTHER, true));
        after(5, new Observation.VipAnnounced(OTHER, false));
        after(5000, new Observation.Renewed(MILLI));

        // then
        assertThat(notices)
                .containsExactly(new Notice(
                        false,
                        "BecameHolder",
                        "TakeOver",
                        "BecameHolder/EARLY/cp-2",
                        "cp-1 holds " + ip(Statuses.VIP) + " and " + ip(OTHER)
                                + " now, after cp-2: a majority had heard nothing of the holder for 250 ms and agreed"
                                + " within 3 ms; the Lease was written in 9 ms, " + ip(Statuses.VIP)
                                + " announced 7 ms later, " + ip(OTHER) + " announced 12 ms later"));
    }

    @Test
    void anAddressThatIsNotAnnouncedDoesNotKeepTheNoticeBack() {
        // when
        begin("", Path.FREE);
        after(10, new Observation.VipAnnounced(OTHER, true));
        after(990, new Observation.Renewed(MILLI));

        // then
        assertThat(notices).singleElement().satisfies(notice -> assertThat(notice.note())
                .contains("now: the Lease was free", ip(Statuses.VIP) + " not announced yet"));
    }

    @ParameterizedTest
    @EnumSource(value = LossReason.class, mode = EnumSource.Mode.EXCLUDE, names = "STOPPED")
    void aHolderThatLosesItsRightTellsWhyAndHowLongItHeld(LossReason reason) {
        // when
        begin("cp-2", Path.EXPIRED);
        after(61_000, new Observation.LostHolding(reason));

        // then
        assertThat(notices).extracting(Notice::reason).containsExactly("BecameHolder", "LostHolding");
        Notice loss = notices.getLast();
        assertThat(loss.warning()).isTrue();
        assertThat(loss.series()).isEqualTo("LostHolding/" + reason);
        assertThat(loss.note()).startsWith("cp-1 holds ").endsWith("; it held for 61 s");
    }

    @Test
    void whoEndsLeavesTheWordToItsSuccessor() {
        // when
        begin("cp-2", Path.HANDOVER);
        after(1, new Observation.VipAnnounced(Statuses.VIP, true));
        after(1, new Observation.VipAnnounced(OTHER, true));
        after(9000, new Observation.LostHolding(LossReason.STOPPED));
        after(9000, new Observation.LostHolding(LossReason.TAKEN));

        // then
        assertThat(notices).extracting(Notice::reason).containsExactly("BecameHolder");
    }

    private void begin(String from, Path path) {
        after(0, new Observation.BecameHolder(from, 7, 9 * MILLI, path, 250 * MILLI, 3 * MILLI));
    }

    private void after(long millis, Observation observation) {
        now += millis * MILLI;
        moves.observed(observation, now);
    }

    private static String ip(VirtualIp vip) {
        return vip.address().getHostAddress();
    }
}
