package io.vipkeeper.kubernetes;

import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.http.HttpMethod;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

import io.vipkeeper.lease.ApiFailure;
import io.vipkeeper.lease.LeaseDraft;

/**
 * Questions about the way to the API server and what may be done there, by the same way as the election goes. Writes
 * nothing. Not for more than one thread.
 */
public final class ApiSurvey {
    private static final String REVIEWS = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
    private static final String KUBEADM = "/api/v1/namespaces/kube-system/configmaps/kubeadm-config";
    private static final String DRY_RUN = "?dryRun=All";

    private final ElectionClient client;
    private final ApiAccess access;

    /** Where the files lead to. */
    public sealed interface Way {
        /**
         * @param server that is dialled, as a URL
         * @param user who asks, and which file says so
         * @param certificates what proves the user, the own one first; empty for a token
         */
        record Known(String server, String user, List<X509Certificate> certificates) implements Way {}

        /** @param sentence says what is missing and how to mend it */
        record Unknown(String sentence) implements Way {}
    }

    /** What a question brought. */
    public sealed interface Told<T> {
        record Known<T>(T value) implements Told<T> {}

        /** @param detail one line for people, without secrets */
        record Unknown<T>(ApiFailure cause, String detail) implements Told<T> {}
    }

    /** @param client goes by the same settings */
    public ApiSurvey(ElectionClient client, ApiSettings settings) {
        this(client, new ApiAccess(settings));
    }

    ApiSurvey(ElectionClient client, ApiAccess access) {
        this.client = client;
        this.access = access;
    }

    public Way way() {
        return switch (access.look()) {
            case Access.NotReady missing -> new Way.Unknown(missing.sentence());
            case Access.Ready ready ->
                new Way.Known(
                        ready.server().toString(),
                        ready.origin(),
                        Certificates.parse(ready.credentials().certificate()));
        };
    }

    /** The server that the kubeconfig of the settings names, whatever is dialled instead; empty if it names none. */
    public Optional<String> namedServer() {
        return access.namedServer();
    }

    /**
     * The certificate that the server shows to whoever dials it, whether it is trusted or not.
     *
     * @param bound of the dialling and of the handshake, each
     * @return empty if there is none
     */
    public Optional<X509Certificate> serverCertificate(Duration bound) {
        return access.look() instanceof Access.Ready ready && ready.server().tls()
                ? Certificates.shownBy(
                        ready.server().address(),
                        ready.server().port(),
                        ready.server().name(),
                        bound)
                : Optional.empty();
    }

    /**
     * Asks the server whether this user may do that (SelfSubjectAccessReview); every user may ask.
     *
     * @param group of the API; empty for that of Nodes
     * @param name of the object; empty for any
     */
    public Told<Boolean> mayI(String verb, String group, String resource, String namespace, String name) {
        ObjectNode review = JsonNodeFactory.instance.objectNode();
        review.put("apiVersion", "authorization.k8s.io/v1").put("kind", "SelfSubjectAccessReview");
        review.withObject("/spec/resourceAttributes")
                .put("verb", verb)
                .put("group", group)
                .put("resource", resource)
                .put("namespace", namespace)
                .put("name", name);
        return told(
                request(HttpMethod.POST, REVIEWS, review.toString().getBytes(StandardCharsets.UTF_8)),
                answer -> answer.path("status").path("allowed").isBoolean()
                        ? Optional.of(answer.path("status").path("allowed").booleanValue())
                        : Optional.empty());
    }

    /**
     * Writes the Lease as it is, or a new one where there is none, as a dry run: everything but the storing of it. The
     * server reads from etcd for that, and does not wait for etcd's disk.
     *
     * @return how long the write took; one that lost against another is as good as any
     */
    public Told<Duration> dryRun(LeaseName lease) {
        ApiReply read = request(ApiCall.Request.get(lease.object()));
        if (read instanceof ApiReply.Failed(ApiFailure cause, String detail)) {
            return new Told.Unknown<>(cause, detail);
        }
        ApiReply.Answered found = (ApiReply.Answered) read;
        if (found.status() != 200 && found.status() != 404) {
            return unknown(found);
        }
        byte[] body = found.status() == 200
                ? found.body()
                : LeaseJson.created(lease, Map.of(), new LeaseDraft("", 1, 0, true, Map.of()), Instant.now());
        long began = System.nanoTime();
        ApiReply written = found.status() == 200
                ? request(HttpMethod.PUT, lease.object() + DRY_RUN, body)
                : request(HttpMethod.POST, lease.collection() + DRY_RUN, body);
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        return switch (written) {
            case ApiReply.Failed(ApiFailure cause, String detail) -> new Told.Unknown<>(cause, detail);
            case ApiReply.Answered answered ->
                switch (answered.status()) {
                    case 200, 201, 409 -> new Told.Known<>(took);
                    default -> unknown(answered);
                };
        };
    }

    /** kubeadm's {@code controlPlaneEndpoint}; empty text if it is not set, or kubeadm did not make this cluster. */
    public Told<String> controlPlaneEndpoint() {
        ApiReply reply = request(ApiCall.Request.get(KUBEADM));
        return reply instanceof ApiReply.Answered answered && answered.status() == 404
                ? new Told.Known<>("")
                : told(
                        reply,
                        map -> Optional.of(endpoint(
                                map.path("data").path("ClusterConfiguration").asText(""))));
    }

    private ApiReply request(HttpMethod method, String uri, byte[] body) {
        return request(new ApiCall.Request(method, uri, Optional.of(body)));
    }

    private ApiReply request(ApiCall.Request request) {
        return client.exchange(request);
    }

    private static <T> Told<T> told(ApiReply reply, Function<JsonNode, Optional<T>> reading) {
        return switch (reply) {
            case ApiReply.Failed(ApiFailure cause, String detail) -> new Told.Unknown<>(cause, detail);
            case ApiReply.Answered answered -> {
                boolean success = answered.status() == 200 || answered.status() == 201;
                JsonNode tree = success ? LeaseJson.tree(answered.body()) : null;
                yield success
                        ? Optional.ofNullable(tree)
                                .flatMap(reading)
                                .<Told<T>>map(Told.Known::new)
                                .orElseGet(() -> new Told.Unknown<>(
                                        ApiFailure.NONSENSE, answered.from() + " answers something else"))
                        : unknown(answered);
            }
        };
    }

    private static <T> Told<T> unknown(ApiReply.Answered answered) {
        return new Told.Unknown<>(Failures.of(answered.status()), answered.text());
    }

    private static String endpoint(String yaml) {
        try {
            Object root = new Load(LoadSettings.builder().build()).loadFromString(yaml);
            return root instanceof Map<?, ?> map && map.get("controlPlaneEndpoint") instanceof String text ? text : "";
        } catch (RuntimeException e) {
            return "";
        }
    }
}
