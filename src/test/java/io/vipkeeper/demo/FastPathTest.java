package io.vipkeeper.demo;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FastPathTest {

    @Test
    void readsTheGaugeFromAMetricsPage() {
        assertThat(FastPath.in(page("vipkeeper_fast_path 1"))).isEqualTo(FastPath.ON);
        assertThat(FastPath.in(page("vipkeeper_fast_path{node=\"n1\"} 1.0"))).isEqualTo(FastPath.ON);
        assertThat(FastPath.in(page("vipkeeper_fast_path 0.0"))).isEqualTo(FastPath.OFF);
        assertThat(FastPath.in(page("vipkeeper_fast_path NaN"))).isEqualTo(FastPath.OFF);
    }

    @Test
    void isAbsentWithoutThatGauge() {
        assertThat(FastPath.in("")).isEqualTo(FastPath.ABSENT);
        assertThat(FastPath.in(page("vipkeeper_fast_path_switches_total 1.0"))).isEqualTo(FastPath.ABSENT);
    }

    private static String page(String line) {
        return "# HELP vipkeeper_fast_path 1 while grants count\n# TYPE vipkeeper_fast_path gauge\n"
                + "vipkeeper_ready 0.0\n" + line + "\nvipkeeper_vip_bound 1.0\n";
    }
}
