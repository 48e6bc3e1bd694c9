package io.vipkeeper.demo.footprint;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class UsageTest {

    @Test
    void aNameWithSpacesAndBracketsDoesNotMoveTheCpuTime() {
        String stat = "42 (a ) b) S 1 42 42 0 -1 4194304 100 0 0 0 250 50 0 0 20 0 1 0 100 1000 10";

        assertThat(Usage.ticks(stat)).isEqualTo(300);
    }

    @Test
    void memoryIsReadFromTheLineOfThatName() {
        assertThat(Usage.kib(Stream.of("Rss:               4096 kB", "Private_Dirty:        12 kB"), "Private_Dirty:"))
                .isEqualTo(12);
        assertThat(Usage.kib(Stream.of(), "Rss:")).isZero();
    }

    @Test
    void theShareOfTheCpuIsTicksOverTime() {
        Usage before = new Usage(0, 0, 0, 100);
        Usage after = new Usage(2_000_000_000L, 0, 0, 110);

        assertThat(after.cpuShareSince(before)).isCloseTo(0.05, within(1e-9));
    }

    @Test
    void whatThisProcessUsesIsSeen() {
        Usage own = Usage.of(List.of(ProcessHandle.current().pid()));

        assertThat(own.residentKib()).isGreaterThan(own.privateDirtyKib());
        assertThat(own.privateDirtyKib()).isPositive();
        assertThat(own.cpuTicks()).isPositive();
    }
}
