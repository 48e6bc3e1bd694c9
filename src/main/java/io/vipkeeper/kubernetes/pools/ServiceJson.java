package io.vipkeeper.kubernetes.pools;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.vipkeeper.pool.Address;
import io.vipkeeper.pool.Family;
import io.vipkeeper.pool.ledger.FamilyPolicy;
import io.vipkeeper.pool.ledger.Port;
import io.vipkeeper.pool.ledger.ServiceId;
import io.vipkeeper.pool.turn.AddressWrite;
import io.vipkeeper.pool.turn.Applicant;

/** Services as the API server writes them. */
public final class ServiceJson {
    private static final String IGNORE = "kube-vip.io/ignore";

    /** Of kube-vip-cloud-provider before 0.0.4, which removed it where it found it. */
    private static final String OLD_LABEL = "ipam-address";

    private ServiceJson() {}

    /**
     * What a Service is to whoever hands out addresses; empty for what is none.
     *
     * @param ours whether LoadBalancers of this class are ours; asked with an empty text for those without a class
     */
    public static Optional<Applicant> applicant(JsonNode service, Predicate<String> ours) {
        JsonNode metadata = service.path("metadata");
        JsonNode spec = service.path("spec");
        String name = text(metadata, "name");
        String version = text(metadata, "resourceVersion");
        if (name.isEmpty() || version.isEmpty() || !spec.isObject()) {
            return Optional.empty();
        }
        JsonNode annotations = metadata.path("annotations");
        return Optional.of(new Applicant(
                new ServiceId(text(metadata, "namespace"), name),
                text(metadata, "uid"),
                version,
                created(text(metadata, "creationTimestamp")),
                stage(metadata, spec, ours),
                spec.path("ipFamilies")
                        .valueStream()
                        .flatMap(family -> Family.of(family.asText("")).stream())
                        .toList(),
                FamilyPolicy.of(text(spec, "ipFamilyPolicy")),
                ports(spec),
                new Applicant.Texts(
                        text(annotations, AddressWrite.ADDRESSES),
                        text(spec, "loadBalancerIP"),
                        text(annotations, AddressWrite.STAMP),
                        text(metadata.path("labels"), AddressWrite.LABEL).equals(AddressWrite.LABEL_VALUE)),
                elsewhere(spec, service.path("status"))));
    }

    private static Applicant.Stage stage(JsonNode metadata, JsonNode spec, Predicate<String> ours) {
        boolean wants = text(spec, "type").equals("LoadBalancer")
                && ours.test(text(spec, "loadBalancerClass"))
                && !text(metadata.path("annotations"), IGNORE).equals("true");
        if (!wants) {
            return Applicant.Stage.OTHER;
        }
        return metadata.path("deletionTimestamp").isTextual() ? Applicant.Stage.LEAVING : Applicant.Stage.WANTS;
    }

    private static Set<Port> ports(JsonNode spec) {
        Set<Port> ports = new HashSet<>();
        for (JsonNode port : spec.path("ports")) {
            ports.add(new Port(
                    port.path("protocol").asText("TCP"), port.path("port").asInt()));
        }
        return Set.copyOf(ports);
    }

    private static Set<Address> elsewhere(JsonNode spec, JsonNode status) {
        Set<Address> all = new HashSet<>();
        for (String member : List.of("clusterIPs", "externalIPs")) {
            spec.path(member).forEach(address -> add(all, address));
        }
        status.path("loadBalancer").path("ingress").forEach(ingress -> add(all, ingress.path("ip")));
        return Set.copyOf(all);
    }

    private static void add(Set<Address> all, JsonNode address) {
        Address.parse(address.asText(""))
                .filter(found -> !found.isUnspecified())
                .ifPresent(all::add);
    }

    /** One without a time that can be read counts as the youngest. */
    private static Instant created(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            return Instant.MAX;
        }
    }

    private static String text(JsonNode parent, String member) {
        return parent.path(member).asText("");
    }

    /** As a merge patch, for that version only. */
    static ObjectNode patch(AddressWrite write) {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        ObjectNode metadata = patch.putObject("metadata").put("resourceVersion", write.version());
        metadata.putObject("labels")
                .put(AddressWrite.LABEL, AddressWrite.LABEL_VALUE)
                .putNull(OLD_LABEL);
        ObjectNode annotations = metadata.putObject("annotations")
                .put(AddressWrite.ADDRESSES, write.annotation())
                .put(AddressWrite.STAMP, write.stamp());
        write.interfaceName().ifPresent(name -> annotations.put(AddressWrite.INTERFACE, name));
        write.loadBalancerIp().ifPresent(address -> patch.putObject("spec").put("loadBalancerIP", address));
        return patch;
    }
}
