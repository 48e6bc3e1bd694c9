package io.vipkeeper.demo.footprint;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.vipkeeper.demo.lab.LabException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ShortCommandTest {

    @Test
    void aCommandIsTimedAndItsMemorySeen() {
        ShortCommand slept = ShortCommand.run(List.of("sh", "-c", "sleep 0.1"));

        assertThat(Duration.ofNanos(slept.nanos())).isBetween(Duration.ofMillis(100), Duration.ofSeconds(10));
        assertThat(slept.peakKib()).isBetween(100L, 100_000L);
    }

    @Test
    void aCommandThatFailsIsNotMeasured() {
        assertThatThrownBy(() -> ShortCommand.run(List.of("sh", "-c", "exit 3")))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("failed (3)");
    }
}
