package io.vipkeeper.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What a test types, on top of the smallest configuration that starts. */
final class Typed {
    private final Map<String, String> flags = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();
    private String hostName = "Node-A";
    private Optional<String> serviceAccountNamespace = Optional.empty();

    static Typed smallest() {
        return nothing().env("vip_arp", "true").env("cp_enable", "true").env("address", "192.0.2.10");
    }

    static Typed nothing() {
        return new Typed();
    }

    Typed env(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Typed flag(String name, String value) {
        flags.put(name, value);
        return this;
    }

    Typed host(String name) {
        hostName = name;
        return this;
    }

    Typed serviceAccount(String namespace) {
        serviceAccountNamespace = Optional.of(namespace);
        return this;
    }

    Configured read() {
        return VipkeeperConfig.read(new ConfigSources(flags, environment, hostName, serviceAccountNamespace));
    }

    VipkeeperConfig usable() {
        return switch (read()) {
            case Configured.Usable usable -> usable.config();
            case Configured.Refused refused -> throw new AssertionError("refused: " + refused.problems());
        };
    }

    Configured.Refused refused() {
        return switch (read()) {
            case Configured.Usable usable -> throw new AssertionError("not refused: " + usable);
            case Configured.Refused refused -> refused;
        };
    }
}
