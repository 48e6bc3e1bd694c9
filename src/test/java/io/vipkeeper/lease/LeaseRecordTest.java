package io.vipkeeper.lease;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class LeaseRecordTest {
    private static final LeaseRecord BASE = new LeaseRecord("7", "node-1", 15, 3, "a", "r", Map.of("k", "v"));

    @ParameterizedTest(name = "{0} is older than {1}: {2}")
    @CsvSource({
        "7, 8, true",
        "9, 10, true",
        "8, 8, false",
        "10, 9, false",
        "x7, x8, false",
        "7, x8, false",
        "x7, 8, false",
        "'', 8, false",
        "7, '', false",
        "-7, 8, false",
        "٧, 8, false",
        "999999999999999999, 9999999999999999999, false",
        "1, 999999999999999999, true",
    })
    void versionsAreComparedAsNumbersWhereBothAre(String one, String other, boolean older) {
        assertThat(version(one).isOlderThan(version(other))).isEqualTo(older);
    }

    @ParameterizedTest
    @MethodSource
    void aChangeOfTheSpecIsSeen(LeaseRecord changed) {
        assertThat(BASE.sameSpec(changed)).isFalse();
    }

    static LeaseRecord[] aChangeOfTheSpecIsSeen() {
        return new LeaseRecord[] {
            new LeaseRecord("7", "node-2", 15, 3, "a", "r", Map.of("k", "v")),
            new LeaseRecord("7", "node-1", 16, 3, "a", "r", Map.of("k", "v")),
            new LeaseRecord("7", "node-1", 15, 4, "a", "r", Map.of("k", "v")),
            new LeaseRecord("7", "node-1", 15, 3, "b", "r", Map.of("k", "v")),
            new LeaseRecord("7", "node-1", 15, 3, "a", "s", Map.of("k", "v")),
        };
    }

    @Test
    void anAnnotationOrAVersionAloneIsNoSignOfLife() {
        assertThat(BASE.sameSpec(new LeaseRecord("8", "node-1", 15, 3, "a", "r", Map.of())))
                .isTrue();
    }

    private static LeaseRecord version(String version) {
        return new LeaseRecord(version, "node-1", 15, 3, "a", "r", Map.of());
    }
}
