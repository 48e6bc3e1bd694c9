package io.vipkeeper.kubernetes;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;

import io.vipkeeper.lease.ApiFailure;
import io.vipkeeper.lease.LeaseRecord;

/** Watches the Leases of a namespace that carry some labels. */
public final class LabelledLeases {

    /** Whoever may create Leases may create many. */
    private static final int MOST = 256;

    private final ElectionClient client;
    private final String namespace;
    private final Map<String, String> labels;
    private final WatchPace pace;
    private final Predicate<String> trouble;

    /**
     * @param trouble told a sentence at each failure, and says whether it passed it on; called on the watch's thread
     */
    public LabelledLeases(
            ElectionClient client,
            String namespace,
            Map<String, String> labels,
            WatchPace pace,
            Predicate<String> trouble) {
        this.client = client;
        this.namespace = namespace;
        this.labels = new TreeMap<>(labels);
        this.pace = pace;
        this.trouble = trouble;
    }

    /**
     * Blocks, and tells of all of them by name each time that the server has shown or confirmed them: as often as
     * something changes, and as a sign of life at least once in the pace's patience while the server answers. What is no
     * Lease is left out.
     *
     * @param listener told on this thread; what it throws makes the watch begin anew
     * @param over asked on this thread whether to return, which an interrupt hastens
     */
    public void follow(Consumer<Map<String, LeaseRecord>> listener, BooleanSupplier over) {
        new ListWatch(client, collection(), query(), pace, new Level(listener)).run(over);
    }

    /** All of them by name, once; blocks for one request. */
    public ApiSurvey.Told<Map<String, LeaseRecord>> list() {
        ApiReply reply = client.exchange(ApiCall.Request.get(collection() + "?" + query()));
        if (reply instanceof ApiReply.Failed(ApiFailure cause, String detail)) {
            return new ApiSurvey.Told.Unknown<>(cause, detail);
        }
        ApiReply.Answered answered = (ApiReply.Answered) reply;
        if (answered.status() != 200) {
            return new ApiSurvey.Told.Unknown<>(Failures.of(answered.status()), answered.text());
        }
        JsonNode items = Optional.ofNullable(LeaseJson.tree(answered.body()))
                .map(tree -> tree.path("items"))
                .orElse(NullNode.getInstance());
        Map<String, LeaseRecord> all = new LinkedHashMap<>();
        new Level(all::putAll).listed(items.isArray() ? items.valueStream().toList() : List.of());
        return new ApiSurvey.Told.Known<>(all);
    }

    private String collection() {
        return new LeaseName(namespace, "any").collection();
    }

    private String query() {
        return "labelSelector=" + URLEncoder.encode(selector(), StandardCharsets.UTF_8);
    }

    private String selector() {
        return labels.entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .collect(Collectors.joining(","));
    }

    private final class Level implements ListWatch.Listener {
        private final Consumer<Map<String, LeaseRecord>> listener;
        private final Map<String, LeaseRecord> known = new LinkedHashMap<>();

        Level(Consumer<Map<String, LeaseRecord>> listener) {
            this.listener = listener;
        }

        @Override
        public void listed(List<JsonNode> objects) {
            known.clear();
            objects.forEach(this::take);
            tell();
        }

        @Override
        public boolean changed(JsonNode object) {
            take(object);
            tell();
            return true;
        }

        @Override
        public void deleted(JsonNode object) {
            known.remove(name(object));
            tell();
        }

        @Override
        public void bookmark() {
            tell();
        }

        @Override
        public void failed(String why) {
            trouble.test("Watching the Leases of " + namespace + " with " + selector() + " fails and is tried again. "
                    + why);
        }

        private void take(JsonNode object) {
            String name = name(object);
            known.remove(name);
            if (known.size() < MOST
                    && isLabelled(object)
                    && LeaseJson.parse(name, object) instanceof LeaseJson.Parsed.Lease lease) {
                known.put(name, lease.record());
            }
        }

        private boolean isLabelled(JsonNode object) {
            JsonNode found = object.path("metadata").path("labels");
            return labels.entrySet().stream().allMatch(label -> label.getValue()
                    .equals(found.path(label.getKey()).asText("")));
        }

        private void tell() {
            listener.accept(Map.copyOf(known));
        }

        private static String name(JsonNode object) {
            return object.path("metadata").path("name").asText("");
        }
    }
}
