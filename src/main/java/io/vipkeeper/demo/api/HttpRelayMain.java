package io.vipkeeper.demo.api;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;

/**
 * Asks HTTP servers from inside a namespace on behalf of the lab, which lives outside: a line in, {@code METHOD URL
 * TYPE BODY} with type and body in Base64, a line out, {@code STATUS BODY} or {@code ! REASON} in Base64.
 */
public final class HttpRelayMain {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private HttpRelayMain() {}

    /** @param arguments the file of a CA certificate and a bearer token, either empty */
    public static void main(String[] arguments) throws IOException, GeneralSecurityException, InterruptedException {
        String ca = arguments.length > 0 ? arguments[0] : "";
        String token = arguments.length > 1 ? arguments[1] : "";
        HttpClient.Builder builder =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(LIMIT);
        if (!ca.isEmpty()) {
            builder.sslContext(Authority.trusting(Path.of(ca)));
        }
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (HttpClient http = builder.build()) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                answer(System.out, http, line.split(" ", -1), token);
            }
        }
    }

    private static void answer(PrintStream out, HttpClient http, String[] line, String token)
            throws InterruptedException {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(line[1]))
                    .timeout(LIMIT)
                    .method(
                            line[0],
                            HttpRequest.BodyPublishers.ofByteArray(
                                    Base64.getDecoder().decode(line[3])));
            if (!line[2].isEmpty()) {
                request.header("Content-Type", new String(Base64.getDecoder().decode(line[2]), StandardCharsets.UTF_8));
            }
            if (!token.isEmpty()) {
                request.header("Authorization", "Bearer " + token);
            }
            HttpResponse<byte[]> response = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            out.println(response.statusCode() + " " + Base64.getEncoder().encodeToString(response.body()));
        } catch (IOException | IllegalArgumentException e) {
            out.println("! " + Base64.getEncoder().encodeToString(e.toString().getBytes(StandardCharsets.UTF_8)));
        }
        out.flush();
    }
}
