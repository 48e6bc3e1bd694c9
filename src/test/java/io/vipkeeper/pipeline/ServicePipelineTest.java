package io.vipkeeper.pipeline;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.vipkeeper.lease.ElectorId;
import io.vipkeeper.lease.LeaseAnswer;
import io.vipkeeper.lease.LeaseDraft;
import io.vipkeeper.lease.LeaseRecord;
import io.vipkeeper.lease.LeaseStore;
import io.vipkeeper.lease.Timing;
import io.vipkeeper.service.ServiceEvent;
import io.vipkeeper.service.ServiceKeeper;
import io.vipkeeper.service.ServiceSettings;
import io.vipkeeper.service.StatusAnswer;
import io.vipkeeper.service.plan.Endpoints;
import io.vipkeeper.service.plan.LeaseRef;
import io.vipkeeper.service.plan.Planner;
import io.vipkeeper.service.plan.ServiceKey;
import io.vipkeeper.service.plan.ServiceRules;
import io.vipkeeper.service.plan.ServiceView;
import io.vipkeeper.service.plan.Sharing;
import io.vipkeeper.service.plan.Snapshot;
import io.vipkeeper.vip.AddressBinder;
import io.vipkeeper.vip.Announcer;
import io.vipkeeper.vip.BindOutcome;
import io.vipkeeper.vip.NoFence;
import io.vipkeeper.vip.VipEvent;
import io.vipkeeper.vip.VirtualIp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The end of the pipeline for Services, with real threads. */
class ServicePipelineTest {
    private static final LeaseRef LEASE = new LeaseRef("kube-system", "plndr-svcs-lock");
    private static final List<String> ADDRESSES = List.of("192.0.2.10", "192.0.2.11");

    private final LinkedBlockingQueue<String> kernel = new LinkedBlockingQueue<>();
    private ServicePipeline pipeline;

    /** One whose Lease names an earlier process of this node, which had the addresses: they are on at once. */
    @BeforeEach
    void serve() {
        ServiceSettings settings = new ServiceSettings(
                new ElectorId("node-1", "machine-1", "process-2"),
                Timing.ofSeconds(15, 10, 2),
                Duration.ofSeconds(3),
                false,
                Set.of());
        ServiceRules rules = new ServiceRules(
                new Sharing.Single(LEASE), new ServiceRules.Classes(false, "c", true), Optional.empty(), "eth0");
        Announcer announcer = new Announcer() {
            @Override
            public BindOutcome announce(VirtualIp vip) {
                return new BindOutcome.Done();
            }

            @Override
            public BindOutcome probe(VirtualIp vip, boolean wants) {
                return new BindOutcome.Done();
            }
        };
        AddressEffects effects = new AddressEffects(new Binder(), new NoFence(), announcer, System::nanoTime);
        pipeline = new ServicePipeline(
                new ServiceKeeper(settings, new Planner(rules, text -> Optional.of(address(text)))),
                new ServicePipeline.Ports(
                        lease -> new Store(),
                        2_000_000_000L,
                        nic -> effects,
                        draft -> StatusAnswer.DONE,
                        notice -> {
                            throw new IllegalStateException("broken on purpose");
                        },
                        nics -> {}),
                System::nanoTime);
        pipeline.tell(new ServiceEvent.IdentityLocked(true));
        pipeline.tell(new ServiceEvent.FromVip(new VipEvent.LinkChanged(true)));
        pipeline.tell(new ServiceEvent.NodeAddresses(Map.of()));
        ServiceView view = view();
        pipeline.hand(new ServiceEvent.Seen(
                new Snapshot(List.of(view), Map.of(view.key(), new Endpoints(true, Set.of()))),
                System.nanoTime(),
                false));
        Awaitility.await().untilAsserted(() -> assertThat(kernel).contains("bind 192.0.2.10", "bind 192.0.2.11"));
    }

    private static ServiceView view() {
        return new ServiceView(
                new ServiceKey("web", "a"),
                "uid",
                "1",
                "2026-01-01T00:00:00Z",
                true,
                Optional.empty(),
                false,
                Set.of(),
                "",
                Map.of("loadbalancerIPs", String.join(",", ADDRESSES), "vipHost", "node-1"),
                ADDRESSES);
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** One address of it cannot be taken off. */
    private final class Binder implements AddressBinder {
        @Override
        public BindOutcome bind(VirtualIp vip, int lifetimeSeconds) {
            kernel.add("bind " + vip.address().getHostAddress());
            return new BindOutcome.Done();
        }

        @Override
        public BindOutcome unbind(VirtualIp vip) {
            kernel.add("unbind " + vip.address().getHostAddress());
            throw new IllegalStateException("the kernel is out of order");
        }
    }

    private static final class Store implements LeaseStore {
        private LeaseRecord stored = new LeaseRecord(
                "1",
                "node-1",
                15,
                6,
                "a",
                "r",
                Map.of(
                        "vipkeeper.io/written-for", "node-1/6",
                        "vipkeeper.io/renewed", "r",
                        "vipkeeper.io/machine", "machine-1",
                        "vipkeeper.io/process", "process-1"));

        @Override
        public synchronized LeaseAnswer read() {
            return new LeaseAnswer.Found(stored);
        }

        @Override
        public LeaseAnswer create(LeaseDraft draft) {
            return new LeaseAnswer.Conflict();
        }

        @Override
        public synchronized LeaseAnswer replace(LeaseRecord base, LeaseDraft draft) {
            String version = String.valueOf(Integer.parseInt(base.resourceVersion()) + 1);
            Map<String, String> marks = new HashMap<>(draft.annotations());
            marks.put("vipkeeper.io/renewed", version);
            stored = new LeaseRecord(
                    version,
                    draft.holderIdentity(),
                    draft.leaseDurationSeconds(),
                    draft.leaseTransitions(),
                    "a",
                    version,
                    marks);
            return new LeaseAnswer.Found(stored);
        }
    }

    @Test
    void aFailureOfTheCoreTakesEveryAddressOffThoughOneFailsAndEndsTheProcessOnce() {
        // when
        pipeline.tell(new ServiceEvent.Barred(LEASE, "whatever"));
        pipeline.tell(new ServiceEvent.Barred(LEASE, "something else"));

        // then
        assertThatThrownBy(() -> pipeline.finished().get(3, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseMessage("broken on purpose");
        assertThat(kernel.stream().filter(call -> call.startsWith("unbind")))
                .containsExactlyInAnyOrder("unbind 192.0.2.10", "unbind 192.0.2.11");
    }

    @Test
    void theLastUnbindsAreAwaited() throws Exception {
        // when
        pipeline.unbindNow().get(3, TimeUnit.SECONDS);

        // then
        assertThat(kernel).contains("unbind 192.0.2.10", "unbind 192.0.2.11");
    }
}
