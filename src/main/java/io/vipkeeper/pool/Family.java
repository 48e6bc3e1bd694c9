package io.vipkeeper.pool;

import java.util.Optional;

/** As {@code spec.ipFamilies} of a Service names them. */
public enum Family {
    IPV4("IPv4"),
    IPV6("IPv6");

    private final String text;

    Family(String text) {
        this.text = text;
    }

    public static Optional<Family> of(String text) {
        for (Family family : values()) {
            if (family.text.equals(text)) {
                return Optional.of(family);
            }
        }
        return Optional.empty();
    }

    public Family other() {
        return this == IPV4 ? IPV6 : IPV4;
    }

    @Override
    public String toString() {
        return text;
    }
}
