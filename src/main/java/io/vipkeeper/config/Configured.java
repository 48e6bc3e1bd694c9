package io.vipkeeper.config;

import java.util.List;

/** What became of reading the configuration. */
public sealed interface Configured {

    /**
     * Every value is right.
     *
     * @param warnings what the reader should know before relying on it, a sentence each
     */
    record Usable(VipkeeperConfig config, List<String> warnings) implements Configured {}

    /**
     * At least one value is not.
     *
     * @param problems all of them, a sentence each, that names the input and the remedy
     */
    record Refused(List<String> problems) implements Configured {}
}
