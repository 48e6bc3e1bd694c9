package io.vipkeeper.cli;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.vipkeeper.linux.JnrLibc;
import io.vipkeeper.observe.KeeperView;

import static org.assertj.core.api.Assertions.assertThat;

class ServiceManagerTest {
    private static final long OWN = 42;

    @Test
    void speaksTwiceInTheTimeOfTheWatchdog() {
        assertThat(ServiceManager.watchdog(Map.of("WATCHDOG_USEC", "10000000"), OWN))
                .contains(Duration.ofSeconds(5));
        assertThat(ServiceManager.watchdog(Map.of("WATCHDOG_USEC", "3000000", "WATCHDOG_PID", "42"), OWN))
                .contains(Duration.ofMillis(1500));
    }

    @Test
    void theWatchdogOfAnotherProcessIsNotOurs() {
        assertThat(ServiceManager.watchdog(Map.of("WATCHDOG_USEC", "3000000", "WATCHDOG_PID", "41"), OWN))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-5000000", "soon", "99999999999999999999"})
    void anIntervalThatIsNoneIsNoWatchdog(String micros) {
        assertThat(ServiceManager.watchdog(Map.of("WATCHDOG_USEC", micros), OWN))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "vsock:2:1234"})
    void aSocketThatCannotBeReachedIsNoServiceManager(String name) {
        assertThat(ServiceManager.of(Map.of("NOTIFY_SOCKET", name), new JnrLibc(), new KeeperView()))
                .isEmpty();
    }
}
