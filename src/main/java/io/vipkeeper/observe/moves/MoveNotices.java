package io.vipkeeper.observe.moves;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import io.vipkeeper.keeper.Observation;
import io.vipkeeper.keeper.Observation.BecameHolder;
import io.vipkeeper.keeper.Observation.LostHolding;
import io.vipkeeper.keeper.Observation.Path;
import io.vipkeeper.keeper.Observation.VipAnnounced;
import io.vipkeeper.keeper.Observer;
import io.vipkeeper.lease.LossReason;
import io.vipkeeper.vip.VirtualIp;

/**
 * Tells of each move once, on the node that the address came to: when its neighbours know, so that the notice gets in
 * the way of nothing. A holder that loses its right tells of that as well, unless it ends: then its successor does.
 */
public final class MoveNotices implements Observer {
    /** A move whose addresses are not all announced by then is told of without. */
    private static final long PATIENCE_NANOS = 1_000_000_000L;

    private final String node;
    private final List<VirtualIp> vips;
    private final Consumer<Notice> notices;
    private Optional<Tenure> tenure = Optional.empty();

    /** One time of holding. */
    private static final class Tenure {
        private final BecameHolder began;
        private final long sinceNanos;
        private final Map<VirtualIp, Long> announced = new LinkedHashMap<>();
        private boolean told;

        Tenure(BecameHolder began, long sinceNanos) {
            this.began = began;
            this.sinceNanos = sinceNanos;
        }
    }

    /** @param notices called on the observers' thread, and must not wait */
    public MoveNotices(String node, List<VirtualIp> vips, Consumer<Notice> notices) {
        this.node = node;
        this.vips = List.copyOf(vips);
        this.notices = notices;
    }

    @Override
    public void observed(Observation observation, long atNanos) {
        if (observation instanceof BecameHolder began) {
            tenure = Optional.of(new Tenure(began, atNanos));
        } else if (observation instanceof VipAnnounced announced) {
            tenure.ifPresent(now -> now.announced.putIfAbsent(announced.vip(), atNanos - now.sinceNanos));
        }
        boolean ends = observation instanceof LostHolding;
        tenure.filter(now -> !now.told)
                .filter(now ->
                        ends || now.announced.keySet().containsAll(vips) || atNanos - now.sinceNanos >= PATIENCE_NANOS)
                .ifPresent(this::arrived);
        if (observation instanceof LostHolding lost) {
            tenure.ifPresent(now -> left(lost.reason(), atNanos - now.sinceNanos));
            tenure = Optional.empty();
        }
    }

    private void arrived(Tenure now) {
        now.told = true;
        String from = HolderName.cut(now.began.from());
        String note = node + " holds " + addresses() + " now" + why(now.began, from) + "; the Lease was written in "
                + millis(now.began.elapsedNanos()) + announcements(now);
        notices.accept(
                new Notice(false, "BecameHolder", "TakeOver", "BecameHolder/" + now.began.path() + "/" + from, note));
    }

    private static String why(BecameHolder began, String from) {
        String before = from.isEmpty() ? "" : ", after " + from;
        String times = began.path() == Path.EARLY
                ? " for " + millis(began.silenceNanos()) + " and agreed within " + millis(began.votesNanos())
                : "";
        return before + ": " + Wording.why(began.path()) + times;
    }

    private String announcements(Tenure now) {
        return vips.stream()
                .map(vip -> Optional.ofNullable(now.announced.get(vip))
                        .map(took -> ", " + text(vip) + " announced " + millis(took) + " later")
                        .orElseGet(() -> ", " + text(vip) + " not announced yet"))
                .collect(Collectors.joining());
    }

    private void left(LossReason reason, long heldNanos) {
        if (reason != LossReason.STOPPED) {
            notices.accept(new Notice(
                    true,
                    "LostHolding",
                    "StepDown",
                    "LostHolding/" + reason,
                    node + " holds " + addresses() + " no longer: " + Wording.why(reason) + "; it held for "
                            + Duration.ofNanos(heldNanos).toSeconds() + " s"));
        }
    }

    private String addresses() {
        return vips.stream().map(MoveNotices::text).collect(Collectors.joining(" and "));
    }

    private static String text(VirtualIp vip) {
        return vip.address().getHostAddress();
    }

    private static String millis(long nanos) {
        return nanos / 1_000_000 + " ms";
    }
}
