package io.vipkeeper.kubernetes;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;

/** Watches one ConfigMap. */
public final class ConfigMaps {
    private final ElectionClient client;
    private final WatchPace pace;

    public ConfigMaps(ElectionClient client, WatchPace pace) {
        this.client = client;
        this.pace = pace;
    }

    /**
     * Blocks, and tells of its data each time that the server has shown it; of none at all, be it deleted or not yet
     * made, as of an empty one. Values that are no text are left out.
     *
     * @param listener told on this thread; what it throws makes the watch begin anew
     * @param trouble told a sentence each time that the watch fails; what was told before still counts then
     * @param over asked on this thread whether to return, which an interrupt hastens
     */
    public void follow(
            String namespace,
            String name,
            Consumer<Map<String, String>> listener,
            Predicate<String> trouble,
            BooleanSupplier over) {
        String selector = "fieldSelector=" + URLEncoder.encode("metadata.name=" + name, StandardCharsets.UTF_8);
        Teller teller = new Teller(namespace + "/" + name, name, listener, trouble);
        new ListWatch(client, "/api/v1/namespaces/" + namespace + "/configmaps", selector, pace, teller).run(over);
    }

    private record Teller(String title, String name, Consumer<Map<String, String>> listener, Predicate<String> trouble)
            implements ListWatch.Listener {

        @Override
        public void listed(List<JsonNode> objects) {
            listener.accept(objects.stream()
                    .filter(this::isIt)
                    .findFirst()
                    .map(Teller::data)
                    .orElse(Map.of()));
        }

        @Override
        public boolean changed(JsonNode object) {
            if (!isIt(object)) {
                return false;
            }
            listener.accept(data(object));
            return true;
        }

        @Override
        public void deleted(JsonNode object) {
            if (isIt(object)) {
                listener.accept(Map.of());
            }
        }

        @Override
        public void failed(String why) {
            trouble.test("Watching the ConfigMap " + title + " fails and is tried again. " + why);
        }

        private boolean isIt(JsonNode object) {
            return object.path("metadata").path("name").asText("").equals(name);
        }

        private static Map<String, String> data(JsonNode object) {
            Map<String, String> data = new TreeMap<>();
            for (Map.Entry<String, JsonNode> entry : object.path("data").properties()) {
                if (entry.getValue().isTextual()) {
                    data.put(entry.getKey(), entry.getValue().textValue());
                }
            }
            return data;
        }
    }
}
