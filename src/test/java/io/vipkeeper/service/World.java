package io.vipkeeper.service;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;

import io.vipkeeper.lease.ElectorId;
import io.vipkeeper.lease.LeaseAction;
import io.vipkeeper.lease.LeaseAnswer;
import io.vipkeeper.lease.LeaseDraft;
import io.vipkeeper.lease.LeaseRecord;
import io.vipkeeper.lease.Timing;
import io.vipkeeper.service.plan.Endpoints;
import io.vipkeeper.service.plan.LeaseRef;
import io.vipkeeper.service.plan.Notice;
import io.vipkeeper.service.plan.ServiceKey;
import io.vipkeeper.service.plan.ServiceView;
import io.vipkeeper.service.plan.Sharing;
import io.vipkeeper.service.plan.Snapshot;
import io.vipkeeper.service.plan.Wanted;
import io.vipkeeper.vip.VirtualIp;

/** A cluster in virtual time: one API server, some nodes, and who has which address. */
final class World {
    static final long MILLI = 1_000_000L;
    static final long SECOND = 1_000 * MILLI;
    static final Timing TIMING = Timing.ofSeconds(5, 3, 1);

    final Random random;
    final Sharing sharing;
    final List<Machine> machines = new ArrayList<>();
    final Map<ServiceKey, ServiceView> services = new LinkedHashMap<>();
    final Map<ServiceKey, Endpoints> endpoints = new HashMap<>();
    final Map<ServiceKey, Integer> writes = new HashMap<>();
    final List<Notice> notices = new ArrayList<>();
    final List<String> violations = new ArrayList<>();
    private final Map<LeaseRef, LeaseRecord> leases = new HashMap<>();
    private final PriorityQueue<Due> queue = new PriorityQueue<>();
    long now = SECOND;

    /** No request is answered and no watch shows anything, anywhere. */
    boolean outage;

    private long version = 1;
    private long sequence;

    private record Due(long at, long order, Runnable task) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            return at == other.at ? Long.compare(order, other.order) : Long.compare(at, other.at);
        }
    }

    World(long seed, int nodes, Sharing sharing, Laws laws) {
        random = new Random(seed);
        this.sharing = sharing;
        for (int i = 1; i <= nodes; i++) {
            machines.add(new Machine(this, "node-" + i, laws));
        }
        machines.forEach(Machine::start);
    }

    void at(long delayNanos, Runnable task) {
        queue.add(new Due(now + delayNanos, sequence++, task));
    }

    long between(long fromMillis, long toMillis) {
        return (fromMillis + random.nextInt((int) (toMillis - fromMillis))) * MILLI;
    }

    void run(Duration time) {
        long end = now + time.toNanos();
        while (!queue.isEmpty() && queue.peek().at() <= end) {
            Due due = queue.poll();
            now = due.at();
            due.task().run();
            expire();
        }
        now = end;
        expire();
    }

    private void expire() {
        machines.forEach(machine -> machine.kernel.values().removeIf(ends -> ends - now <= 0));
    }

    /** To be called when an address was put on somewhere. */
    void check(VirtualIp vip) {
        List<String> on = machines.stream()
                .filter(machine -> machine.kernel.containsKey(vip))
                .map(machine -> machine.name)
                .toList();
        if (on.size() > 1) {
            violations.add(vip + " is on " + on + " at " + now / MILLI + " ms");
        }
    }

    List<Machine> having(String address) {
        return machines.stream()
                .filter(machine -> machine.kernel.containsKey(Wanted.vip(address)))
                .toList();
    }

    void put(ServiceView view) {
        services.put(view.key(), Wanted.said(view, "" + version++, view.annotations(), view.ingress()));
        endpoints.computeIfAbsent(view.key(), key -> Wanted.on("node-1", "node-2", "node-3"));
        shown();
    }

    void remove(ServiceKey key) {
        services.remove(key);
        endpoints.remove(key);
        shown();
    }

    void backends(ServiceKey key, String... nodes) {
        endpoints.put(key, Wanted.on(nodes));
        shown();
    }

    Snapshot snapshot() {
        return new Snapshot(List.copyOf(services.values()), endpoints);
    }

    private void shown() {
        machines.forEach(Machine::look);
    }

    StatusAnswer write(StatusDraft draft) {
        ServiceView view = services.get(draft.service());
        if (view == null) {
            return StatusAnswer.MISSING;
        }
        writes.merge(draft.service(), 1, Integer::sum);
        if (!view.version().equals(draft.version()) || !view.uid().equals(draft.uid())) {
            return StatusAnswer.CONFLICT;
        }
        Map<String, String> annotations = new HashMap<>(view.annotations());
        annotations.remove(ServiceView.HOST);
        if (!draft.host().isEmpty()) {
            annotations.put(ServiceView.HOST, draft.host());
        }
        services.put(view.key(), Wanted.said(view, "" + version++, annotations, draft.ingress()));
        shown();
        return StatusAnswer.DONE;
    }

    LeaseAnswer ask(LeaseRef lease, LeaseAction action) {
        Optional<LeaseRecord> stored = Optional.ofNullable(leases.get(lease));
        return switch (action) {
            case LeaseAction.Read read ->
                stored.<LeaseAnswer>map(LeaseAnswer.Found::new).orElse(new LeaseAnswer.Missing());
            case LeaseAction.Create(long request, LeaseDraft draft) ->
                stored.isPresent() ? new LeaseAnswer.Conflict() : store(lease, draft, "");
            case LeaseAction.Replace(long request, LeaseRecord base, LeaseDraft draft) ->
                stored.filter(same -> same.resourceVersion().equals(base.resourceVersion()))
                        .map(same -> store(lease, draft, same.acquireTime()))
                        .orElse(stored.isPresent() ? new LeaseAnswer.Conflict() : new LeaseAnswer.Missing());
        };
    }

    private LeaseAnswer store(LeaseRef lease, LeaseDraft draft, String acquired) {
        String time = "t" + now;
        Map<String, String> annotations = new HashMap<>(draft.annotations());
        annotations.put(ElectorId.RENEWED, time);
        LeaseRecord record = new LeaseRecord(
                "" + version++,
                draft.holderIdentity(),
                draft.leaseDurationSeconds(),
                draft.leaseTransitions(),
                draft.acquires() ? time : acquired,
                time,
                annotations);
        leases.put(lease, record);
        machines.forEach(machine -> machine.told(lease, record));
        return new LeaseAnswer.Found(record);
    }

    void outage(boolean begins) {
        outage = begins;
        shown();
    }

    void forget(LeaseRef lease) {
        leases.remove(lease);
    }

    Set<LeaseRef> leases() {
        return leases.keySet();
    }
}
