package io.vipkeeper.cli.preflight.host;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.vipkeeper.cli.preflight.finding.Finding;
import io.vipkeeper.cli.preflight.finding.Finding.Level;
import io.vipkeeper.cli.preflight.finding.HostFiles;
import io.vipkeeper.linux.SystemLibc;

import static org.assertj.core.api.Assertions.assertThat;

class ClockCheckTest {

    @ParameterizedTest(name = "{0} ppm on {1}: {2}")
    @CsvSource({
        "0,tsc,OK",
        "-499,tsc,OK",
        "600,tsc,WARNING",
        "-600,tsc,WARNING",
        "10001,tsc,FAILURE",
        "-20000,tsc,FAILURE",
        "0,jiffies,WARNING"
    })
    void theRateIsJudgedByWhatTheElectionAllowsFor(double rate, String source, Level level) {
        Finding found = ClockCheck.of(rate, source);

        assertThat(found.level()).isEqualTo(level);
        assertThat(found.what()).contains("ppm", source);
    }

    @Test
    void theClockOfThisMachineIsMeasured() throws InterruptedException {
        assertThat(ClockCheck.measured(SystemLibc.open(), new HostFiles(Path.of("/")))
                        .what())
                .contains("ppm");
    }
}
