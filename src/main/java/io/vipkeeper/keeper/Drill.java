package io.vipkeeper.keeper;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

import io.vipkeeper.grant.Candidate;
import io.vipkeeper.grant.GrantEvent;
import io.vipkeeper.lease.ElectorId;
import io.vipkeeper.lease.LeaseAction;
import io.vipkeeper.lease.LeaseAnswer;
import io.vipkeeper.lease.LeaseDraft;
import io.vipkeeper.lease.LeaseEvent;
import io.vipkeeper.lease.LeaseRecord;
import io.vipkeeper.vip.BindOutcome;
import io.vipkeeper.vip.VipAction;
import io.vipkeeper.vip.VipEvent;

/**
 * A move that nobody sees: three cores in virtual time, of which the holder falls silent and its successor stops. A process
 * that has been through it has loaded and warmed what its first real takeover would otherwise wait for.
 */
public final class Drill {
    private static final List<String> NAMES = List.of("drill-1", "drill-2", "drill-3");
    private static final long MILLI = 1_000_000L;
    private static final long END = 8_000 * MILLI;
    private static final long SILENCE = 3_000 * MILLI;
    private static final long STOP = 5_500 * MILLI;

    private final KeeperSettings settings;
    private final Map<String, Keeper> keepers = new HashMap<>();
    private final Map<String, KeeperState> states = new HashMap<>();
    private final PriorityQueue<Happening> agenda = new PriorityQueue<>();
    private final List<Observation> told = new ArrayList<>();
    private LeaseRecord stored = new LeaseRecord("1", "", 1, 0, "", "", Map.of());
    private String silent = "";
    private long now;
    private long order;

    private record Happening(long at, long order, String node, KeeperEvent event) implements Comparable<Happening> {
        @Override
        public int compareTo(Happening other) {
            return at == other.at ? Long.compare(order, other.order) : Long.compare(at, other.at);
        }
    }

    private Drill(KeeperSettings settings) {
        this.settings = settings;
    }

    /**
     * Plays one. Takes some milliseconds of work and touches nothing.
     *
     * @param settings those of this process, of which the rules and addresses are used
     * @return what was observed
     */
    public static List<Observation> play(KeeperSettings settings) {
        Drill drill = new Drill(settings);
        drill.begin();
        drill.run();
        return drill.told;
    }

    private void begin() {
        List<Candidate> all = NAMES.stream()
                .map(name -> new Candidate(name, name, "192.0.2.1", 1, "", 0))
                .toList();
        stored = written(new LeaseDraft("", 1, 0, true, Map.of("vipkeeper.io/written-for", "/0")));
        for (String name : NAMES) {
            Keeper keeper = new Keeper(settings.with(elector(name)));
            keepers.put(name, keeper);
            states.put(name, keeper.initial(now));
            later(0, name, new KeeperEvent.IdentityLocked(true));
            later(0, name, new KeeperEvent.FromVip(new VipEvent.LinkChanged(true)));
            later(MILLI, name, new KeeperEvent.FromPeers(new GrantEvent.Candidates(all)));
            later(MILLI, name, new KeeperEvent.FromPeers(new GrantEvent.ControlPlane(Set.copyOf(NAMES))));
        }
    }

    private static ElectorId elector(String name) {
        return new ElectorId(name, name, name);
    }

    private void run() {
        while (!agenda.isEmpty() && agenda.peek().at < END) {
            Happening next = agenda.poll();
            now = next.at;
            if (now >= SILENCE && silent.isEmpty()) {
                silent = stored.holderIdentity();
            }
            if (!next.node.equals(silent)) {
                step(next);
            }
        }
    }

    private void step(Happening next) {
        KeeperStep step = keepers.get(next.node).step(states.get(next.node), next.event, now);
        states.put(next.node, step.state());
        told.addAll(step.observations());
        step.actions().forEach(action -> perform(next.node, action));
        boolean heir = now >= STOP && stored.holderIdentity().equals(next.node);
        boolean stops = heir && !step.state().lease().stopping();
        boolean idle = step.actions().stream().noneMatch(KeeperAction.Finished.class::isInstance);
        if (idle) {
            later(
                    Math.max(step.wakeAtNanos() - now, MILLI / 10),
                    next.node,
                    stops ? new KeeperEvent.Stop() : new KeeperEvent.Tick());
        }
    }

    private void perform(String node, KeeperAction action) {
        switch (action) {
            case KeeperAction.OnLease(LeaseAction lease) ->
                later(5 * MILLI, node, fromLease(new LeaseEvent.Answered(lease.request(), answer(lease))));
            case KeeperAction.OnVip(VipAction vip) -> later(MILLI, node, new KeeperEvent.FromVip(done(vip)));
            case KeeperAction.OnPeer(var send) ->
                later(MILLI, send.node(), new KeeperEvent.FromPeers(new GrantEvent.Received(node, send.message())));
            case KeeperAction.Finished() -> {}
        }
    }

    private LeaseAnswer answer(LeaseAction action) {
        return switch (action) {
            case LeaseAction.Read read -> new LeaseAnswer.Found(stored);
            case LeaseAction.Create(long request, LeaseDraft draft) -> new LeaseAnswer.Conflict();
            case LeaseAction.Replace(long request, LeaseRecord base, LeaseDraft draft) ->
                base.resourceVersion().equals(stored.resourceVersion()) ? store(draft) : new LeaseAnswer.Conflict();
        };
    }

    private LeaseAnswer store(LeaseDraft draft) {
        stored = written(draft);
        NAMES.forEach(name -> later(2 * MILLI, name, fromLease(new LeaseEvent.Seen(stored))));
        return new LeaseAnswer.Found(stored);
    }

    private LeaseRecord written(LeaseDraft draft) {
        String version = Long.toString(Long.parseLong(stored.resourceVersion()) + 1);
        Map<String, String> marks = new HashMap<>(draft.annotations());
        marks.put(ElectorId.RENEWED, version);
        return new LeaseRecord(
                version,
                draft.holderIdentity(),
                draft.leaseDurationSeconds(),
                draft.leaseTransitions(),
                version,
                version,
                marks);
    }

    private static VipEvent done(VipAction action) {
        BindOutcome done = new BindOutcome.Done();
        return switch (action) {
            case VipAction.Bind bind -> new VipEvent.Bound(bind.vip(), done, true);
            case VipAction.Admit admit -> new VipEvent.Admitted(admit.vip(), done, true);
            case VipAction.Probe probe -> new VipEvent.Probed(probe.vip(), done);
            case VipAction.Unbind unbind -> new VipEvent.Unbound(unbind.vip(), done);
            case VipAction.Announce announce -> new VipEvent.Announced(announce.vip(), done);
        };
    }

    private static KeeperEvent fromLease(LeaseEvent event) {
        return new KeeperEvent.FromLease(event);
    }

    private void later(long nanos, String node, KeeperEvent event) {
        agenda.add(new Happening(now + nanos, order++, node, event));
    }
}
