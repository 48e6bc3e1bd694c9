package io.vipkeeper.cli.preflight;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import io.vipkeeper.config.ConfigSources;
import io.vipkeeper.config.Configured;
import io.vipkeeper.config.VipkeeperConfig;

/** Configurations as the tests need them. */
public final class Configs {
    private Configs() {}

    /** Of node n1 with the VIP 192.0.2.10 on eth0, and these variables beside or instead. */
    public static VipkeeperConfig of(String... namesAndValues) {
        Map<String, String> variables = new HashMap<>(Map.of(
                "vip_arp", "true",
                "cp_enable", "true",
                "vip_leaderelection", "true",
                "vip_interface", "eth0",
                "address", "192.0.2.10"));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            variables.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return ((Configured.Usable)
                        VipkeeperConfig.read(new ConfigSources(Map.of(), variables, "n1", Optional.empty())))
                .config();
    }
}
