package io.vipkeeper.pipeline;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import io.smallrye.mutiny.Multi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.vipkeeper.keeper.KeeperEvent;
import io.vipkeeper.keeper.KeeperStatus.Role;
import io.vipkeeper.keeper.Observation;
import io.vipkeeper.lease.ApiFailure;
import io.vipkeeper.lease.Rules;
import io.vipkeeper.lease.Timing;
import io.vipkeeper.vip.BindOutcome;
import io.vipkeeper.vip.VipEvent;
import io.vipkeeper.vip.VirtualIp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Real threads, waited for at latches; every wait has a bound. */
class KeeperPipelineTest {
    private static final Rules RULES = new Rules(Timing.ofSeconds(15, 10, 2));

    private final Bench bench = new Bench(RULES);

    @AfterEach
    void letGo() {
        bench.never.countDown();
    }

    @Test
    void itTakesTheLeaseThenBindsThenAnnounces() throws Exception {
        // when
        bench.startFit();
        // then
        assertThat(bench.until("announce")).containsExactly("read", "claim", "bind", "announce");
    }

    @Test
    void aRehearsalAsksTheKernelOnlyWhileNoAddressIsOn() throws Exception {
        // given
        KeeperPipeline pipeline = bench.startFit();
        pipeline.rehearse();
        assertThat(bench.until("announce")).contains("rehearse");
        // when
        pipeline.rehearse();
        pipeline.tell(new KeeperEvent.Stop());
        // then
        assertThat(bench.until("release")).doesNotContain("rehearse");
    }

    @Test
    void aStopUnbindsThenReleasesThenEnds() throws Exception {
        // given
        KeeperPipeline pipeline = bench.startFit();
        bench.until("announce");
        // when
        pipeline.tell(new KeeperEvent.Stop());
        pipeline.finished().get(10, TimeUnit.SECONDS);
        // then
        assertThat(bench.until("release")).containsSubsequence("unbind", "release");
    }

    @Test
    void anOrderlyShutdownReturnsWhenEverythingIsGivenBack() throws Exception {
        // given
        KeeperPipeline pipeline = bench.startFit();
        bench.until("announce");
        // when
        new OrderlyShutdown(pipeline).run();
        // then
        assertThat(pipeline.finished()).isCompleted();
    }

    @Test
    void anOrderlyShutdownUnbindsAndReturnsAlthoughTheApiHangs() throws Exception {
        // given
        KeeperPipeline pipeline = bench.startFit();
        bench.until("announce");
        bench.storeHangs = true;
        // when
        long begin = System.nanoTime();
        new OrderlyShutdown(pipeline).run();
        long took = System.nanoTime() - begin;
        // then
        assertThat(bench.until("hang")).contains("unbind");
        assertThat(took).isLessThan(1_500_000_000L);
    }

    @Test
    void aStoreThatHangsDoesNotHoldUpTheUnbindAtTheRightsEnd() throws Exception {
        // given a right of 300 ms, and a store that never answers after the claim
        Bench quick = new Bench(Bench.QUICK);
        quick.hangsAfterClaim = true;
        quick.startFit();
        quick.until("bind");
        long bound = System.nanoTime();
        // when
        quick.until("unbind");
        long held = System.nanoTime() - bound;
        quick.never.countDown();
        // then
        assertThat(held).isLessThan(1_500_000_000L);
    }

    @Test
    void anAdapterThatThrowsEndsThePipelineWithTheAddressOff() throws Exception {
        // given
        bench.onBind = outcome -> {
            throw new IllegalArgumentException("a defect");
        };
        // when
        KeeperPipeline pipeline = bench.startFit();
        // then
        assertThatThrownBy(() -> pipeline.finished().get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseMessage("a defect");
        assertThat(bench.until("unbind")).containsSubsequence("bind", "unbind");
    }

    /** It left the bind under way for ever once, so that nothing unbound the address at the end of the right. */
    @Test
    void anAdapterThatFailsWithAnErrorEndsThePipelineWithTheAddressOff() throws Exception {
        // given
        bench.onBind = outcome -> {
            throw new UnsatisfiedLinkError("a defect");
        };
        // when
        KeeperPipeline pipeline = bench.startFit();
        // then
        assertThatThrownBy(() -> pipeline.finished().get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseMessage("a defect");
        assertThat(bench.until("unbind")).containsSubsequence("bind", "unbind");
    }

    @Test
    void aSourceThatFailsEndsThePipelineWithTheAddressOff() throws Exception {
        // when
        KeeperPipeline pipeline =
                bench.start(List.of(Multi.createFrom().failure(new IllegalStateException("source gone"))));
        // then
        assertThatThrownBy(() -> pipeline.finished().get(10, TimeUnit.SECONDS)).hasRootCauseMessage("source gone");
        assertThat(bench.until("unbind")).contains("unbind");
    }

    @Test
    void aStepThatThrowsEndsThePipelineWithTheAddressOff() throws Exception {
        // given
        KeeperPipeline pipeline = bench.startFit();
        bench.until("announce");
        // when the core is told of a virtual IP that does not exist
        pipeline.tell(new KeeperEvent.FromVip(
                new VipEvent.Bound(new VirtualIp(Bench.VIP.address(), 24), new BindOutcome.Done(), false)));
        // then
        assertThatThrownBy(() -> pipeline.finished().get(10, TimeUnit.SECONDS))
                .hasMessageContaining("the step failed on FromVip");
        assertThat(bench.until("unbind")).contains("unbind");
    }

    @Test
    void anObserverThatThrowsEndsThePipelineWithTheAddressOff() throws Exception {
        // given
        bench.observers.add((observation, at) -> {
            throw new IllegalStateException("observer");
        });
        // when
        KeeperPipeline pipeline = bench.startFit();
        // then
        assertThatThrownBy(() -> pipeline.finished().get(10, TimeUnit.SECONDS)).hasRootCauseMessage("observer");
        assertThat(bench.until("unbind")).contains("unbind");
    }

    @Test
    void aBurstOfAHundredThousandEventsIsTakenInOneByOne() throws Exception {
        // given
        CountDownLatch all = new CountDownLatch(100_000);
        bench.observers.add((observation, at) -> {
            if (observation instanceof Observation.ForeignClaim) {
                all.countDown();
            }
        });
        KeeperPipeline pipeline = bench.startFit();
        bench.until("announce");
        // when
        for (int event = 0; event < 100_000; event++) {
            pipeline.tell(new KeeperEvent.FromVip(new VipEvent.ClaimSeen(Bench.VIP, "02:00:00:00:00:01")));
        }
        // then
        assertThat(all.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(pipeline.finished()).isNotDone();
    }

    @Test
    void aPipelineInABurstStillHolds() throws Exception {
        // given
        KeeperPipeline pipeline = bench.startFit();
        // when
        for (int event = 0; event < 100_000; event++) {
            pipeline.tell(new KeeperEvent.Tick());
        }
        bench.until("announce");
        // then
        assertThat(pipeline.status().role()).isEqualTo(Role.HOLDER);
    }

    @Test
    void whenEveryRequestHangsTheNextOneFailsAtOnce() throws Exception {
        // given attempts that are given up after 50 ms, each of which keeps its thread
        Bench hasty = new Bench(new Rules(Timing.ofSeconds(15, 10, 2)) {
            @Override
            public long attemptNanos() {
                return 50_000_000L;
            }
        });
        CountDownLatch refused = new CountDownLatch(1);
        hasty.observers.add((observation, at) -> {
            if (observation instanceof Observation.RequestFailed failed
                    && failed.cause() == ApiFailure.TIMEOUT
                    && failed.detail().equals("every earlier request still hangs")) {
                refused.countDown();
            }
        });
        hasty.storeHangs = true;
        // when
        KeeperPipeline pipeline = hasty.startFit();
        boolean came = refused.await(20, TimeUnit.SECONDS);
        hasty.never.countDown();
        // then
        assertThat(came).isTrue();
        assertThat(pipeline.finished()).isNotDone();
    }
}
