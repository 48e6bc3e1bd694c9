package io.vipkeeper.kubernetes.probe;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

final class ProbeVerdictTest {
    private final ProbeVerdict verdict = new ProbeVerdict();

    /** G, B: /readyz is good, bad; c, r: connects, is refused. The verdicts' changes are + and -. */
    @ParameterizedTest(name = "{0} tells {1}")
    @CsvSource(emptyValue = "", textBlock = """
            c,             ''
            cccc,          ''
            G,             +
            B,             ''
            BB,            -
            rr,            -
            Br,            ''
            rBcB,          -
            GG,            +
            GB,            +
            GBG,           +
            GBGBGB,        +
            GBB,           +-
            GBBB,          +-
            GBBG,          +-
            GBBGG,         +-+
            GBBGBG,        +-
            GBBGBGG,       +-+
            Grcr,          +
            Grr,           +-
            GBrB,          +-
            GBrr,          +-
            GrBcG,         +
            Grrc,          +-
            GrrGG,         +-+
            GrrGGr,        +-+
            GrrGGrr,       +-+-
            """)
    void twoInARowAreAVerdict(String probes, String told) {
        List<String> changes = new ArrayList<>();
        for (char probe : probes.toCharArray()) {
            boolean changed =
                    switch (probe) {
                        case 'G' -> verdict.answered(true);
                        case 'B' -> verdict.answered(false);
                        case 'c' -> verdict.connected(true);
                        default -> verdict.connected(false);
                    };
            if (changed) {
                changes.add(verdict.ready().orElseThrow() ? "+" : "-");
            }
        }
        assertThat(String.join("", changes)).isEqualTo(told);
    }

    @Test
    void anotherServerStartsAnew() {
        // given one failure of a server
        verdict.answered(true);
        verdict.answered(false);
        verdict.connected(false);
        // when there is another one
        verdict.reset();
        // then that failure is not held against it
        assertThat(verdict.ready()).isEmpty();
        assertThat(verdict.answered(false)).isFalse();
        assertThat(verdict.connected(false)).isFalse();
        assertThat(verdict.answered(true)).isTrue();
    }
}
