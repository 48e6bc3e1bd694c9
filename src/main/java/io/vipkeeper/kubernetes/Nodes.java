package io.vipkeeper.kubernetes;

import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Multi;

/**
 * The cluster's Nodes: which addresses are theirs, and which of them make up the control plane. Polled, on a thread of
 * its own.
 */
public final class Nodes {
    /** Nodes are large (they list their images), so few of them come at a time. */
    private static final int PAGE = 20;

    /** The label of a control plane's Node, now and before Kubernetes 1.20; both may be there, their value is empty. */
    private static final List<String> ROLES =
            List.of("node-role.kubernetes.io/control-plane", "node-role.kubernetes.io/master");

    private static final int PAGES = 250;
    private static final int MOST_ADDRESSES = 20_000;

    private static final Duration PERIOD = Duration.ofSeconds(60);
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final ElectionClient client;
    private final Duration period;
    private final Duration retry;
    private final Predicate<String> trouble;

    /**
     * @param period between two looks at the Nodes, when the last succeeded
     * @param retry between two looks, when the last failed
     * @param trouble told a sentence when the list begins to fail, for instance by 403, until it says that it passed it
     *     on, and again only for another cause or after a success; called on the polling thread
     */
    public Nodes(ElectionClient client, Duration period, Duration retry, Predicate<String> trouble) {
        this.client = client;
        this.period = period;
        this.retry = retry;
        this.trouble = trouble;
    }

    /** Looks once a minute, and after a failure each five seconds. */
    public Nodes(ElectionClient client, Predicate<String> trouble) {
        this(client, PERIOD, RETRY, trouble);
    }

    /** The list, each time that it differs from before; never fails, ends when it is cancelled. */
    public Multi<NodeList> changes() {
        return ThreadSource.of("vipkeeper-nodes", this::poll);
    }

    private sealed interface Look {
        /** @param servers the addresses of each Node of the control plane, Ready or not */
        record Seen(NodeList nodes, List<List<InetAddress>> servers) implements Look {}

        /** @param kind what makes it another cause than the one before */
        record Failed(String kind, String sentence) implements Look {}
    }

    /** Looks once, on the calling thread, for some seconds at most; empty if they cannot be told. */
    public Optional<NodeList> now() {
        return look() instanceof Look.Seen(NodeList nodes, List<List<InetAddress>> servers)
                ? Optional.of(nodes)
                : Optional.empty();
    }

    private void poll(ThreadSource.Outlet<NodeList> outlet) {
        Complaint complaint = new Complaint(trouble);
        NodeList known = null;
        while (!outlet.isOver()) {
            Duration pause = period;
            switch (look()) {
                case Look.Seen(NodeList nodes, List<List<InetAddress>> servers) -> {
                    complaint.over();
                    client.know(servers);
                    if (!nodes.equals(known)) {
                        known = nodes;
                        outlet.emit(nodes);
                    }
                }
                case Look.Failed(String kind, String sentence) -> {
                    pause = retry;
                    complaint.about(kind, sentence);
                }
            }
            ThreadSource.sleep(pause);
        }
    }

    private Look look() {
        Map<InetAddress, String> owners = new HashMap<>();
        Set<String> controlPlane = new HashSet<>();
        Map<String, List<InetAddress>> servers = new TreeMap<>();
        PagedList.Outcome outcome = new PagedList(client, "/api/v1/nodes", PAGE, PAGES)
                .read(
                        node -> {
                            collect(node, owners, controlPlane);
                            if (isControlPlane(node)) {
                                servers.put(name(node), addresses(node, "InternalIP"));
                            }
                        },
                        () -> owners.size() > MOST_ADDRESSES || controlPlane.size() > MOST_ADDRESSES);
        return switch (outcome) {
            case PagedList.Outcome.Whole whole ->
                new Look.Seen(new NodeList(owners, controlPlane), List.copyOf(servers.values()));
            case PagedList.Outcome.Refused(ApiReply reply) -> failed(kind(reply), reply.text());
            case PagedList.Outcome.Nonsense nonsense -> failed("NONSENSE", "the answer is no list");
            case PagedList.Outcome.TooMany tooMany -> failed("SIZE", "there are more of them than can be read");
        };
    }

    private static String kind(ApiReply reply) {
        return switch (reply) {
            case ApiReply.Failed failed -> failed.cause().name();
            case ApiReply.Answered answered -> String.valueOf(answered.status());
        };
    }

    private static void collect(JsonNode node, Map<InetAddress, String> owners, Set<String> controlPlane) {
        addresses(node, "InternalIP").forEach(own -> owners.put(own, name(node)));
        addresses(node, "ExternalIP").forEach(own -> owners.put(own, name(node)));
        if (isControlPlane(node) && isReady(node)) {
            controlPlane.add(name(node));
        }
    }

    private static String name(JsonNode node) {
        return node.path("metadata").path("name").asText("");
    }

    private static List<InetAddress> addresses(JsonNode node, String type) {
        return node.path("status")
                .path("addresses")
                .valueStream()
                .filter(address -> address.path("type").asText("").equals(type))
                .flatMap(address -> Addresses.literal(address.path("address").asText("")).stream())
                .toList();
    }

    private static boolean isControlPlane(JsonNode node) {
        JsonNode labels = node.path("metadata").path("labels");
        return !name(node).isEmpty() && ROLES.stream().anyMatch(labels::has);
    }

    private static boolean isReady(JsonNode node) {
        for (JsonNode condition : node.path("status").path("conditions")) {
            if (condition.path("type").asText("").equals("Ready")) {
                return condition.path("status").asText("").equals("True");
            }
        }
        return false;
    }

    private static Look failed(String kind, String why) {
        return new Look.Failed(kind, "The cluster's Nodes are not known: " + OneLine.of(why));
    }
}
