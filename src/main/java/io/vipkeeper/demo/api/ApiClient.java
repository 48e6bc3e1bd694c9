package io.vipkeeper.demo.api;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;

import io.vipkeeper.demo.lab.JavaCommand;
import io.vipkeeper.demo.lab.Lab;
import io.vipkeeper.demo.lab.LabException;

/**
 * HTTP requests from inside the API's namespace, through a child process there. One at a time; each takes at most 5 s.
 */
public final class ApiClient {
    private static final String LEASES = "/apis/coordination.k8s.io/v1/namespaces/kube-system/leases/";

    /** An answer; {@code status} 0 means there was none and {@code body} says why. */
    public record Answer(int status, String body) {

        public boolean ok() {
            return status >= 200 && status < 300;
        }

        /** @throws LabException if the body is not JSON */
        public JsonNode json() {
            try {
                return LeaseServer.JSON.readTree(body);
            } catch (JsonProcessingException e) {
                throw new LabException("the API answered " + status + " without JSON: " + body, e);
            }
        }
    }

    private record Relay(BufferedReader answers, Writer requests) {}

    private final Relay relay;
    private final String server;

    private ApiClient(Relay relay, String server) {
        this.relay = relay;
        this.server = server;
    }

    /**
     * @param server the base of paths that are asked without one
     * @param caFile the CA to trust, empty for plain HTTP
     * @param token a bearer token, or empty
     */
    static ApiClient start(Lab lab, String server, String caFile, String token) {
        List<String> command = JavaCommand.main(HttpRelayMain.class.getName(), List.of(caFile, token));
        Process process = lab.startInApi("relay", command, true);
        return new ApiClient(
                new Relay(process.inputReader(StandardCharsets.UTF_8), process.outputWriter(StandardCharsets.UTF_8)),
                server);
    }

    /** The same, for another server. */
    ApiClient at(String otherServer) {
        return new ApiClient(relay, otherServer);
    }

    /** @param target a whole URL, or a path on the API server */
    public Answer request(String method, String target, String body) {
        return request(method, target, "application/json", body);
    }

    public Answer request(String method, String target, String type, String body) {
        String url = target.startsWith("/") ? server + target : target;
        String line = exchange(String.join(" ", method, url, encoded(body.isEmpty() ? "" : type), encoded(body)));
        String[] parts = line.split(" ", -1);
        String text = new String(Base64.getDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        return parts[0].equals("!") ? new Answer(0, text) : new Answer(Integer.parseInt(parts[0]), text);
    }

    private String exchange(String request) {
        synchronized (relay) {
            try {
                relay.requests.write(request + "\n");
                relay.requests.flush();
                String answer = relay.answers.readLine();
                if (answer == null) {
                    throw new LabException("the lab's HTTP relay has died");
                }
                return answer;
            } catch (IOException e) {
                throw new LabException("the lab's HTTP relay cannot be reached: " + e.getMessage(), e);
            }
        }
    }

    public Answer get(String target) {
        return request("GET", target, "");
    }

    /** A Lease of {@code kube-system}. */
    public Answer lease(String name) {
        return get(LEASES + name);
    }

    public Answer deleteLease(String name) {
        return request("DELETE", LEASES + name, "");
    }

    /** Replaces a Lease of {@code kube-system} by what is given. */
    public Answer replaceLease(String name, JsonNode lease) {
        return request("PUT", LEASES + name, lease.toString());
    }

    /** Polls {@code /readyz} until it answers 200. */
    public boolean awaitReady(String base, Duration limit) {
        return await(base + "/readyz", limit);
    }

    /** Polls until it answers 2xx. */
    public boolean await(String target, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!get(target).ok()) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            pause();
        }
        return true;
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted while a server was awaited", e);
        }
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
