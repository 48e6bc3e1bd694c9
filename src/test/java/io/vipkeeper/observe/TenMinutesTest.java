package io.vipkeeper.observe;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.vipkeeper.bootstrap.BootstrapRules;
import io.vipkeeper.keeper.Keeper;
import io.vipkeeper.keeper.KeeperAction;
import io.vipkeeper.keeper.KeeperEvent;
import io.vipkeeper.keeper.KeeperSettings;
import io.vipkeeper.keeper.KeeperState;
import io.vipkeeper.keeper.KeeperStep;
import io.vipkeeper.lease.ApiFailure;
import io.vipkeeper.lease.ElectorId;
import io.vipkeeper.lease.LeaseAction;
import io.vipkeeper.lease.LeaseAnswer;
import io.vipkeeper.lease.LeaseEvent;
import io.vipkeeper.lease.LeaseRecord;
import io.vipkeeper.lease.Rules;
import io.vipkeeper.lease.Timing;
import io.vipkeeper.vip.BindOutcome;
import io.vipkeeper.vip.VipAction;
import io.vipkeeper.vip.VipEvent;

import static org.assertj.core.api.Assertions.assertThat;

/** The core for ten minutes of virtual time in which nothing works, and what is logged of that. */
class TenMinutesTest {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private static final Duration STEP = Duration.ofMillis(100);

    private final List<String> lines = new ArrayList<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private final Deque<KeeperEvent> inbox = new ArrayDeque<>();

    /** Wraps while the test runs. */
    private long now = Long.MAX_VALUE - 5 * MINUTE;

    private final ObservationLog log =
            new ObservationLog((level, line) -> said(line), () -> now, new ApiComplaints(() -> now));
    private Keeper keeper;
    private KeeperState state;
    private Random random;
    private long observations;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whereEverythingFailsForTenMinutesEachTroubleIsSaidOnceAMinute(boolean election) throws Exception {
        // given
        long seed = Long.getLong("vipkeeper.log.seed", System.nanoTime());
        System.out.println("-Dvipkeeper.log.seed=" + seed);
        random = new Random(seed);
        begin(election);

        // when
        for (int step = 0; step < Duration.ofMinutes(10).dividedBy(STEP); step++) {
            now += STEP.toNanos();
            inbox.add(new KeeperEvent.Tick());
            mischief();
            while (!inbox.isEmpty()) {
                tell(inbox.poll());
            }
            log.turned(keeper.status(state, now));
        }

        System.out.println(observations + " observations, " + lines.size() + " lines");

        // then: much happened, little was said, and of each kind a few lines at once and then one a minute
        assertThat(observations).isGreaterThan(1_500);
        assertThat(lines).hasSizeLessThan(250);
        counts.forEach((kind, count) -> assertThat(count).as(kind).isLessThanOrEqualTo(Changes.AT_ONCE + 11));
        assertThat(lines).anyMatch(line -> line.matches(".* repeats=[1-9].*"));
    }

    private void begin(boolean election) {
        keeper = new Keeper(new KeeperSettings(
                new ElectorId("node-1", "machine-1", "process-1"),
                new Rules(Timing.ofSeconds(5, 3, 1)),
                List.of(Statuses.VIP),
                election,
                Optional.empty(),
                Duration.ofMillis(500),
                Optional.of(Duration.ofSeconds(1)),
                false,
                new BootstrapRules(election)));
        state = keeper.initial(now);
        inbox.add(new KeeperEvent.IdentityLocked(true));
        inbox.add(new KeeperEvent.FromVip(new VipEvent.LinkChanged(true)));
    }

    private void tell(KeeperEvent event) {
        KeeperStep step = keeper.step(state, event, now);
        state = step.state();
        observations += step.observations().size();
        step.observations().forEach(observation -> log.observed(observation, now));
        step.actions().forEach(action -> outcome(action).ifPresent(inbox::add));
    }

    /** Nothing works, but now and then, so that there is something to lose. */
    private Optional<KeeperEvent> outcome(KeeperAction action) {
        BindOutcome refused = new BindOutcome.Refused("errno " + random.nextInt(3));
        BindOutcome done = new BindOutcome.Done();
        return switch (action) {
            case KeeperAction.OnLease(LeaseAction lease) ->
                Optional.of(new KeeperEvent.FromLease(new LeaseEvent.Answered(lease.request(), failure())));
            case KeeperAction.OnVip(VipAction.Bind bind) ->
                vip(new VipEvent.Bound(bind.vip(), random.nextBoolean() ? done : refused, random.nextBoolean()));
            case KeeperAction.OnVip(VipAction.Admit admit) ->
                vip(new VipEvent.Admitted(admit.vip(), refused, random.nextBoolean()));
            case KeeperAction.OnVip(VipAction.Unbind unbind) ->
                vip(new VipEvent.Unbound(unbind.vip(), random.nextBoolean() ? done : refused));
            case KeeperAction.OnVip(VipAction.Announce announce) ->
                vip(new VipEvent.Announced(announce.vip(), random.nextBoolean() ? done : refused));
            case KeeperAction.OnVip(VipAction.Probe probe) -> vip(new VipEvent.Probed(probe.vip(), done));
            case KeeperAction.OnPeer peer -> Optional.empty();
            case KeeperAction.Finished finished -> Optional.empty();
        };
    }

    private LeaseAnswer failure() {
        ApiFailure[] causes = ApiFailure.values();
        return random.nextInt(10) == 0
                ? new LeaseAnswer.Conflict()
                : new LeaseAnswer.Failed(causes[random.nextInt(causes.length)], "detail " + random.nextInt());
    }

    /** What the wire, the kernel and whoever may edit the Lease can do. */
    private void mischief() throws Exception {
        int machine = random.nextInt(1000);
        switch (random.nextInt(12)) {
            case 0 -> vip(new VipEvent.LinkChanged(random.nextInt(4) > 0)).ifPresent(inbox::add);
            case 1, 2 ->
                vip(new VipEvent.ClaimSeen(
                                Statuses.VIP, "02:00:00:00:%02x:%02x".formatted(machine >> 8, machine & 255)))
                        .ifPresent(inbox::add);
            case 3, 4 -> vip(new VipEvent.AddressLost(Statuses.VIP)).ifPresent(inbox::add);
            case 5 -> vip(new VipEvent.AddressFound(Statuses.VIP, true, false)).ifPresent(inbox::add);
            case 6 -> inbox.add(new KeeperEvent.IdentityLocked(random.nextInt(4) > 0));
            case 7 -> inbox.add(seen(machine, "node-" + random.nextInt(3)));
            case 8 ->
                inbox.add(new KeeperEvent.NodeAddresses(
                        random.nextBoolean()
                                ? Map.of()
                                : Map.of(InetAddress.getByName("192.0.2.10"), "node-" + machine)));
            default -> {}
        }
    }

    private KeeperEvent seen(int version, String holder) {
        int duration = random.nextBoolean() ? 5 : random.nextInt();
        return new KeeperEvent.FromLease(new LeaseEvent.Seen(
                new LeaseRecord(Integer.toString(version), holder, duration, version, "a", "at " + now, Map.of())));
    }

    private static Optional<KeeperEvent> vip(VipEvent event) {
        return Optional.of(new KeeperEvent.FromVip(event));
    }

    private void said(String line) {
        lines.add(line);
        // What a trouble is told apart by, without what varies within it.
        String kind = line.replaceAll(
                " (detail|value|readAs|request|repeats|reason|holder|why|elapsedMillis|transitions|from|path|where)=(\"[^\"]*\"|\\S*)",
                "");
        counts.merge(kind, 1, Integer::sum);
    }
}
