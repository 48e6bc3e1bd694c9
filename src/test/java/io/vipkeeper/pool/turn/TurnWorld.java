package io.vipkeeper.pool.turn;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;

import io.vipkeeper.pool.Address;
import io.vipkeeper.pool.Family;
import io.vipkeeper.pool.Pools;
import io.vipkeeper.pool.ledger.Allocation;
import io.vipkeeper.pool.ledger.FamilyPolicy;
import io.vipkeeper.pool.ledger.Grant;
import io.vipkeeper.pool.ledger.Port;
import io.vipkeeper.pool.ledger.Reservation;
import io.vipkeeper.pool.ledger.ServiceId;
import io.vipkeeper.pool.turn.TurnEvent.WriteAnswer;

/** Two replicas, an API server that loses and delays, and people who create, change and delete Services. */
final class TurnWorld {
    private static final long BOUND = 50;
    private static final int TROUBLED = 12_000;
    private static final int END = 24_000;
    private static final Map<String, String> POOL = Map.of(
            "cidr-global", "192.0.2.0/28,2001:db8::/125",
            "allow-share-web", "true");
    private static final Map<Address, Reservation> RESERVED = Map.of(
            address("192.0.2.3"), new Reservation("Node a", Set.of()),
            address("2001:db8::1"), new Reservation("Node a", Set.of()));

    /**
     * How bad it is.
     *
     * @param overlap whether the one before goes on for a while when another takes over, and its writes come late
     * @param edits whether people change Services
     */
    record Trouble(boolean overlap, boolean edits) {}

    private record Timed(long at, long order, Runnable what) {}

    private final class Replica {
        final AllocationTurn turn = new AllocationTurn();
        final Map<ServiceId, Allocation> said = new HashMap<>();
        int seen;
        long until = -1;
        long term;

        void tell(TurnEvent event) {
            for (TurnEvent one : wrong.apply(event)) {
                turn.step(one, now).forEach(this::act);
            }
        }

        private void act(TurnAction action) {
            switch (action) {
                case TurnAction.ListAll(long asked) -> {
                    if (random.nextInt(10) > 0) {
                        after(1 + random.nextInt(20), () -> {
                            TurnEvent.Listed all = api.listAt(asked, api.history.size());
                            after(1 + random.nextInt(20), () -> tell(all));
                        });
                    }
                }
                case TurnAction.Write write -> write(write);
                case TurnAction.ReadBack(ServiceId id, String uid) -> {
                    if (random.nextInt(10) > 0) {
                        after(1 + random.nextInt(20), () -> readBack(id, uid));
                    }
                }
                case TurnAction.Report report -> said.put(report.id(), report.verdict());
            }
        }

        private void readBack(ServiceId id, String uid) {
            Applicant found = api.now.get(id);
            after(
                    1 + random.nextInt(20),
                    () -> tell(found == null ? new TurnEvent.Deleted(id, uid) : new TurnEvent.Read(found)));
        }

        private void write(TurnAction.Write write) {
            api.attempt(write.write());
            boolean sent = now + BOUND <= write.untilNanos() && random.nextInt(20) > 0;
            int late = trouble.overlap() && random.nextInt(10) == 0 ? 400 : 0;
            long there = 1 + random.nextInt(20) + late;
            if (sent) {
                after(there, () -> {
                    WriteAnswer answer = stored(write.write());
                    if (late == 0 && random.nextInt(10) > 0) {
                        after(1 + random.nextInt(20), () -> tell(new TurnEvent.Answered(write.request(), answer)));
                    }
                });
            }
            after(BOUND, () -> tell(new TurnEvent.Answered(write.request(), new WriteAnswer.Lost())));
        }

        void watch() {
            if (random.nextInt(40) == 0) {
                // A watch that begins anew, with a list that may be older than what was seen.
                seen = Math.max(0, seen - random.nextInt(5));
                tell(api.listAt(-1, seen));
            }
            for (int i = random.nextInt(6); i > 0 && seen < api.history.size(); i--) {
                TurnApi.Entry entry = api.history.get(seen++);
                Applicant shown = entry.applicant();
                tell(entry.deleted() ? new TurnEvent.Deleted(shown.id(), shown.uid()) : new TurnEvent.Changed(shown));
            }
            // Some watches hang for a while.
            after(1 + random.nextInt(random.nextInt(50) == 0 ? 3_000 : 30), this::watch);
        }

        void tick() {
            if (term > 0 && now < until) {
                tell(new TurnEvent.InCharge(term, until));
            } else if (term > 0) {
                term = 0;
                tell(new TurnEvent.NotInCharge());
            }
            tell(new TurnEvent.Tick());
            after(100, this::tick);
        }
    }

    private final Random random;
    private final Trouble trouble;
    private final Function<TurnEvent, List<TurnEvent>> wrong;
    private final PriorityQueue<Timed> queue =
            new PriorityQueue<>(java.util.Comparator.comparingLong(Timed::at).thenComparingLong(Timed::order));
    private final TurnApi api = new TurnApi();
    private final Set<ServiceId> edited = new HashSet<>();
    private final List<Replica> replicas;
    private Replica holder;
    private long now;
    private long orders;
    private long terms;
    private int births;
    private boolean twice;
    private Optional<String> violation = Optional.empty();

    /** @param wrong what a replica understands of what it is told; as it is told for one that works */
    TurnWorld(long seed, Trouble trouble, Function<TurnEvent, List<TurnEvent>> wrong) {
        this.random = new Random(seed);
        this.trouble = trouble;
        this.wrong = wrong;
        this.replicas = List.of(new Replica(), new Replica());
    }

    /** What went wrong. */
    Optional<String> run() {
        for (Replica replica : replicas) {
            replica.tell(new TurnEvent.PoolsRead(Pools.read(POOL)));
            replica.tell(new TurnEvent.Reserved(RESERVED));
            replica.watch();
            replica.tick();
        }
        people();
        handOver();
        while (!queue.isEmpty() && queue.peek().at() < END && violation.isEmpty()) {
            Timed next = queue.poll();
            now = next.at();
            next.what().run();
        }
        return violation.or(this::atTheEnd);
    }

    private void after(long millis, Runnable what) {
        queue.add(new Timed(now + millis, orders++, what));
    }

    private void handOver() {
        long length = now < TROUBLED ? 300 + random.nextInt(3_000) : END;
        long beyond = trouble.overlap() && now < TROUBLED ? random.nextInt(1_500) : 0;
        Replica next = replicas.get((int) (++terms % 2));
        next.term = terms;
        next.until = now + length + beyond;
        holder = next;
        next.tell(new TurnEvent.InCharge(next.term, next.until));
        after(length, this::handOver);
    }

    /** Stores it, and looks whether an address is given a second time while only one may decide. */
    private WriteAnswer stored(AddressWrite write) {
        Applicant before = api.now.get(write.id());
        boolean hadChosen = before != null
                && !TurnApi.settled(before).isEmpty()
                && TurnApi.settled(before).stream().allMatch(Grant::isChosen);
        WriteAnswer answer = api.write(write);
        if (answer instanceof WriteAnswer.Stored) {
            if (write.grants().stream().anyMatch(grant -> RESERVED.containsKey(grant.address()))) {
                fail("a Node's address went to " + write.id());
            }
            if (trouble.overlap()) {
                twice |= api.givenTwice().isPresent();
            }
            if (!trouble.edits()) {
                judge(before, write, hadChosen);
            }
        }
        return answer;
    }

    private void judge(Applicant before, AddressWrite write, boolean hadChosen) {
        if (!trouble.overlap()) {
            api.givenTwice().ifPresent(this::fail);
        }
        boolean lostToAnOlder =
                hadChosen && TurnApi.settled(before).stream().anyMatch(grant -> api.hadAnOlder(grant, before));
        if (hadChosen && !(trouble.overlap() && lostToAnOlder)) {
            fail(write.id() + " had " + before.texts().annotation() + " and was given " + write.annotation());
        }
    }

    /** Whether an address ever was given twice. */
    boolean sawTwice() {
        return twice;
    }

    private void fail(String what) {
        violation = Optional.of("at " + now + " ms: " + what);
    }

    private void people() {
        if (now > TROUBLED) {
            return;
        }
        List<ServiceId> all = new ArrayList<>(api.now.keySet());
        int what = random.nextInt(10);
        if (all.size() < 5 || what < 5 && all.size() < 24) {
            create();
        } else if (what < 8 || !trouble.edits()) {
            api.delete(all.get(random.nextInt(all.size())));
        } else {
            edit(api.now.get(all.get(random.nextInt(all.size()))));
        }
        after(1 + random.nextInt(150), this::people);
    }

    private void create() {
        int number = ++births;
        boolean dual = random.nextInt(4) == 0;
        ServiceId id = new ServiceId(random.nextBoolean() ? "web" : "shop", "s" + random.nextInt(40));
        if (api.now.containsKey(id)) {
            return;
        }
        // Some are created in the same second.
        api.put(new Applicant(
                id,
                "uid-" + number,
                Long.toString(++api.version),
                Instant.ofEpochSecond(number / 3),
                Applicant.Stage.WANTS,
                dual ? List.of(Family.IPV6, Family.IPV4) : List.of(Family.IPV4),
                dual ? FamilyPolicy.REQUIRE_DUAL_STACK : FamilyPolicy.SINGLE_STACK,
                Set.of(new Port("TCP", 80 + random.nextInt(3))),
                Services.NOTHING,
                Set.of()));
    }

    private void edit(Applicant applicant) {
        edited.add(applicant.id());
        long next = ++api.version;
        String address = "192.0.2." + random.nextInt(18);
        api.put(
                switch (random.nextInt(3)) {
                    case 0 -> Services.with(applicant, next, Set.of(new Port("TCP", 80 + random.nextInt(3))));
                    case 1 -> Services.with(applicant, next, new Applicant.Texts(address, "", "", false));
                    default -> Services.with(applicant, next, Services.NOTHING);
                });
    }

    private Optional<String> atTheEnd() {
        // Who lost an address and finds no other is told so.
        Optional<String> twice = api.givenTwice(one -> !(holder.said.get(one.id()) instanceof Allocation.Exhausted));
        if (twice.isPresent()) {
            return twice.map(what -> "at the end " + what);
        }
        Set<Address> inUse = new HashSet<>(RESERVED.keySet());
        api.now.values().forEach(one -> Reading.of(one.texts())
                .inUse(one, List.of())
                .forEach(grant -> inUse.add(grant.address())));
        boolean room = inUse.stream().filter(a -> !a.ipv6()).count() < 15;
        for (Applicant applicant : api.now.values()) {
            boolean dual = applicant.policy() == FamilyPolicy.REQUIRE_DUAL_STACK;
            boolean untouched = !edited.contains(applicant.id());
            boolean served = TurnApi.settled(applicant).size() >= (dual && untouched ? 2 : 1);
            if (!served && untouched && !dual && room) {
                return Optional.of("at the end " + applicant.id() + " has nothing though there is room");
            }
            if (!served
                    && !(holder.said.get(applicant.id()) instanceof Allocation.Exhausted)
                    && !(holder.said.get(applicant.id()) instanceof Allocation.Refused)) {
                return Optional.of("at the end " + applicant.id() + " has nothing and nobody said so");
            }
        }
        return Optional.empty();
    }

    private static Address address(String text) {
        return Address.parse(text).orElseThrow();
    }
}
