package io.vipkeeper.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Level;

import io.vipkeeper.config.VipkeeperConfig;

/** What Quarkus must know before it starts, as its own properties. */
final class RuntimeSettings {
    private RuntimeSettings() {}

    static Map<String, String> of(VipkeeperConfig config) {
        Map<String, String> settings = new LinkedHashMap<>();
        config.http()
                .metrics()
                .ifPresentOrElse(
                        listen -> {
                            settings.put("quarkus.http.host", listen.host().isEmpty() ? "0.0.0.0" : listen.host());
                            settings.put("quarkus.http.port", Integer.toString(listen.port()));
                        },
                        () -> settings.put("quarkus.http.host-enabled", "false"));
        settings.put(
                "quarkus.log.category.\"io.vipkeeper\".level", config.logLevel().getName());
        if (config.logLevel().intValue() > Level.INFO.intValue()) {
            settings.put("quarkus.log.level", config.logLevel().getName());
        }
        settings.put("quarkus.log.console.json.enabled", Boolean.toString(config.logsJson()));
        return settings;
    }
}
