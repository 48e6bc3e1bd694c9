package io.vipkeeper.pipeline;

import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

import io.vipkeeper.grant.GrantStep;
import io.vipkeeper.grant.Peers;
import io.vipkeeper.keeper.KeeperAction;
import io.vipkeeper.keeper.KeeperEvent;
import io.vipkeeper.lease.ApiFailure;
import io.vipkeeper.lease.LeaseAction;
import io.vipkeeper.lease.LeaseAnswer;
import io.vipkeeper.lease.LeaseDraft;
import io.vipkeeper.lease.LeaseEvent;
import io.vipkeeper.lease.LeaseRecord;
import io.vipkeeper.lease.LeaseStore;
import io.vipkeeper.vip.VipAction;

/** Hands each action to the thread that may perform it; what comes of it comes back as an event. Never blocks. */
final class ActionRunner {
    private final LeaseStore store;
    private final AddressEffects effects;
    private final Peers peers;
    private final PipelineThreads threads;
    private final Consumer<KeeperEvent> inbox;
    private final Consumer<Throwable> broken;

    /** @param broken is told of an exception or error that an adapter was not supposed to throw */
    ActionRunner(
            LeaseStore store,
            AddressEffects effects,
            Peers peers,
            PipelineThreads threads,
            Consumer<KeeperEvent> inbox,
            Consumer<Throwable> broken) {
        this.store = store;
        this.effects = effects;
        this.peers = peers;
        this.threads = threads;
        this.inbox = inbox;
        this.broken = broken;
    }

    void onVip(VipAction action) {
        threads.kernel().execute(guarded(action, () -> inbox.accept(new KeeperEvent.FromVip(effects.perform(action)))));
    }

    void rehearse() {
        threads.kernel().execute(guarded("rehearsal", "a bind", effects::rehearse, broken));
    }

    void onLease(LeaseAction action) {
        try {
            threads.api().execute(guarded(action, () -> answered(action, ask(store, action))));
        } catch (RejectedExecutionException e) {
            answered(action, new LeaseAnswer.Failed(ApiFailure.TIMEOUT, "every earlier request still hangs"));
        }
    }

    void perform(KeeperAction action) {
        switch (action) {
            case KeeperAction.OnVip(VipAction vip) -> onVip(vip);
            case KeeperAction.OnLease(LeaseAction lease) -> onLease(lease);
            case KeeperAction.OnPeer(GrantStep.Send send) -> peers.send(send.node(), send.message());
            case KeeperAction.Finished() -> {} // nothing is left to do
        }
    }

    static LeaseAnswer ask(LeaseStore store, LeaseAction action) {
        return switch (action) {
            case LeaseAction.Read read -> store.read();
            case LeaseAction.Create(long request, LeaseDraft draft) -> store.create(draft);
            case LeaseAction.Replace(long request, LeaseRecord base, LeaseDraft draft) -> store.replace(base, draft);
        };
    }

    private void answered(LeaseAction action, LeaseAnswer answer) {
        inbox.accept(new KeeperEvent.FromLease(new LeaseEvent.Answered(action.request(), answer)));
    }

    private Runnable guarded(Object action, Runnable task) {
        return guarded("action", action, task, broken);
    }

    /**
     * The task, with {@code broken} told of whatever it throws: an executor would keep that to itself.
     *
     * @param during what it does, for the log
     */
    static Runnable guarded(String stage, Object during, Runnable task, Consumer<Throwable> broken) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                broken.accept(new Fault.Thrown(stage, during, e));
            }
        };
    }
}
