package io.vipkeeper.config;

import java.util.List;
import java.util.Map;

/** What became of reading the configuration. */
public sealed interface Configured {

    /**
     * Every value is right.
     *
     * @param warnings what the reader should know before relying on it, a sentence each
     * @param values of all options that have a variable, by variable: as typed, else the default; {@code true} or
     *     {@code false} of those that are either
     */
    record Usable(VipkeeperConfig config, List<String> warnings, Map<String, String> values) implements Configured {
        public Usable {
            values = Map.copyOf(values);
        }
    }

    /**
     * At least one value is not.
     *
     * @param problems all of them, a sentence each, that names the input and the remedy
     */
    record Refused(List<String> problems) implements Configured {}
}
