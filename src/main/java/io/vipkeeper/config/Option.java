package io.vipkeeper.config;

/**
 * One row of the table of options.
 *
 * @param flag the long flag without its dashes, empty when there is none
 * @param env the environment variable, empty when there is none
 * @param fileKey the key in the configuration file, empty when there is none; read without regard to case
 * @param defaultValue what holds when nothing is given, as it would be typed
 * @param purpose one line for people
 */
public record Option(
        String flag, String env, String fileKey, Kind kind, String defaultValue, String purpose, Origin origin) {

    /** The name that documentation and messages use when nothing was typed: the variable, else the flag. */
    public String name() {
        return env.isEmpty() ? "--" + flag : env;
    }

    /** How a value is written. */
    public enum Kind {
        /** As Go's ParseBool reads it; the flag alone means true. */
        BOOLEAN,
        NUMBER,
        TEXT
    }

    /** Where an option comes from, and what vipkeeper does with it. */
    public enum Origin {
        /** kube-vip's, with kube-vip's meaning. */
        KUBE_VIP,
        /** vipkeeper's own. */
        VIPKEEPER,
        /** kube-vip's, for Services of type LoadBalancer: obeyed in the preview of those. */
        SERVICES,
        /** kube-vip's, for something that vipkeeper does not do: refused unless it switches nothing on. */
        ABSENT,
        /** kube-vip's, without any effect there either. */
        NO_EFFECT;

        /** Whether help and documentation show it. */
        public boolean isUsed() {
            return this == KUBE_VIP || this == VIPKEEPER;
        }
    }
}
