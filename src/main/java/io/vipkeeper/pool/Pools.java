package io.vipkeeper.pool;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * All pools of a ConfigMap's data, compatible with kube-vip-cloud-provider: {@code cidr-}, {@code range-},
 * {@code allow-share-} and {@code interface-}, each with a namespace's name or {@code global}; {@code search-order} and
 * {@code skip-end-ips-in-cidr}. It is not changed once it is read.
 */
public final class Pools {
    private static final String GLOBAL = "global";
    private static final String CIDR = "cidr-";
    private static final String RANGE = "range-";
    private static final String SHARE = "allow-share-";
    private static final String INTERFACE = "interface-";
    private static final String SEARCH_ORDER = "search-order";
    private static final String SKIP_ENDS = "skip-end-ips-in-cidr";

    /** What kube-vip-cloud-provider's README calls {@link #SHARE} in one place. */
    private static final String MISNAMED_SHARE = "allow-shared-";

    private static final Set<String> TRUE = Set.of("1", "t", "T", "TRUE", "true", "True");
    private static final Set<String> FALSE = Set.of("0", "f", "F", "FALSE", "false", "False");

    /** IFNAMSIZ of linux/if.h less its end, and no more than a name may have. */
    private static final String INTERFACE_NAME = "[^\\s/:,\\p{Cntrl}]{1,15}";

    private static final int MOST_FAULTS = 50;

    private final Map<String, String> data;
    private final Map<String, Addresses> pools = new TreeMap<>();
    private final List<Fault> faults = new ArrayList<>();

    private record Addresses(AddressSet ipv4, AddressSet ipv6) {}

    private Pools(Map<String, String> data) {
        this.data = new TreeMap<>(data);
    }

    /** @param data of the ConfigMap; empty if there is none */
    public static Pools read(Map<String, String> data) {
        Pools pools = new Pools(data);
        boolean skipsEnds = pools.valueOf(SKIP_ENDS, "true", "true", "false");
        pools.valueOf(SEARCH_ORDER, "desc", "asc", "desc");
        pools.data.forEach((key, value) -> pools.read(key, value, skipsEnds));
        return pools;
    }

    /** What is wrong with it, at most fifty, in the order of the keys. */
    public List<Fault> faults() {
        return List.copyOf(faults);
    }

    /**
     * Where the addresses of a namespace come from: its own CIDRs, the global ones, its own ranges, the global ones; the
     * first key that is there, whatever it says.
     */
    public Supply of(String namespace) {
        for (String kind : List.of(CIDR, RANGE)) {
            Optional<String> key = key(kind, namespace);
            if (key.isPresent()) {
                return supply(key.get(), namespace);
            }
        }
        return new Supply.Nothing("No address pool is for the namespace " + namespace + "; write " + CIDR + namespace
                + ", " + CIDR + GLOBAL + ", " + RANGE + namespace + " or " + RANGE + GLOBAL + " into the ConfigMap.");
    }

    /** All pools that some namespace may be given addresses of, in the order of their keys. */
    public Collection<Supply.Pool> all() {
        return pools.keySet().stream()
                .filter(key -> shadow(key).isEmpty())
                .map(key -> supply(key, namespace(key)))
                .filter(Supply.Pool.class::isInstance)
                .map(Supply.Pool.class::cast)
                .toList();
    }

    private Supply supply(String key, String namespace) {
        if (PoolEntries.isDhcp(data.get(key))) {
            return new Supply.Dhcp(key);
        }
        return new Supply.Pool(
                key,
                pools.get(key).ipv4(),
                pools.get(key).ipv6(),
                "desc".equals(data.get(SEARCH_ORDER)) ? SearchOrder.DESCENDING : SearchOrder.ASCENDING,
                key(SHARE, namespace).map(data::get).filter(TRUE::contains).isPresent(),
                key(INTERFACE, namespace).map(data::get).filter(name -> name.matches(INTERFACE_NAME)));
    }

    private Optional<String> key(String kind, String namespace) {
        return Optional.of(kind + namespace).filter(data::containsKey).or(() -> Optional.of(kind + GLOBAL)
                .filter(data::containsKey));
    }

    private void read(String key, String value, boolean skipsEnds) {
        if (key.startsWith(CIDR) || key.startsWith(RANGE)) {
            PoolEntries pool = new PoolEntries(
                    skipsEnds, (entry, what) -> fault(key, Fault.quoted(entry) + " of " + key + " " + what));
            if (!PoolEntries.isDhcp(value)) {
                pool.read(value);
            }
            pools.put(key, new Addresses(pool.addresses(Family.IPV4), pool.addresses(Family.IPV6)));
            shadow(key)
                    .ifPresent(first -> fault(
                            key,
                            "The pool " + key + " is not used, since CIDRs go before ranges and " + first
                                    + " is there; write its addresses into " + CIDR + namespace(key)));
        } else if (key.startsWith(SHARE)) {
            demand(key, value, text -> TRUE.contains(text) || FALSE.contains(text), "write true or false");
        } else if (key.startsWith(INTERFACE)) {
            demand(key, value, text -> text.matches(INTERFACE_NAME), "write the name of an interface, like eth0");
        } else if (key.startsWith(MISNAMED_SHARE)) {
            fault(
                    key,
                    "The key " + Fault.quoted(key) + " is not read; write " + SHARE
                            + key.substring(MISNAMED_SHARE.length()));
        }
    }

    /** The key that makes the ranges of this one unused, which is what kube-vip-cloud-provider's order means. */
    private Optional<String> shadow(String key) {
        return key.startsWith(RANGE) ? key(CIDR, namespace(key)) : Optional.empty();
    }

    /** Of a CIDR's or a range's key. */
    private static String namespace(String key) {
        return key.substring(key.indexOf('-') + 1);
    }

    /** @return whether the value is {@code on} */
    private boolean valueOf(String key, String on, String... known) {
        String value = data.get(key);
        if (value != null) {
            demand(key, value, List.of(known)::contains, "write " + String.join(" or ", known));
        }
        return on.equals(value);
    }

    private void demand(String key, String value, Predicate<String> good, String remedy) {
        if (!good.test(value)) {
            fault(key, Fault.quoted(value) + " of " + key + " says nothing and is not counted; " + remedy);
        }
    }

    private void fault(String key, String sentence) {
        if (faults.size() < MOST_FAULTS) {
            faults.add(new Fault(key, sentence + "."));
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Pools pools && pools.data.equals(data);
    }

    @Override
    public int hashCode() {
        return data.hashCode();
    }
}
