package io.vipkeeper.pipeline;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.Cancellable;
import io.smallrye.mutiny.subscription.MultiEmitter;
import org.jboss.logging.Logger;

import io.vipkeeper.grant.Peers;
import io.vipkeeper.keeper.Keeper;
import io.vipkeeper.keeper.KeeperAction;
import io.vipkeeper.keeper.KeeperEvent;
import io.vipkeeper.keeper.KeeperState;
import io.vipkeeper.keeper.KeeperStatus;
import io.vipkeeper.keeper.KeeperStep;
import io.vipkeeper.keeper.Observer;
import io.vipkeeper.lease.LeaseStore;
import io.vipkeeper.vip.VipAction;

/**
 * The one stream: events from every source are merged, folded through the core on one thread, and the actions handed to
 * the effects, whose outcomes come back as events.
 *
 * <p>A stream that fails is over, so a failure ends the process: the addresses are taken off at once, and the kernel's
 * lifetimes stand behind that.
 */
public final class KeeperPipeline {
    private static final Logger LOG = Logger.getLogger(KeeperPipeline.class);

    /** Probes see that the pipeline turns, so it turns even when nothing is due. */
    private static final long LONGEST_SLEEP_NANOS = 500_000_000L;

    /** Of a broken pipeline. */
    private static final long LONGEST_END_SECONDS = 2;

    private static final long SHORTEST_SLEEP_NANOS = 200_000L;

    private final Keeper keeper;
    private final LongSupplier clock;
    private final Audience audience;
    private final PipelineThreads threads;
    private final ActionRunner actions;
    private final Pauses pauses;
    private final CompletableFuture<Void> finished = new CompletableFuture<>();
    private final AtomicBoolean broken = new AtomicBoolean();
    private volatile MultiEmitter<? super KeeperEvent> inbox;
    private volatile Cancellable stream;
    private volatile Turned turned;
    private volatile KeeperEvent lastEvent;
    private ScheduledFuture<?> wake;

    /** What the last step has left behind, and when; what that means is found out once, if anybody asks. */
    private final class Turned {
        private final KeeperState state;
        private final long atNanos;
        private volatile KeeperStatus status;

        Turned(KeeperState state, long atNanos) {
            this.state = state;
            this.atNanos = atNanos;
        }

        KeeperState state() {
            return state;
        }

        KeeperStatus status() {
            if (status == null) {
                status = keeper.status(state, atNanos);
            }
            return status;
        }
    }

    /**
     * @param clock nanoseconds, monotonic, the same that {@code effects} has
     * @param observers called on a thread of their own, after the actions of a step were handed on
     */
    public KeeperPipeline(
            Keeper keeper,
            LeaseStore store,
            AddressEffects effects,
            Peers peers,
            LongSupplier clock,
            List<Observer> observers,
            PipelineThreads threads) {
        this.keeper = keeper;
        this.clock = clock;
        audience = new Audience(observers, threads.audience(), this::status, this::broke);
        this.threads = threads;
        actions = new ActionRunner(store, effects, peers, threads, this::tell, this::broke);
        pauses = new Pauses(clock.getAsLong());
        long now = clock.getAsLong();
        turned = new Turned(keeper.initial(now), now);
    }

    /** Begins; {@code sources} are subscribed to until the end. */
    public void start(List<Multi<KeeperEvent>> sources) {
        Multi<KeeperEvent> own = Multi.createFrom().emitter(emitter -> inbox = emitter, BackPressureStrategy.BUFFER);
        stream = Multi.createBy()
                .merging()
                .withConcurrency(sources.size() + 1)
                .streams(Stream.concat(Stream.of(own), sources.stream()).toList())
                .emitOn(threads.turns())
                .onItem()
                .transform(this::turn)
                .subscribe()
                .with(this::carryOut, this::broke, () -> broke(new IllegalStateException("the event stream ended")));
        tell(new KeeperEvent.Tick());
    }

    /** Hands the core one event, from any thread. */
    public void tell(KeeperEvent event) {
        inbox.emit(event);
    }

    /**
     * Completes when everything is given back after a {@link KeeperEvent.Stop}; exceptionally when the pipeline broke.
     */
    public CompletableFuture<Void> finished() {
        return finished;
    }

    /** The state after the last step; from any thread. */
    public KeeperStatus status() {
        return turned.status();
    }

    /** How late a step came at the worst in the last five to ten minutes, in nanoseconds; from any thread. */
    public long longestPauseNanos() {
        return pauses.longest(clock.getAsLong());
    }

    /**
     * Has the kernel's thread walk the path of a bind once, without an effect; nothing while an address is on or about
     * to be. From any thread, at once.
     */
    public void rehearse() {
        if (turned.state().vip().noneBound()) {
            actions.rehearse();
        }
    }

    /** Takes the addresses off without asking the core. For a process that cannot wait for it any longer. */
    public void unbindNow() {
        turned.state().vip().entries().keySet().forEach(vip -> actions.onVip(new VipAction.Unbind(vip)));
    }

    private KeeperStep turn(KeeperEvent event) {
        long now = clock.getAsLong();
        KeeperState state = turned.state();
        KeeperStep step;
        lastEvent = event;
        try {
            step = keeper.step(state, event, now);
        } catch (RuntimeException | Error e) {
            throw new Fault.Thrown("step", event, e);
        }
        turned = new Turned(step.state(), now);
        sleepUntil(step.wakeAtNanos(), now);
        return step;
    }

    private void carryOut(KeeperStep step) {
        step.actions().forEach(this::perform);
        audience.tell(step);
        if (step.actions().contains(new KeeperAction.Finished())) {
            audience.afterwards(() -> finished.complete(null));
        }
    }

    private void perform(KeeperAction action) {
        try {
            actions.perform(action);
        } catch (RuntimeException | Error e) {
            throw new Fault.Thrown("action", action, e);
        }
    }

    private void sleepUntil(long wakeAt, long now) {
        if (wake != null) {
            wake.cancel(false);
        }
        long pause = Math.clamp(wakeAt - now, SHORTEST_SLEEP_NANOS, LONGEST_SLEEP_NANOS);
        wake = threads.turns()
                .schedule(
                        ActionRunner.guarded("source", "the timer", () -> woke(now + pause), this::broke),
                        pause,
                        TimeUnit.NANOSECONDS);
    }

    private void woke(long due) {
        long now = clock.getAsLong();
        pauses.note(now - due, now);
        tell(new KeeperEvent.Tick());
    }

    /** Any thread; the first failure is told, and what follows from it is not. */
    private void broke(Throwable failure) {
        if (!broken.compareAndSet(false, true)) {
            return;
        }
        Fault fault = Fault.of(failure);
        LOG.errorf(
                fault.cause(),
                "pipeline failed: the addresses are taken off and the process ends %s",
                fault.line(lastEvent, turned.state()));
        Cancellable running = stream;
        if (running != null) {
            running.cancel();
        }
        unbindNow();
        // A step that was being made meanwhile may have asked for a bind after that.
        threads.turns().execute(() -> {
            unbindNow();
            threads.kernel().execute(() -> finished.completeExceptionally(failure));
        });
        // A thread that hangs must not keep a broken process alive: the kernel ends the addresses by itself.
        CompletableFuture.delayedExecutor(LONGEST_END_SECONDS, TimeUnit.SECONDS)
                .execute(() -> finished.completeExceptionally(failure));
    }
}
