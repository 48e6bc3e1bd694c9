package io.vipkeeper.cli.common;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ColumnsTest {

    @Test
    void columnsStandBelowEachOther() {
        assertThat(Columns.of(List.of(List.of("a", "bb", "long last"), List.of("ccc", "d", ""))))
                .containsExactly("a    bb  long last", "ccc  d");
    }
}
