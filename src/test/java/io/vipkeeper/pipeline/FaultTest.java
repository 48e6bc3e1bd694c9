package io.vipkeeper.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;

import io.smallrye.mutiny.Multi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.vipkeeper.keeper.KeeperEvent;
import io.vipkeeper.keeper.KeeperStatus;
import io.vipkeeper.keeper.Observation;
import io.vipkeeper.keeper.Observer;
import io.vipkeeper.lease.Rules;
import io.vipkeeper.lease.Timing;
import io.vipkeeper.vip.BindOutcome;
import io.vipkeeper.vip.VipEvent;
import io.vipkeeper.vip.VirtualIp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** An exception and an error at each stage: told with what was being done, the address off, the pipeline at its end. */
class FaultTest {
    private static final Logger LOG = Logger.getLogger(KeeperPipeline.class.getName());

    private final Bench bench = new Bench(new Rules(Timing.ofSeconds(15, 10, 2)));
    private final List<LogRecord> logged = new CopyOnWriteArrayList<>();
    private final Handler listener = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            logged.add(entry);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        LOG.addHandler(listener);
    }

    @AfterEach
    void letGo() {
        LOG.removeHandler(listener);
        bench.never.countDown();
    }

    static Stream<Arguments> stages() {
        List<Arguments> all = new ArrayList<>();
        for (Throwable thrown : List.of(new IllegalArgumentException("a defect"), new AssertionError("a defect"))) {
            all.add(Arguments.of("source", "", thrown, injected(bench -> bench.start(List.of(failing(thrown))))));
            all.add(Arguments.of("step", "Bound[vip=192.0.2.10/24", null, injected(FaultTest::unknownVip)));
            all.add(Arguments.of("action", "Read[request=", thrown, injected(bench -> {
                bench.onRead = answer -> sneak(thrown);
                bench.startFit();
            })));
            all.add(Arguments.of("action", "Bind[vip=192.0.2.10/32", thrown, injected(bench -> {
                bench.onBind = outcome -> sneak(thrown);
                bench.startFit();
            })));
            all.add(Arguments.of("observer", "BecameHolder[", thrown, injected(bench -> {
                bench.observers.add(throwing(Observation.BecameHolder.class, thrown));
                bench.startFit();
            })));
            all.add(Arguments.of("observer", "the status", thrown, injected(bench -> {
                bench.observers.add(turning(thrown));
                bench.startFit();
            })));
        }
        return all.stream();
    }

    @ParameterizedTest(name = "at {0} {1}")
    @MethodSource("stages")
    void whatIsThrownIsToldOnceWithItsCauseAndEndsThePipelineWithTheAddressOff(
            String stage, String during, Throwable thrown, Consumer<Bench> injection) throws Exception {
        // when
        injection.accept(bench);

        // then
        assertThatThrownBy(() -> bench.pipeline().finished().get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class);
        assertThat(bench.until("unbind")).contains("unbind");
        assertThat(logged).singleElement().satisfies(entry -> {
            assertThat(entry.getMessage()
                            + List.of(entry.getParameters() == null ? new Object[0] : entry.getParameters()))
                    .contains("pipeline failed", "stage=" + stage, during, "event=\"", "state=\"KeeperState[")
                    .hasSizeLessThan(10_000);
            assertThat(entry.getThrown()).isNotNull();
            if (thrown != null) {
                assertThat(entry.getThrown()).isSameAs(thrown);
            }
        });
    }

    @Test
    void aThreadThatHangsDoesNotKeepABrokenPipelineAlive() {
        // given a kernel that never answers
        bench.onBind = outcome -> {
            try {
                bench.never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return outcome;
        };
        bench.startFit();

        // when
        unknownVip(bench.pipeline());

        // then
        assertThatThrownBy(() -> bench.pipeline().finished().get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class);
    }

    @Test
    void textsOfOthersMakeNeitherLinesNorLongOnes() {
        Fault fault = Fault.of(new Fault.Thrown("step", "a\n\"b" + "x".repeat(10_000), new Error()));

        assertThat(fault.line(new KeeperEvent.Tick(), null))
                .startsWith("stage=step during=\"a??b")
                .hasSizeLessThan(1_000)
                .hasLineCount(1);
    }

    private static Consumer<Bench> injected(Consumer<Bench> injection) {
        return injection;
    }

    private static Multi<KeeperEvent> failing(Throwable thrown) {
        return Multi.createFrom().failure(thrown);
    }

    private static void unknownVip(Bench bench) {
        bench.startFit();
        unknownVip(bench.pipeline());
    }

    private static void unknownVip(KeeperPipeline pipeline) {
        pipeline.tell(new KeeperEvent.FromVip(
                new VipEvent.Bound(new VirtualIp(Bench.VIP.address(), 24), new BindOutcome.Done(), false)));
    }

    private static Observer throwing(Class<? extends Observation> wanted, Throwable thrown) {
        return (observation, at) -> {
            if (wanted.isInstance(observation)) {
                sneak(thrown);
            }
        };
    }

    private static Observer turning(Throwable thrown) {
        return new Observer() {
            @Override
            public void observed(Observation observation, long atNanos) {}

            @Override
            public void turned(KeeperStatus status) {
                sneak(thrown);
            }
        };
    }

    private static <T> T sneak(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) thrown;
    }
}
