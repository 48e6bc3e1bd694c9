package io.vipkeeper.sim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.vipkeeper.lease.ApiFailure;
import io.vipkeeper.lease.ElectorId;
import io.vipkeeper.lease.LeaseAnswer;
import io.vipkeeper.lease.LeaseDraft;
import io.vipkeeper.lease.LeaseRecord;

import static io.vipkeeper.sim.World.MILLI;
import static io.vipkeeper.sim.World.SECOND;

/** One Lease behind an API server whose answers are slow, lost, doubled or refused. Writes are linearized. */
final class SimApi {
    private final World world;
    private final List<Consumer<Optional<LeaseRecord>>> watchers = new ArrayList<>();
    private Optional<LeaseRecord> stored = Optional.empty();
    private long version = 100;
    boolean down;
    double trouble;

    SimApi(World world) {
        this.world = world;
    }

    Optional<LeaseRecord> stored() {
        return stored;
    }

    void watch(Consumer<Optional<LeaseRecord>> watcher) {
        watchers.add(watcher);
    }

    /**
     * @param cut whether nothing passes between this node and the server at the moment
     * @param waits whether anybody is left to hear an answer
     */
    record Caller(String node, BooleanSupplier cut, BooleanSupplier waits) {}

    /** Sends a request over a connection that may be cut; answers at most twice. */
    void request(Caller caller, Supplier<LeaseAnswer> applied, Consumer<LeaseAnswer> answered) {
        if (down) {
            world.after(2 * MILLI, () -> answered.accept(failed(ApiFailure.UNREACHABLE)));
            return;
        }
        boolean troubled = world.chance(trouble);
        boolean requestLost = caller.cut.getAsBoolean() || troubled && world.chance(0.3);
        if (requestLost) {
            return;
        }
        if (troubled && world.chance(0.2)) {
            world.after(5 * MILLI, () -> answered.accept(failed(ApiFailure.SERVER_ERROR)));
            return;
        }
        world.message(latency(troubled), "API server", true, () -> true, () -> {
            LeaseAnswer answer = applied.get();
            boolean answerLost = caller.cut.getAsBoolean() || troubled && world.chance(0.3);
            if (!answerLost) {
                world.message(latency(troubled), caller.node, true, caller.waits, () -> answered.accept(answer));
            }
            if (troubled && world.chance(0.1)) {
                world.after(latency(true), () -> answered.accept(answer));
            }
        });
    }

    private long latency(boolean troubled) {
        if (troubled && world.chance(0.5)) {
            return world.between(50 * MILLI, 6 * SECOND);
        }
        return world.sharp ? MILLI / 20 : world.between(MILLI, 8 * MILLI);
    }

    private static LeaseAnswer failed(ApiFailure cause) {
        return new LeaseAnswer.Failed(cause, "simulated");
    }

    LeaseAnswer read() {
        return stored.<LeaseAnswer>map(LeaseAnswer.Found::new).orElse(new LeaseAnswer.Missing());
    }

    LeaseAnswer create(LeaseDraft draft, long wallNanos) {
        return stored.isPresent() ? new LeaseAnswer.Conflict() : store(merged(Map.of(), "", draft, wallNanos));
    }

    LeaseAnswer replace(LeaseRecord base, LeaseDraft draft, long wallNanos) {
        if (stored.isEmpty()) {
            return new LeaseAnswer.Missing();
        }
        LeaseRecord known = stored.get();
        return known.resourceVersion().equals(base.resourceVersion())
                ? store(merged(known.annotations(), known.acquireTime(), draft, wallNanos))
                : new LeaseAnswer.Conflict();
    }

    private static LeaseRecord merged(
            Map<String, String> annotations, String acquireTime, LeaseDraft draft, long wallNanos) {
        Map<String, String> all = new HashMap<>(annotations);
        all.putAll(draft.annotations());
        String now = Long.toString(wallNanos / 1000);
        if (!draft.annotations().isEmpty()) {
            all.put(ElectorId.RENEWED, now);
        }
        return new LeaseRecord(
                "",
                draft.holderIdentity(),
                draft.leaseDurationSeconds(),
                draft.leaseTransitions(),
                draft.acquires() ? now : acquireTime,
                now,
                all);
    }

    /** Stores what somebody wrote, as the next version. */
    LeaseAnswer store(LeaseRecord record) {
        LeaseRecord next = new LeaseRecord(
                Long.toString(++version),
                record.holderIdentity(),
                record.leaseDurationSeconds(),
                record.leaseTransitions(),
                record.acquireTime(),
                record.renewTime(),
                record.annotations());
        stored = Optional.of(next);
        watchers.forEach(watcher -> watcher.accept(stored));
        return new LeaseAnswer.Found(next);
    }

    /** Somebody changes the object and nothing that the election reads: a label, for instance. */
    void touch() {
        stored.ifPresent(this::store);
    }

    void delete() {
        stored = Optional.empty();
        watchers.forEach(watcher -> watcher.accept(stored));
    }
}
