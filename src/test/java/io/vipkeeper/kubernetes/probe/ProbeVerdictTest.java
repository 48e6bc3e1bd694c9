package io.vipkeeper.kubernetes.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
            Optional<Boolean> before = verdict.ready();
            hear(probe, 0);
            if (!before.equals(verdict.ready())) {
                changes.add(verdict.ready().orElseThrow() ? "+" : "-");
            }
        }
        assertThat(String.join("", changes)).isEqualTo(told);
    }

    /** The n-th probe begins at 10 n. */
    @ParameterizedTest(name = "{0} shows it at {1}, and that is news: {2}")
    @CsvSource(textBlock = """
            G,      0, true
            GG,    10, true
            GGG,   20, true
            GGB,   10, false
            GGBG,  30, true
            GBB,   10, true
            GBBB,  10, false
            GBBG,  10, false
            GBBGG, 40, true
            Grr,   10, true
            Grcrr, 30, true
            GrBr,  10, true
            GBrB,  10, true
            BB,     0, true
            """)
    void theFirstOfTheFailuresOrTheNewestGoodAnswerIsTheEvidence(String probes, long evidence, boolean news) {
        boolean last = false;
        for (int n = 0; n < probes.length(); n++) {
            last = hear(probes.charAt(n), 10L * n);
        }
        assertThat(verdict.evidence()).contains(evidence);
        assertThat(last).isEqualTo(news);
    }

    private boolean hear(char probe, long began) {
        return switch (probe) {
            case 'G' -> verdict.answered(true, began);
            case 'B' -> verdict.answered(false, began);
            case 'c' -> verdict.connected(true, began);
            default -> verdict.connected(false, began);
        };
    }

    @Test
    void anotherServerStartsAnew() {
        // given one failure of a server
        hear('G', 0);
        hear('B', 1);
        hear('r', 2);
        // when there is another one
        verdict.reset();
        // then that failure is not held against it
        assertThat(verdict.ready()).isEmpty();
        assertThat(verdict.evidence()).isEmpty();
        assertThat(hear('B', 3)).isFalse();
        assertThat(hear('r', 4)).isFalse();
        assertThat(hear('G', 5)).isTrue();
    }
}
