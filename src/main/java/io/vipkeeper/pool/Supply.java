package io.vipkeeper.pool;

import java.util.Optional;

/** Where a namespace's addresses come from. */
public sealed interface Supply {

    /**
     * Addresses to choose from.
     *
     * @param key of the ConfigMap, which names the pool for people and metrics
     * @param ipv4 not to be changed
     * @param ipv6 not to be changed
     * @param shared whether Services with distinct ports may be given one IPv4 address
     * @param interfaceName what {@code kube-vip.io/serviceInterface} becomes
     */
    record Pool(
            String key,
            AddressSet ipv4,
            AddressSet ipv6,
            SearchOrder order,
            boolean shared,
            Optional<String> interfaceName)
            implements Supply {

        public AddressSet addresses(Family family) {
            return family == Family.IPV4 ? ipv4 : ipv6;
        }
    }

    /** The pool is {@code 0.0.0.0/32}: each Service asks DHCP. */
    record Dhcp(String key) implements Supply {}

    /** No pool is for this namespace. @param sentence says what to do */
    record Nothing(String sentence) implements Supply {}
}
