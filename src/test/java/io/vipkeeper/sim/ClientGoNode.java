package io.vipkeeper.sim;

import java.util.function.Consumer;
import java.util.function.Supplier;

import io.vipkeeper.lease.LeaseAnswer;
import io.vipkeeper.lease.LeaseDraft;
import io.vipkeeper.lease.LeaseRecord;
import io.vipkeeper.sim.ClientGoElector.Next;

import static io.vipkeeper.sim.ClientGoElector.LONGEST_ACQUIRE_PAUSE;
import static io.vipkeeper.sim.ClientGoElector.RENEW_DEADLINE;
import static io.vipkeeper.sim.ClientGoElector.RETRY;
import static io.vipkeeper.sim.World.MILLI;
import static io.vipkeeper.sim.World.SECOND;

/**
 * A machine that runs an elector as client-go has it, with ReleaseOnCancel, and does with the address what kube-vip does:
 * on when leading begins, off in the stop callback, which comes after the release. What such an elector does to its own
 * cluster when it is killed or paused is left out: its crash is a power loss, and it is never paused.
 */
final class ClientGoNode implements Machine {
    static final String KIND = "kube-";

    private final World world;
    private final SimApi api;
    private final String name;
    private final SimClock clock;
    private ClientGoElector elector;
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
            elector = new ClientGoElector(name);
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
                later(world.between(RETRY, LONGEST_ACQUIRE_PAUSE), this::acquire);
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
        call(api::read, deadline, answer -> elector.release(answer)
                .ifPresentOrElse(
                        release -> call(() -> stored(release), deadline, over -> afterwards.run()), afterwards));
    }

    private LeaseAnswer stored(Next.Replace release) {
        LeaseAnswer answer = api.replace(release.base(), release.draft(), clock.wall());
        released = answer instanceof LeaseAnswer.Found;
        return answer;
    }

    private void stoppedLeading() {
        leading = false;
        answers = false;
        alive = false;
        life++;
        world.after(world.between(SECOND, 4 * SECOND), this::start);
    }

    private void attempt(long deadline, Consumer<Boolean> done) {
        go(elector.begin(clock.now()), deadline, done);
    }

    private void go(Next next, long deadline, Consumer<Boolean> done) {
        Consumer<LeaseAnswer> answered = answer -> go(elector.answered(answer, clock.now()), deadline, done);
        switch (next) {
            case Next.Done(boolean won) -> done.accept(won);
            case Next.Read read -> call(api::read, deadline, answered);
            case Next.Create(LeaseDraft draft) -> call(() -> api.create(draft, clock.wall()), deadline, answered);
            case Next.Replace(LeaseRecord base, LeaseDraft draft) ->
                call(() -> api.replace(base, draft, clock.wall()), deadline, answered);
        }
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
