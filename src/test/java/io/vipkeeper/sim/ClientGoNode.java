package io.vipkeeper.sim;

import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.vipkeeper.lease.LeaseAnswer;
import io.vipkeeper.lease.LeaseDraft;
import io.vipkeeper.lease.LeaseRecord;

import static io.vipkeeper.sim.World.MILLI;
import static io.vipkeeper.sim.World.SECOND;

/**
 * A machine that runs an elector as client-go has it, with ReleaseOnCancel, and does with the address what kube-vip does:
 * on when leading begins, off in the stop callback, which comes after the release. What such an elector does to its own
 * cluster when it is killed or paused is left out: its crash is a power loss, and it is never paused.
 */
final class ClientGoNode implements Machine {
    static final String KIND = "kube-";
    private static final long LEASE = 5 * SECOND;
    private static final long RENEW_DEADLINE = 3 * SECOND;
    private static final long RETRY = SECOND;

    private final World world;
    private final SimApi api;
    private final String name;
    private final SimClock clock;
    private Optional<LeaseRecord> observed = Optional.empty();
    private long observedAt;
    private boolean answers;
    private boolean alive;
    private boolean leading;
    private boolean cut;
    private boolean released;
    private boolean displaced;
    private long life;

    ClientGoNode(World world, SimApi api, String name) {
        this.world = world;
        this.api = api;
        this.name = name;
        clock = SimClock.random(world);
        api.watch(record -> displaced |= leading
                && record.filter(now -> ofThisKind(now.holderIdentity())).isPresent());
    }

    private boolean ofThisKind(String holder) {
        return holder.startsWith(KIND) && !holder.equals(name);
    }

    @Override
    public void start() {
        if (!alive) {
            alive = true;
            released = false;
            displaced = false;
            life++;
            answers = false;
            observed = Optional.empty();
            acquire();
        }
    }

    private void acquire() {
        attempt(clock.now() + RENEW_DEADLINE, won -> {
            if (won) {
                leading = true;
                later(world.between(0, 50 * MILLI), () -> answers = leading);
                later(RETRY, this::renew);
            } else {
                later(world.between(RETRY, (long) (RETRY * 2.2)), this::acquire);
            }
        });
    }

    private void renew() {
        pollUntil(clock.now() + RENEW_DEADLINE);
    }

    private void pollUntil(long deadline) {
        attempt(deadline, renewed -> {
            if (renewed) {
                later(RETRY, this::renew);
            } else if (clock.now() + RETRY < deadline) {
                later(RETRY, () -> pollUntil(deadline));
            } else {
                later(clock.toTrue(Math.max(0, deadline - clock.now())), () -> release(this::stoppedLeading));
            }
        });
    }

    /** Releases first; only then, or when a whole renew deadline has passed, the stop callback runs. */
    private void release(Runnable afterwards) {
        long deadline = clock.now() + RENEW_DEADLINE;
        call(api::read, deadline, answer -> {
            if (answer instanceof LeaseAnswer.Found(LeaseRecord record)
                    && record.holderIdentity().equals(name)) {
                LeaseDraft draft = new LeaseDraft("", 1, record.leaseTransitions(), true, Map.of());
                call(
                        () -> {
                            LeaseAnswer answered = api.replace(record, draft, clock.wall());
                            released = answered instanceof LeaseAnswer.Found;
                            return answered;
                        },
                        deadline,
                        over -> afterwards.run());
            } else {
                afterwards.run();
            }
        });
    }

    private void stoppedLeading() {
        leading = false;
        answers = false;
        alive = false;
        life++;
        world.after(world.between(SECOND, 4 * SECOND), this::start);
    }

    /** One tryAcquireOrRenew: get, compare, write. */
    private void attempt(long deadline, Consumer<Boolean> done) {
        call(api::read, deadline, answer -> {
            switch (answer) {
                case LeaseAnswer.Found(LeaseRecord record) -> compare(record, deadline, done);
                case LeaseAnswer.Missing missing ->
                    call(() -> api.create(draft(0), clock.wall()), deadline, created -> written(created, done));
                case LeaseAnswer.Conflict conflict -> done.accept(false);
                case LeaseAnswer.Failed failed -> done.accept(false);
            }
        });
    }

    private void compare(LeaseRecord record, long deadline, Consumer<Boolean> done) {
        if (observed.filter(known -> same(known, record)).isEmpty()) {
            observed = Optional.of(record);
            observedAt = clock.now();
        }
        boolean valid = observedAt + Math.max(0, record.leaseDurationSeconds()) * SECOND > clock.now();
        boolean own = record.holderIdentity().equals(name);
        if (!record.isFree() && valid && !own) {
            done.accept(false);
            return;
        }
        int transitions = record.leaseTransitions() + (own ? 0 : 1);
        call(() -> api.replace(record, draft(transitions), clock.wall()), deadline, put -> written(put, done));
    }

    private void written(LeaseAnswer answer, Consumer<Boolean> done) {
        if (answer instanceof LeaseAnswer.Found(LeaseRecord record)) {
            observed = Optional.of(record);
            observedAt = clock.now();
            done.accept(true);
        } else {
            done.accept(false);
        }
    }

    private LeaseDraft draft(int transitions) {
        return new LeaseDraft(name, (int) (LEASE / SECOND), transitions, !leading, Map.of());
    }

    private static boolean same(LeaseRecord one, LeaseRecord other) {
        return one.holderIdentity().equals(other.holderIdentity())
                && one.renewTime().equals(other.renewTime())
                && one.leaseTransitions() == other.leaseTransitions();
    }

    /** A request that ends, at the latest, at the deadline of its context. */
    private void call(Supplier<LeaseAnswer> applied, long deadline, Consumer<LeaseAnswer> done) {
        boolean[] over = {false};
        Consumer<LeaseAnswer> once = answer -> {
            if (!over[0]) {
                over[0] = true;
                done.accept(answer);
            }
        };
        long mine = life;
        api.request(new SimApi.Caller(name, () -> cut, () -> true), applied, answer -> {
            if (mine == life) {
                once.accept(answer);
            }
        });
        later(clock.toTrue(Math.max(0, deadline - clock.now())), () -> once.accept(new LeaseAnswer.Conflict()));
    }

    private void later(long nanos, Runnable what) {
        long mine = life;
        world.after(nanos, () -> {
            if (mine == life) {
                what.run();
            }
        });
    }

    @Override
    public void crash() {
        powerOff();
    }

    @Override
    public void powerOff() {
        alive = false;
        leading = false;
        answers = false;
        life++;
    }

    @Override
    public void pause(long nanos) {
        // See the class comment.
    }

    /** The release and the removal of the address run side by side. */
    @Override
    public void stop() {
        if (!alive) {
            return;
        }
        boolean led = leading;
        life++;
        leading = false;
        later(world.between(0, 300 * MILLI), () -> answers = false);
        if (led) {
            release(() -> {});
        }
        long mine = life;
        world.after(RENEW_DEADLINE, () -> {
            if (mine == life) {
                powerOff();
            }
        });
    }

    @Override
    public void cutFromApi(boolean now) {
        cut = now;
    }

    @Override
    public void deafenWatch(boolean deaf) {
        // It has no watch.
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean answers() {
        return answers;
    }

    /**
     * client-go releases first and stops then; if the answer is lost, a whole renew deadline later. And when its requests
     * hang, another of its kind may lead before it stops.
     */
    @Override
    public boolean outlivesItsRight() {
        return released || displaced;
    }

    @Override
    public boolean keeper() {
        return false;
    }

    @Override
    public boolean well() {
        return alive;
    }
}
