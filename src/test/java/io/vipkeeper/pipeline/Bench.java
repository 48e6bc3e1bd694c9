package io.vipkeeper.pipeline;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

import io.smallrye.mutiny.Multi;

import io.vipkeeper.bootstrap.BootstrapRules;
import io.vipkeeper.keeper.Keeper;
import io.vipkeeper.keeper.KeeperEvent;
import io.vipkeeper.keeper.KeeperSettings;
import io.vipkeeper.keeper.Observer;
import io.vipkeeper.lease.ElectorId;
import io.vipkeeper.lease.LeaseAnswer;
import io.vipkeeper.lease.LeaseDraft;
import io.vipkeeper.lease.LeaseRecord;
import io.vipkeeper.lease.LeaseStore;
import io.vipkeeper.lease.Rules;
import io.vipkeeper.lease.Timing;
import io.vipkeeper.vip.AddressBinder;
import io.vipkeeper.vip.Announcer;
import io.vipkeeper.vip.BindOutcome;
import io.vipkeeper.vip.NoFence;
import io.vipkeeper.vip.VipEvent;
import io.vipkeeper.vip.VirtualIp;

/** A pipeline with real threads and the real clock on a store, a kernel and a wire that write down what is asked. */
final class Bench {
    static final VirtualIp VIP = vip();

    /** Rules whose durations a test need not wait for. */
    static final Rules QUICK = new Rules(Timing.ofSeconds(15, 10, 2)) {
        @Override
        public long rightEnds(long sentNanos, long answeredNanos) {
            return sentNanos + 300_000_000L;
        }
    };

    final BlockingQueue<String> calls = new LinkedBlockingQueue<>();
    final CountDownLatch never = new CountDownLatch(1);
    final List<Observer> observers = new ArrayList<>();
    volatile boolean storeHangs;
    volatile boolean hangsAfterClaim;
    volatile UnaryOperator<BindOutcome> onBind = outcome -> outcome;
    volatile UnaryOperator<LeaseAnswer> onRead = answer -> answer;
    volatile LeaseRecord stored = new LeaseRecord(
            "1", "", 1, 6, "a", "r", Map.of("vipkeeper.io/written-for", "/6", "vipkeeper.io/renewed", "r"));
    private final Rules rules;
    private KeeperPipeline pipeline;

    Bench(Rules rules) {
        this.rules = rules;
    }

    /** Of a node that takes part in the election, without the fast path. */
    static KeeperSettings settings(Rules rules) {
        return new KeeperSettings(
                new ElectorId("node-1", "machine-1", "process-1"),
                rules,
                List.of(VIP),
                true,
                Optional.empty(),
                Duration.ofSeconds(3),
                Optional.of(Duration.ofSeconds(1)),
                false,
                new BootstrapRules(false));
    }

    KeeperPipeline start(List<Multi<KeeperEvent>> sources) {
        pipeline = new KeeperPipeline(
                new Keeper(settings(rules)),
                new Store(),
                new AddressEffects(new Kernel(), new NoFence(), announcer(), System::nanoTime),
                (node, message) -> {},
                System::nanoTime,
                observers,
                PipelineThreads.create());
        pipeline.start(sources);
        return pipeline;
    }

    KeeperPipeline pipeline() {
        return pipeline;
    }

    /** Started, with the lock and a link: it may hold. */
    KeeperPipeline startFit() {
        KeeperPipeline started = start(List.of());
        started.tell(new KeeperEvent.IdentityLocked(true));
        started.tell(new KeeperEvent.FromVip(new VipEvent.LinkChanged(true)));
        return started;
    }

    /** Waits for a call; what comes before it is returned, too. */
    List<String> until(String wanted) throws InterruptedException {
        List<String> seen = new ArrayList<>();
        while (!seen.contains(wanted)) {
            String call = calls.poll(10, TimeUnit.SECONDS);
            if (call == null) {
                throw new AssertionError(wanted + " did not come within ten seconds, only " + seen);
            }
            seen.add(call);
        }
        return seen;
    }

    private BindOutcome called(String what) {
        calls.add(what);
        return new BindOutcome.Done();
    }

    private void hangIfTold(boolean hangs) {
        if (hangs) {
            called("hang");
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The probes are no matter of these tests. */
    private Announcer announcer() {
        return new Announcer() {
            @Override
            public BindOutcome announce(VirtualIp vip) {
                return called("announce");
            }

            @Override
            public BindOutcome probe(VirtualIp vip, boolean wants) {
                return new BindOutcome.Done();
            }
        };
    }

    private final class Kernel implements AddressBinder {
        @Override
        public BindOutcome bind(VirtualIp vip, int validSeconds) {
            return onBind.apply(called("bind"));
        }

        @Override
        public BindOutcome unbind(VirtualIp vip) {
            return called("unbind");
        }

        @Override
        public void rehearse() {
            called("rehearse");
        }
    }

    private final class Store implements LeaseStore {
        @Override
        public LeaseAnswer read() {
            called("read");
            hangIfTold(storeHangs);
            return onRead.apply(new LeaseAnswer.Found(stored));
        }

        @Override
        public LeaseAnswer create(LeaseDraft draft) {
            return new LeaseAnswer.Conflict();
        }

        @Override
        public synchronized LeaseAnswer replace(LeaseRecord base, LeaseDraft draft) {
            called(draft.holderIdentity().isEmpty() ? "release" : draft.acquires() ? "claim" : "renew");
            hangIfTold(storeHangs || hangsAfterClaim && !draft.acquires());
            Map<String, String> marks = new HashMap<>(base.annotations());
            marks.putAll(draft.annotations());
            int version = Integer.parseInt(base.resourceVersion()) + 1;
            marks.put("vipkeeper.io/renewed", "at " + version);
            stored = new LeaseRecord(
                    Integer.toString(version),
                    draft.holderIdentity(),
                    draft.leaseDurationSeconds(),
                    draft.leaseTransitions(),
                    "a",
                    "at " + version,
                    marks);
            return new LeaseAnswer.Found(stored);
        }
    }

    private static VirtualIp vip() {
        try {
            return VirtualIp.host(InetAddress.getByName("192.0.2.10"));
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
