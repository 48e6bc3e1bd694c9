package io.vipkeeper.kubernetes.pools;

import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

import io.smallrye.mutiny.Multi;

import io.vipkeeper.kubernetes.Complaint;
import io.vipkeeper.kubernetes.ConfigMaps;
import io.vipkeeper.kubernetes.ElectionClient;
import io.vipkeeper.kubernetes.OneLine;
import io.vipkeeper.kubernetes.ThreadSource;
import io.vipkeeper.kubernetes.WatchPace;
import io.vipkeeper.pool.Fault;
import io.vipkeeper.pool.Pools;

/**
 * The ConfigMap that has the pools.
 *
 * @param namespace kube-system unless {@code KUBEVIP_NAMESPACE} says another
 * @param name kubevip unless {@code KUBEVIP_CONFIG_MAP} says another
 */
public record PoolConfigMap(String namespace, String name) {

    /** The variables of kube-vip-cloud-provider; empty ones are none. */
    public static PoolConfigMap of(Map<String, String> environment) {
        return new PoolConfigMap(
                value(environment, "KUBEVIP_NAMESPACE", "kube-system"),
                value(environment, "KUBEVIP_CONFIG_MAP", "kubevip"));
    }

    private static String value(Map<String, String> environment, String variable, String otherwise) {
        String value = environment.getOrDefault(variable, "").strip();
        return value.isEmpty() ? otherwise : value;
    }

    /**
     * The pools, each time that they differ from before; of no ConfigMap none. Never fails, ends when it is cancelled;
     * while the ConfigMap cannot be read the last ones go on to count.
     *
     * @param trouble told a sentence when the watch begins to fail, until it says that it passed it on; on the watch's
     *     thread, as the other
     * @param faults told the sentence of each {@link Fault} of the pools, again only after it was gone
     */
    public Multi<Pools> changes(
            ElectionClient client, WatchPace pace, Predicate<String> trouble, Consumer<String> faults) {
        return ThreadSource.of("vipkeeper-pools", outlet -> {
            Teller teller = new Teller(outlet, new Complaint(trouble), faults);
            new ConfigMaps(client, pace).follow(namespace, name, teller::told, teller::failed, outlet::isOver);
        });
    }

    /** One subscription, on its thread. */
    private final class Teller {
        private final ThreadSource.Outlet<Pools> outlet;
        private final Complaint complaint;
        private final Consumer<String> faults;
        private Pools last;
        private Set<Fault> said = Set.of();

        Teller(ThreadSource.Outlet<Pools> outlet, Complaint complaint, Consumer<String> faults) {
            this.outlet = outlet;
            this.complaint = complaint;
            this.faults = faults;
        }

        void told(Map<String, String> data) {
            complaint.over();
            Pools pools = Pools.read(data);
            if (pools.equals(last)) {
                return;
            }
            last = pools;
            pools.faults().stream()
                    .filter(fault -> !said.contains(fault))
                    .forEach(fault -> faults.accept("ConfigMap " + namespace + "/" + name + ": " + fault.sentence()));
            said = Set.copyOf(pools.faults());
            outlet.emit(pools);
        }

        boolean failed(String why) {
            complaint.about("WATCH", OneLine.of(why));
            return true;
        }
    }
}
