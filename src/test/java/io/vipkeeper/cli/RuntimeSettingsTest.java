package io.vipkeeper.cli;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.vipkeeper.config.ConfigSources;
import io.vipkeeper.config.Configured;
import io.vipkeeper.config.VipkeeperConfig;

import static org.assertj.core.api.Assertions.assertThat;

class RuntimeSettingsTest {

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:2112, 127.0.0.1, 2112",
        "192.0.2.1:9100, 192.0.2.1, 9100",
        "[2001:db8::1]:2112, 2001:db8::1, 2112",
        ":2112, 0.0.0.0, 2112"
    })
    void thePortIsBoundToTheChosenAddress(String typed, String host, String port) {
        assertThat(RuntimeSettings.of(config(Map.of("prometheus_server", typed), Map.of())))
                .containsEntry("quarkus.http.host", host)
                .containsEntry("quarkus.http.port", port);
    }

    @Test
    void anEmptyFlagSwitchesThePortOff() {
        assertThat(RuntimeSettings.of(config(Map.of(), Map.of("prometheusHTTPServer", ""))))
                .containsEntry("quarkus.http.host-enabled", "false")
                .doesNotContainKeys("quarkus.http.host", "quarkus.http.port");
    }

    private static VipkeeperConfig config(Map<String, String> environment, Map<String, String> flags) {
        Map<String, String> all =
                new HashMap<>(Map.of("vip_arp", "true", "cp_enable", "true", "address", "192.0.2.10"));
        all.putAll(environment);
        return switch (VipkeeperConfig.read(new ConfigSources(flags, all, "cp-1", Optional.empty()))) {
            case Configured.Usable usable -> usable.config();
            case Configured.Refused refused -> throw new AssertionError(refused.problems());
        };
    }
}
