package io.vipkeeper.cli.common;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Asks a running manager for its status. */
public final class StatusSource {
    private static final int LARGEST = 1 << 20;
    private static final Pattern LISTEN =
            Pattern.compile("(?<host>[-A-Za-z0-9._]*|\\[[0-9a-fA-F:.]+]):(?<port>[0-9]+)");

    private final URI uri;
    private final Duration bound;

    /** What came of asking. */
    public sealed interface Reply {
        record Told(JsonNode status) implements Reply {}

        /** The manager runs, but cannot tell yet. */
        record NotYet() implements Reply {}

        /**
         * @param why a few words
         * @param refused whether the machine is there and says that nothing listens
         */
        record Silent(String why, boolean refused) implements Reply {}
    }

    /** @param bound for the whole answer */
    public StatusSource(URI uri, Duration bound) {
        this.uri = uri;
        this.bound = bound;
    }

    public URI uri() {
        return uri;
    }

    /**
     * Where a manager with this {@code prometheus_server} is asked on its own node.
     *
     * @return empty for a text that is no address to listen on
     */
    public static Optional<URI> ofListener(String prometheusServer) {
        Matcher matcher = LISTEN.matcher(prometheusServer);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String host =
                switch (matcher.group("host")) {
                    case "", "0.0.0.0" -> "127.0.0.1";
                    case "[::]" -> "[::1]";
                    default -> matcher.group("host");
                };
        return ofUrl("http://" + host + ":" + matcher.group("port"));
    }

    /** @return empty for a text that is no URL of HTTP; a path that is missing is that of the status */
    public static Optional<URI> ofUrl(String url) {
        try {
            URI uri = URI.create(url);
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (!http || uri.getHost() == null || uri.getPort() > 65_535) {
                return Optional.empty();
            }
            boolean bare = uri.getPath().isEmpty() || uri.getPath().equals("/");
            return Optional.of(bare ? uri.resolve("/q/status") : uri);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Blocks for the bound at most. */
    public Reply ask() {
        HttpClient client = HttpClient.newBuilder()
                .connectTimeout(bound)
                .proxy(HttpClient.Builder.NO_PROXY)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        try {
            return client.sendAsync(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofInputStream())
                    .thenApplyAsync(StatusSource::read)
                    .get(bound.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            return e.getCause() instanceof ConnectException ? unconnected() : new Reply.Silent(text(e), false);
        } catch (TimeoutException e) {
            return new Reply.Silent("there is no answer within " + bound.toMillis() + " ms", false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Reply.Silent("the question was given up", false);
        } finally {
            client.shutdownNow();
        }
    }

    private static Reply read(HttpResponse<InputStream> response) {
        try (InputStream in = response.body()) {
            if (response.statusCode() == 503) {
                return new Reply.NotYet();
            }
            byte[] body = in.readNBytes(LARGEST + 1);
            if (response.statusCode() != 200 || body.length > LARGEST) {
                return new Reply.Silent("the answer is " + response.statusCode() + ", which no vipkeeper gives", false);
            }
            JsonNode json = new JsonMapper().readTree(body);
            return json.path("role").isTextual() && json.path("holder").isTextual()
                    ? new Reply.Told(json)
                    : new Reply.Silent("something else than vipkeeper answers", false);
        } catch (IOException e) {
            return new Reply.Silent("something else than vipkeeper answers", false);
        }
    }

    /** HttpClient says of a failed connection only that it failed. */
    private Reply.Silent unconnected() {
        int port = uri.getPort() > 0 ? uri.getPort() : uri.getScheme().equals("https") ? 443 : 80;
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(uri.getHost(), port), (int) bound.toMillis());
            return new Reply.Silent("the connection broke", false);
        } catch (ConnectException e) {
            boolean refused = String.valueOf(e.getMessage()).contains("refused");
            return new Reply.Silent(refused ? "nothing listens there" : Printable.of(e.getMessage()), refused);
        } catch (IOException e) {
            return new Reply.Silent(Printable.of(String.valueOf(e.getMessage())), false);
        }
    }

    private static String text(ExecutionException e) {
        String message = e.getCause().getMessage();
        return message == null ? e.getCause().getClass().getSimpleName() : Printable.of(message);
    }
}
