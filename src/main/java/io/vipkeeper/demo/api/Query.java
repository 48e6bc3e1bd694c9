package io.vipkeeper.demo.api;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

import com.sun.net.httpserver.HttpExchange;

/** The query parameters of a list or a watch; what cannot be read counts as absent. */
record Query(Map<String, String> parameters) {
    private static final String NAME = "metadata.name=";

    static Query of(HttpExchange exchange) {
        Map<String, String> parameters = new HashMap<>();
        String raw = exchange.getRequestURI().getRawQuery();
        for (String part : raw == null ? new String[0] : raw.split("&")) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                parameters.put(part.substring(0, equals), decoded(part.substring(equals + 1)));
            }
        }
        return new Query(parameters);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    boolean watch() {
        String watch = parameters.getOrDefault("watch", "");
        return watch.equals("true") || watch.equals("1");
    }

    /** The name of {@code fieldSelector=metadata.name=NAME}, null without one. */
    String fieldName() {
        String selector = parameters.getOrDefault("fieldSelector", "");
        return selector.startsWith(NAME) ? selector.substring(NAME.length()) : null;
    }

    boolean dryRun() {
        return parameters.getOrDefault("dryRun", "").equals("All");
    }

    boolean bookmarks() {
        return parameters.getOrDefault("allowWatchBookmarks", "").equals("true");
    }

    long number(String parameter, long otherwise) {
        try {
            return Long.parseLong(parameters.getOrDefault(parameter, ""));
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }
}
