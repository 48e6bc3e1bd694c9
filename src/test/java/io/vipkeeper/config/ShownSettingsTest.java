package io.vipkeeper.config;

import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ShownSettingsTest {

    @Test
    void whatHoldsIsShownByTheNamesOfItsVariablesWhetherTypedOrNot() {
        Map<String, String> shown = ShownSettings.of(Typed.smallest()
                .env("vip_interface", "eth1")
                .env("vip_fastgrant", "400")
                .env("prometheus_server", "192.0.2.1:2112")
                .usable());

        assertThat(shown)
                .containsEntry("address", "192.0.2.10/32")
                .containsEntry("vip_interface", "eth1")
                .containsEntry("vip_fastgrant", "400")
                .containsEntry("vip_fastinterval", "50")
                .containsEntry("vip_leaseduration", "15")
                .containsEntry("prometheus_server", "192.0.2.1:2112");
    }

    @Test
    void whatLeadsToCredentialsOrServersIsNotShown() {
        Map<String, String> shown = ShownSettings.of(Typed.smallest()
                .env("k8s_config_file", "/secret/path")
                .env("kubernetes_addr", "https://192.0.2.7:6443")
                .usable());

        assertThat(shown.toString()).doesNotContain("secret", "192.0.2.7", "k8s_config_file", "kubernetes_addr");
    }

    @Test
    void withoutTheFastPathItsNumbersAreNotShown() {
        Map<String, String> shown =
                ShownSettings.of(Typed.smallest().env("vip_fast", "off").usable());

        assertThat(shown).containsEntry("vip_fast", "off").doesNotContainKeys("vip_fastgrant", "vip_weight");
    }
}
