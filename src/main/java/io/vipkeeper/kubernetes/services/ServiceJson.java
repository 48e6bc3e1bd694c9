package io.vipkeeper.kubernetes.services;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.vipkeeper.service.StatusDraft;
import io.vipkeeper.service.plan.DnsName;
import io.vipkeeper.service.plan.Endpoints;
import io.vipkeeper.service.plan.ServiceKey;
import io.vipkeeper.service.plan.ServiceView;

/** What is read of the objects and written to them. Nothing that is read is trusted. */
final class ServiceJson {
    private static final int MOST = 1_000;
    private static final String OWNER = "kubernetes.io/service-name";

    private ServiceJson() {}

    /** Which Service a part of its endpoints belongs to. */
    record Slice(ServiceKey service, Endpoints endpoints) {}

    /** Empty for a Service that neither is of type LoadBalancer nor bears an elector's word, or has no name. */
    static Optional<ServiceView> service(JsonNode object) {
        JsonNode metadata = object.path("metadata");
        JsonNode spec = object.path("spec");
        Map<String, String> annotations = annotations(metadata.path("annotations"));
        boolean balancer = text(spec, "type").equals("LoadBalancer") && !metadata.has("deletionTimestamp");
        if (!isNamed(text(metadata, "namespace"), text(metadata, "name"))
                || !balancer && !annotations.containsKey(ServiceView.HOST)) {
            return Optional.empty();
        }
        return Optional.of(new ServiceView(
                new ServiceKey(text(metadata, "namespace"), text(metadata, "name")),
                text(metadata, "uid"),
                text(metadata, "resourceVersion"),
                text(metadata, "creationTimestamp"),
                balancer,
                Optional.of(text(spec, "loadBalancerClass")).filter(name -> !name.isEmpty()),
                text(spec, "externalTrafficPolicy").equals("Local"),
                ports(spec.path("ports")),
                text(spec, "loadBalancerIP"),
                annotations,
                ingress(object.path("status").path("loadBalancer").path("ingress"))));
    }

    /** Empty for one that names no Service. An endpoint that says nothing of itself is ready. */
    static Optional<Slice> slice(JsonNode object) {
        JsonNode metadata = object.path("metadata");
        String owner = text(metadata.path("labels"), OWNER);
        Set<String> nodes = new HashSet<>();
        boolean any = false;
        for (JsonNode endpoint : object.path("endpoints")) {
            JsonNode conditions = endpoint.path("conditions");
            boolean ready = conditions.path("ready").asBoolean(true);
            if (ready || conditions.path("serving").asBoolean(false)) {
                any = true;
                Optional.of(text(endpoint, "nodeName"))
                        .filter(name -> !name.isEmpty() && nodes.size() < 10 * MOST)
                        .ifPresent(nodes::add);
            }
        }
        return !isNamed(text(metadata, "namespace"), owner)
                ? Optional.empty()
                : Optional.of(new Slice(new ServiceKey(text(metadata, "namespace"), owner), new Endpoints(any, nodes)));
    }

    private static boolean isNamed(String namespace, String name) {
        return DnsName.isLabel(namespace) && DnsName.isLabel(name);
    }

    /** A merge patch that meets that very version of that very object or nothing. */
    static ObjectNode patch(StatusDraft draft) {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        ObjectNode metadata = patch.putObject("metadata");
        metadata.put("uid", draft.uid()).put("resourceVersion", draft.version());
        ObjectNode annotations = metadata.putObject("annotations");
        String host = ServiceView.PREFIX + ServiceView.HOST;
        if (draft.host().isEmpty()) {
            annotations.putNull(host);
        } else {
            annotations.put(host, draft.host());
        }
        ObjectNode balancer = patch.putObject("status").putObject("loadBalancer");
        if (draft.ingress().isEmpty()) {
            balancer.putNull("ingress");
        } else {
            var ingress = balancer.putArray("ingress");
            draft.ingress()
                    .forEach(address -> ingress.addObject().put("ip", address).put("ipMode", "VIP"));
        }
        return patch;
    }

    private static Map<String, String> annotations(JsonNode node) {
        Map<String, String> found = new HashMap<>();
        node.properties().forEach(entry -> {
            if (entry.getKey().startsWith(ServiceView.PREFIX)
                    && entry.getValue().isTextual()
                    && found.size() < MOST) {
                found.put(
                        entry.getKey().substring(ServiceView.PREFIX.length()),
                        entry.getValue().asText());
            }
        });
        return found;
    }

    private static Set<ServiceView.Port> ports(JsonNode node) {
        Set<ServiceView.Port> ports = new HashSet<>();
        for (JsonNode port : node) {
            String protocol = port.path("protocol").asText("TCP");
            if (ports.size() < MOST) {
                ports.add(new ServiceView.Port(protocol, port.path("port").asInt(0)));
            }
        }
        return ports;
    }

    private static List<String> ingress(JsonNode node) {
        List<String> addresses = new ArrayList<>();
        for (JsonNode one : node) {
            String address = text(one, "ip");
            if (!address.isEmpty() && addresses.size() < MOST) {
                addresses.add(address);
            }
        }
        return addresses;
    }

    private static String text(JsonNode node, String member) {
        return node.path(member).asText("");
    }
}
