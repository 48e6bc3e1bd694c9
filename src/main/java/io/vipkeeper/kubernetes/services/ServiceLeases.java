package io.vipkeeper.kubernetes.services;

import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;

import io.vipkeeper.kubernetes.ElectionClient;
import io.vipkeeper.kubernetes.KubernetesLeaseStore;
import io.vipkeeper.kubernetes.LeaseName;
import io.vipkeeper.kubernetes.OneLine;
import io.vipkeeper.lease.LeaseStore;
import io.vipkeeper.service.plan.LeaseRef;

/**
 * The Leases of Services. One that a Service names is taken only if it bears our label, is missing, or looks like
 * kube-vip's own: nothing on it but a spec, and a Node that holds it, or nobody. Whoever may annotate a Service could
 * else have the Lease of any other program of that namespace taken.
 */
public final class ServiceLeases {
    /** What the Leases are labelled with. */
    public static final Map<String, String> LABELS = Map.of("vipkeeper.io/elects", "services");

    private final ElectionClient client;
    private final Predicate<String> isNode;
    private final BiConsumer<LeaseRef, String> foreign;

    /**
     * @param isNode whether a Node has that name
     * @param foreign told a sentence each time that a Lease turns out to be somebody else's; on the thread that asks
     */
    public ServiceLeases(ElectionClient client, Predicate<String> isNode, BiConsumer<LeaseRef, String> foreign) {
        this.client = client;
        this.isNode = isNode;
        this.foreign = foreign;
    }

    /** A Lease that the configuration names. */
    public LeaseStore configured(LeaseRef lease) {
        return new KubernetesLeaseStore(client, name(lease), LABELS, InstantSource.system());
    }

    /** A Lease that a Service names, by an annotation or by its own name. */
    public LeaseStore named(LeaseRef lease) {
        return new KubernetesLeaseStore(client, name(lease), LABELS, InstantSource.system(), object -> {
            Optional<String> objection = objection(object)
                    .map(why -> "Lease " + lease + " " + why
                            + ": delete it, or name another in the annotation kube-vip.io/leaseName");
            objection.ifPresent(sentence -> foreign.accept(lease, sentence));
            return objection;
        });
    }

    private static LeaseName name(LeaseRef lease) {
        return new LeaseName(lease.namespace(), lease.name());
    }

    private Optional<String> objection(JsonNode object) {
        JsonNode metadata = object.path("metadata");
        if (LABELS.entrySet().stream().allMatch(label -> label.getValue()
                .equals(metadata.path("labels").path(label.getKey()).asText("")))) {
            return Optional.empty();
        }
        String holder = object.path("spec").path("holderIdentity").asText("");
        if (!isBare(metadata)) {
            return Optional.of("belongs to another program");
        }
        return holder.isEmpty() || isNode.test(holder)
                ? Optional.empty()
                : Optional.of("is held by \"" + OneLine.of(holder) + "\", which is no Node");
    }

    /** client-go's electors put nothing on a Lease, and some operators' frameworks do. */
    private static boolean isBare(JsonNode metadata) {
        return metadata.path("ownerReferences").isEmpty()
                && metadata.path("labels").isEmpty()
                && metadata.path("annotations").isEmpty();
    }
}
