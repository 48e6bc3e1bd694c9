package io.vipkeeper.sim;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.vipkeeper.lease.ApiFailure;
import io.vipkeeper.lease.LeaseAction;
import io.vipkeeper.lease.LeaseAnswer;
import io.vipkeeper.lease.LeaseDraft;
import io.vipkeeper.lease.LeaseEvent;
import io.vipkeeper.lease.LeaseRecord;

import static io.vipkeeper.sim.World.MILLI;

/** One machine's way to the API server: requests with a time-out, and a watch. */
final class SimClient {
    private static final long TIMEOUT = 1_100 * MILLI;

    private final World world;
    private final SimApi api;
    private final String name;
    private final SimClock clock;
    boolean cut;
    boolean deaf;
    /** Its API server answers 403 to everything. */
    boolean refused;

    SimClient(Cluster cluster, String name, SimClock clock) {
        this.name = name;
        world = cluster.world();
        api = cluster.api();
        this.clock = clock;
    }

    /** Calls back once, or twice: an answer that comes after the time-out is delivered all the same, as after a pause. */
    void send(LeaseAction action, BooleanSupplier waiting, Consumer<LeaseAnswer> answered) {
        AtomicBoolean inTime = new AtomicBoolean();
        Consumer<LeaseAnswer> here = answer -> {
            inTime.set(true);
            answered.accept(answer);
        };
        if (refused) {
            world.after(world.between(MILLI, 8 * MILLI), () -> {
                if (!cut && !api.down) {
                    here.accept(new LeaseAnswer.Failed(ApiFailure.FORBIDDEN, "simulated"));
                }
            });
        } else {
            api.request(new SimApi.Caller(name, () -> cut, waiting), applied(action), here);
        }
        world.after(clock.toTrue(TIMEOUT), () -> {
            if (!inTime.get()) {
                answered.accept(new LeaseAnswer.Failed(ApiFailure.TIMEOUT, "simulated"));
            }
        });
    }

    private Supplier<LeaseAnswer> applied(LeaseAction action) {
        return switch (action) {
            case LeaseAction.Read read -> api::read;
            case LeaseAction.Create(long request, LeaseDraft draft) -> () -> api.create(draft, clock.wall());
            case LeaseAction.Replace(long request, LeaseRecord base, LeaseDraft draft) ->
                () -> api.replace(base, draft, clock.wall());
        };
    }

    /** What the watch says of a change, if it says anything. */
    void watched(Optional<LeaseRecord> record, BooleanSupplier waiting, Consumer<LeaseEvent> seen) {
        if (cut || deaf || refused || api.down) {
            return;
        }
        LeaseEvent event = record.<LeaseEvent>map(LeaseEvent.Seen::new).orElse(new LeaseEvent.Gone());
        long delay = world.sharp ? MILLI / 10 : world.between(MILLI, 20 * MILLI);
        world.message(delay, name, false, waiting, () -> seen.accept(event));
    }
}
