package io.vipkeeper.e2e.recording;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Iterator;

/**
 * Watches one key of etcd from inside the API's namespace and prints each answer behind the time of its arrival. etcd
 * and not an API server, because it is where writes get their order, and because the tests freeze API servers.
 */
public final class LeaseWatchMain {
    private LeaseWatchMain() {}

    /** @param arguments etcd's base URL and the key; ends when etcd does */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        String key = Base64.getEncoder().encodeToString(arguments[1].getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(URI.create(arguments[0] + "/v3/watch"))
                .POST(HttpRequest.BodyPublishers.ofString("{\"create_request\":{\"key\":\"" + key + "\"}}"))
                .build();
        try (HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            Iterator<String> lines = http.send(request, HttpResponse.BodyHandlers.ofLines())
                    .body()
                    .iterator();
            while (lines.hasNext()) {
                String line = lines.next();
                System.out.println(Times.now() + " " + line);
            }
        }
    }
}
