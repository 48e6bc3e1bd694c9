package io.vipkeeper.pipeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

import org.jboss.logging.Logger;

import io.vipkeeper.lease.ApiFailure;
import io.vipkeeper.lease.LeaseAction;
import io.vipkeeper.lease.LeaseAnswer;
import io.vipkeeper.lease.LeaseEvent;
import io.vipkeeper.lease.LeaseStore;
import io.vipkeeper.service.ServiceAction;
import io.vipkeeper.service.ServiceEvent;
import io.vipkeeper.service.ServiceKeeper;
import io.vipkeeper.service.ServiceStep;
import io.vipkeeper.service.StatusAnswer;
import io.vipkeeper.service.StatusDraft;
import io.vipkeeper.service.plan.LeaseRef;
import io.vipkeeper.service.plan.Notice;
import io.vipkeeper.service.plan.Placement;
import io.vipkeeper.vip.VipAction;
import io.vipkeeper.vip.VirtualIp;

/**
 * Runs the core for Services beside the one for the control plane, on threads of its own: one makes every step, one
 * talks to the kernel, a few to the API server, others of them for Leases than for statuses. What comes of an action
 * comes back as an event.
 *
 * <p>If the core fails the addresses are taken off at once, and the kernel's lifetimes stand behind that.
 */
public final class ServicePipeline {
    private static final Logger LOG = Logger.getLogger(ServicePipeline.class);
    private static final long SHORTEST_SLEEP_NANOS = 200_000L;
    private static final long LONGEST_SLEEP_NANOS = 500_000_000L;

    /** Of a broken pipeline. */
    private static final long LONGEST_END_SECONDS = 2;

    private static final LeaseAnswer TOO_LATE =
            new LeaseAnswer.Failed(ApiFailure.TIMEOUT, "every earlier request still hangs");

    private static final int LEASES_AT_ONCE = 32;
    private static final int STATUSES_AT_ONCE = 8;

    /** Stores of Leases that nobody campaigns for any more are let go when there are this many. */
    private static final int SPARE_STORES = 64;

    private final ServiceKeeper keeper;
    private final Ports ports;
    private final LongSupplier clock;
    private final PipelineThreads threads = PipelineThreads.create("services", 1);
    private final ExecutorService leases = PipelineThreads.queue("services-leases", LEASES_AT_ONCE);
    private final ExecutorService statuses = PipelineThreads.queue("services-statuses", STATUSES_AT_ONCE);
    private final Queue<ServiceEvent> inbox = new ConcurrentLinkedQueue<>();
    private final Map<LeaseRef, LeaseStore> stores = new HashMap<>();
    private final Map<VirtualIp, String> asked = new HashMap<>();
    private final CompletableFuture<Void> finished = new CompletableFuture<>();
    private final AtomicBoolean broken = new AtomicBoolean();
    private Map<VirtualIp, Placement> shown = Map.of();
    private ScheduledFuture<?> wake;
    private volatile List<ServiceEvent> lastEvents = List.of();

    /**
     * What the actions are done with.
     *
     * @param stores of each Lease
     * @param patience for a request about a Lease, nanoseconds: one that has waited longer for its turn is not sent
     * @param effects on each interface
     * @param statuses blocks for one request
     * @param notices at once
     * @param placements told of the addresses that are wanted and of their interfaces whenever those change; at once
     */
    public record Ports(
            Function<LeaseRef, LeaseStore> stores,
            long patience,
            Function<String, AddressEffects> effects,
            Function<StatusDraft, StatusAnswer> statuses,
            Consumer<Notice> notices,
            Consumer<Map<VirtualIp, String>> placements) {}

    /** @param clock nanoseconds, monotonic, the same that the effects have */
    public ServicePipeline(ServiceKeeper keeper, Ports ports, LongSupplier clock) {
        this.keeper = keeper;
        this.ports = ports;
        this.clock = clock;
    }

    /** Hands the core one event, from any thread; those that wait are dealt with in one step. */
    public void tell(ServiceEvent event) {
        inbox.add(event);
        threads.turns().execute(ActionRunner.guarded("step", event, this::turnIfTold, this::broke));
    }

    /** The same, and waits for that step, so that a source is no faster than the core. */
    public void hand(ServiceEvent event) {
        tell(event);
        try {
            threads.turns().submit(() -> {}).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            broke(e.getCause());
        }
    }

    /**
     * Completes when everything is given back after a {@link ServiceEvent.Stop}; exceptionally when the core failed.
     */
    public CompletableFuture<Void> finished() {
        return finished;
    }

    /**
     * Takes every address off without asking the core; one that fails does not keep the others.
     *
     * @return completes when that is done
     */
    public CompletableFuture<Void> unbindNow() {
        return CompletableFuture.runAsync(() -> Map.copyOf(asked).forEach(this::unbind), threads.kernel());
    }

    private void unbind(VirtualIp vip, String nic) {
        try {
            ports.effects().apply(nic).perform(new VipAction.Unbind(vip));
        } catch (RuntimeException | Error e) {
            LOG.warnf("%s may stay on %s until its lifetime ends: %s", vip, nic, e);
        }
    }

    private void turnIfTold() {
        if (!inbox.isEmpty()) {
            turn();
        }
    }

    private void turn() {
        List<ServiceEvent> events = new ArrayList<>();
        for (ServiceEvent next = inbox.poll(); next != null; next = inbox.poll()) {
            events.add(next);
        }
        if (finished.isDone() || broken.get()) {
            return;
        }
        lastEvents = events;
        long now = clock.getAsLong();
        ServiceStep step = keeper.step(events, now);
        step.actions().forEach(this::perform);
        if (keeper.placements() != shown) {
            shown = keeper.placements();
            Map<VirtualIp, String> nics = new HashMap<>();
            shown.forEach((vip, placement) -> nics.put(vip, placement.nic()));
            ports.placements().accept(nics);
        }
        if (stores.size() > keeper.leases().size() + SPARE_STORES) {
            stores.keySet().retainAll(keeper.leases());
        }
        if (wake != null) {
            wake.cancel(false);
        }
        long pause = Math.clamp(step.wakeAtNanos() - now, SHORTEST_SLEEP_NANOS, LONGEST_SLEEP_NANOS);
        wake = threads.turns()
                .schedule(
                        ActionRunner.guarded("source", "the timer", this::turn, this::broke),
                        pause,
                        TimeUnit.NANOSECONDS);
    }

    private void perform(ServiceAction action) {
        switch (action) {
            case ServiceAction.OnLease(LeaseRef lease, LeaseAction wanted) -> onLease(lease, wanted);
            case ServiceAction.OnVip(String nic, VipAction wanted) ->
                threads.kernel().execute(ActionRunner.guarded("action", wanted, () -> onVip(nic, wanted), this::broke));
            case ServiceAction.SetStatus(StatusDraft draft) -> write(draft);
            case ServiceAction.Tell(Notice notice) -> ports.notices().accept(notice);
            case ServiceAction.Finished() -> finished.complete(null);
        }
    }

    private void onVip(String nic, VipAction action) {
        if (broken.get() && !(action instanceof VipAction.Unbind)) {
            return;
        }
        AddressEffects on = ports.effects().apply(nic);
        if (action instanceof VipAction.Bind bind) {
            asked.put(bind.vip(), nic);
        }
        ServiceEvent outcome = new ServiceEvent.FromVip(on.perform(action));
        if (action instanceof VipAction.Unbind unbind) {
            asked.remove(unbind.vip());
        }
        tell(outcome);
    }

    private void onLease(LeaseRef lease, LeaseAction action) {
        LeaseStore store = stores.computeIfAbsent(lease, ports.stores());
        long since = clock.getAsLong();
        leases.execute(ActionRunner.guarded(
                "action",
                action,
                () -> {
                    boolean late = clock.getAsLong() - since > ports.patience();
                    answered(lease, action, late ? TOO_LATE : ActionRunner.ask(store, action));
                },
                this::broke));
    }

    private void answered(LeaseRef lease, LeaseAction action, LeaseAnswer answer) {
        tell(new ServiceEvent.FromLease(lease, new LeaseEvent.Answered(action.request(), answer)));
    }

    private void write(StatusDraft draft) {
        statuses.execute(ActionRunner.guarded(
                "action", draft, () -> written(draft, ports.statuses().apply(draft)), this::broke));
    }

    private void written(StatusDraft draft, StatusAnswer answer) {
        tell(new ServiceEvent.Written(draft.service(), answer));
    }

    /** Any thread; the first failure is told, and what follows from it is not. */
    private void broke(Throwable failure) {
        if (!broken.compareAndSet(false, true)) {
            return;
        }
        Fault fault = Fault.of(failure);
        LOG.errorf(
                fault.cause(),
                "the core for Services failed: their addresses are taken off and the process ends %s",
                fault.line(lastEvents, keeper));
        unbindNow().whenComplete((done, failed) -> finished.completeExceptionally(failure));
        // A thread that hangs must not keep a broken process alive: the kernel ends the addresses by itself.
        CompletableFuture.delayedExecutor(LONGEST_END_SECONDS, TimeUnit.SECONDS)
                .execute(() -> finished.completeExceptionally(failure));
    }
}
