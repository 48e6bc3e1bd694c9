package io.vipkeeper.pipeline;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
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
import io.vipkeeper.vip.VipAction;
import io.vipkeeper.vip.VirtualIp;

/**
 * Runs the core for Services beside the one for the control plane, on threads of its own: one makes every step, one
 * talks to the kernel, a few to the API server. What comes of an action comes back as an event.
 *
 * <p>If the core fails the addresses are taken off at once, and the kernel's lifetimes stand behind that.
 */
public final class ServicePipeline {
    private static final Logger LOG = Logger.getLogger(ServicePipeline.class);
    private static final long SHORTEST_SLEEP_NANOS = 200_000L;
    private static final long LONGEST_SLEEP_NANOS = 500_000_000L;
    private static final int REQUESTS_AT_ONCE = 32;

    private final ServiceKeeper keeper;
    private final Ports ports;
    private final LongSupplier clock;
    private final PipelineThreads threads = PipelineThreads.create("services", REQUESTS_AT_ONCE);
    private final Map<LeaseRef, LeaseStore> stores = new HashMap<>();
    private final Map<VirtualIp, String> asked = new HashMap<>();
    private final CompletableFuture<Void> finished = new CompletableFuture<>();
    private ScheduledFuture<?> wake;
    private volatile ServiceEvent lastEvent;

    /**
     * What the actions are done with.
     *
     * @param stores of each Lease
     * @param effects on each interface
     * @param statuses blocks for one request
     * @param notices at once
     */
    public record Ports(
            Function<LeaseRef, LeaseStore> stores,
            Function<String, AddressEffects> effects,
            Function<StatusDraft, StatusAnswer> statuses,
            Consumer<Notice> notices) {}

    /** @param clock nanoseconds, monotonic, the same that the effects have */
    public ServicePipeline(ServiceKeeper keeper, Ports ports, LongSupplier clock) {
        this.keeper = keeper;
        this.ports = ports;
        this.clock = clock;
    }

    /** Hands the core one event, from any thread. */
    public void tell(ServiceEvent event) {
        threads.turns().execute(ActionRunner.guarded("step", event, () -> turn(event), this::broke));
    }

    /**
     * Completes when everything is given back after a {@link ServiceEvent.Stop}; exceptionally when the core failed.
     */
    public CompletableFuture<Void> finished() {
        return finished;
    }

    /** Takes every address off without asking the core. */
    public void unbindNow() {
        threads.kernel().execute(() -> Map.copyOf(asked)
                .forEach((vip, nic) -> ports.effects().apply(nic).perform(new VipAction.Unbind(vip))));
    }

    private void turn(ServiceEvent event) {
        if (finished.isDone()) {
            return;
        }
        lastEvent = event;
        long now = clock.getAsLong();
        ServiceStep step = keeper.step(event, now);
        step.actions().forEach(this::perform);
        if (wake != null) {
            wake.cancel(false);
        }
        long pause = Math.clamp(step.wakeAtNanos() - now, SHORTEST_SLEEP_NANOS, LONGEST_SLEEP_NANOS);
        wake = threads.turns()
                .schedule(
                        ActionRunner.guarded("source", "the timer", () -> turn(new ServiceEvent.Tick()), this::broke),
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
        request(
                action,
                () -> answered(lease, action, ActionRunner.ask(store, action)),
                () -> answered(
                        lease,
                        action,
                        new LeaseAnswer.Failed(ApiFailure.TIMEOUT, "every earlier request still hangs")));
    }

    private void answered(LeaseRef lease, LeaseAction action, LeaseAnswer answer) {
        tell(new ServiceEvent.FromLease(lease, new LeaseEvent.Answered(action.request(), answer)));
    }

    private void write(StatusDraft draft) {
        request(draft, () -> written(draft, ports.statuses().apply(draft)), () -> written(draft, StatusAnswer.FAILED));
    }

    private void written(StatusDraft draft, StatusAnswer answer) {
        tell(new ServiceEvent.Written(draft.service(), answer));
    }

    private void request(Object during, Runnable task, Runnable refused) {
        try {
            threads.api().execute(ActionRunner.guarded("action", during, task, this::broke));
        } catch (RejectedExecutionException e) {
            refused.run();
        }
    }

    private void broke(Throwable failure) {
        Fault fault = Fault.of(failure);
        LOG.errorf(
                fault.cause(),
                "the core for Services failed: their addresses are taken off and the process ends %s",
                fault.line(lastEvent, keeper));
        unbindNow();
        threads.kernel().execute(() -> finished.completeExceptionally(failure));
    }
}
