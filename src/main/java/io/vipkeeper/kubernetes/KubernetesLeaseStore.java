package io.vipkeeper.kubernetes;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.http.HttpMethod;

import io.vipkeeper.lease.ApiFailure;
import io.vipkeeper.lease.LeaseAnswer;
import io.vipkeeper.lease.LeaseDraft;
import io.vipkeeper.lease.LeaseRecord;
import io.vipkeeper.lease.LeaseStore;

/**
 * The Lease behind a Kubernetes API server: GET without resourceVersion (a quorum read), POST, and PUT with
 * resourceVersion. A replacement keeps everything of the object that the draft does not name: labels, owners, other
 * annotations, other members of the spec.
 */
public final class KubernetesLeaseStore implements LeaseStore {
    private static final int REMEMBERED = 8;
    private static final Duration WARM_UP = Duration.ofSeconds(3);
    private static final String DRY_RUN = "?dryRun=All";

    private final ElectionClient client;
    private final LeaseName name;
    private final Map<String, String> labels;
    private final InstantSource clock;
    private final Function<JsonNode, Optional<String>> objection;
    private final Map<String, ObjectNode> objects = new LinkedHashMap<>();

    /** @param clock only for the times in the Lease, which people read */
    public KubernetesLeaseStore(ElectionClient client, LeaseName name, InstantSource clock) {
        this(client, name, Map.of(), clock);
    }

    /**
     * @param labels put on the object by each write; those of others stay
     * @param clock only for the times in the Lease, which people read
     */
    public KubernetesLeaseStore(
            ElectionClient client, LeaseName name, Map<String, String> labels, InstantSource clock) {
        this(client, name, labels, clock, object -> Optional.empty());
    }

    /**
     * @param objection why the object that was found is somebody else's, as a sentence: then the answer is a failure,
     *     and nothing is ever written over it; on the thread that asks
     */
    public KubernetesLeaseStore(
            ElectionClient client,
            LeaseName name,
            Map<String, String> labels,
            InstantSource clock,
            Function<JsonNode, Optional<String>> objection) {
        this.objection = objection;
        this.client = client;
        this.name = name;
        this.labels = Map.copyOf(labels);
        this.clock = clock;
    }

    @Override
    public LeaseAnswer read() {
        return answer(client.exchangeFirst(ApiCall.Request.get(name.object())), true);
    }

    /** The same for whom the election shall not wait: while no API server has answered anything yet, that goes ahead. */
    public LeaseAnswer readInTurn() {
        return read(client.attempt());
    }

    /** @param bound how long that may take, from the call to its return */
    public LeaseAnswer read(Duration bound) {
        return answer(client.exchange(ApiCall.Request.get(name.object()), bound, ElectionClient.LARGEST_ANSWER), true);
    }

    @Override
    public LeaseAnswer create(LeaseDraft draft) {
        byte[] body = LeaseJson.created(name, labels, draft, clock.instant());
        return answer(
                client.exchange(new ApiCall.Request(HttpMethod.POST, name.collection(), Optional.of(body))), false);
    }

    /**
     * {@inheritDoc}
     *
     * <p>The object's {@code uid} goes along: a real API server takes a PUT of a Lease that was deleted as its
     * creation, whatever the version, unless it names the deleted one. So an object that is no longer remembered is
     * read first, within the same bound.
     */
    @Override
    public LeaseAnswer replace(LeaseRecord base, LeaseDraft draft) {
        long began = System.nanoTime();
        Optional<ObjectNode> object = remembered(base);
        if (object.isEmpty()) {
            LeaseAnswer now = read();
            object = remembered(base);
            if (!(now instanceof LeaseAnswer.Found(LeaseRecord found))) {
                return now;
            }
            if (object.isEmpty() || !found.resourceVersion().equals(base.resourceVersion())) {
                return new LeaseAnswer.Conflict();
            }
        }
        byte[] body = LeaseJson.replaced(object.get(), base, labels, draft, clock.instant());
        Duration left = client.attempt().minusNanos(System.nanoTime() - began);
        var put = new ApiCall.Request(HttpMethod.PUT, name.object(), Optional.of(body));
        return answer(client.exchange(put, left, ElectionClient.LARGEST_ANSWER), true);
    }

    /**
     * Deletes that very version.
     *
     * @param bound how long that may take, from the call to its return
     * @return {@link LeaseAnswer.Missing} when it is gone, {@link LeaseAnswer.Conflict} when there is another version
     */
    public LeaseAnswer delete(LeaseRecord base, Duration bound) {
        var delete = new ApiCall.Request(HttpMethod.DELETE, name.object(), Optional.of(LeaseJson.deleted(base)));
        ApiReply reply = client.exchange(delete, bound, ElectionClient.LARGEST_ANSWER);
        boolean accepted =
                reply instanceof ApiReply.Answered answered && (answered.status() == 200 || answered.status() == 202);
        return accepted ? new LeaseAnswer.Missing() : answer(reply, true);
    }

    /**
     * Pays for the loading of classes, the files and the connection before the election counts on the bound of a
     * request: reads the Lease with more patience and forgets the answer. Takes up to three seconds, and much less
     * where nobody listens.
     */
    public void warm() {
        LeaseDraft draft = new LeaseDraft("", 1, 0, true, Map.of());
        LeaseJson.parse(name, LeaseJson.created(name, labels, draft, clock.instant()));
        client.exchange(ApiCall.Request.get(name.object()), WARM_UP, ElectionClient.LARGEST_ANSWER);
    }

    /**
     * Replaces the Lease by itself, which the API server only tries, and forgets the answer: a follower that never wrote
     * would do so for the first time when it takes over. Needs no right but that to replace.
     *
     * @return whether there was a Lease to be replaced
     */
    public boolean rehearse() {
        if (!(readInTurn() instanceof LeaseAnswer.Found(LeaseRecord now))) {
            return false;
        }
        LeaseDraft same = new LeaseDraft(
                now.holderIdentity(), now.leaseDurationSeconds(), now.leaseTransitions(), false, Map.of());
        remembered(now).ifPresent(object -> {
            byte[] body = LeaseJson.replaced(object, now, labels, same, clock.instant());
            client.exchange(new ApiCall.Request(HttpMethod.PUT, name.object() + DRY_RUN, Optional.of(body)));
        });
        return true;
    }

    /** Which Lease. */
    public LeaseName name() {
        return name;
    }

    /** The {@code uid} of the newest version that was seen; empty while there is none. */
    public synchronized Optional<String> uid() {
        return objects.values().stream()
                .reduce((older, newer) -> newer)
                .map(newest -> newest.path("metadata").path("uid").asText(""))
                .filter(uid -> !uid.isEmpty());
    }

    /** Keeps the object of a version that was seen, for its replacement. */
    synchronized void remember(LeaseJson.Parsed.Lease lease) {
        objects.remove(lease.record().resourceVersion());
        objects.put(lease.record().resourceVersion(), lease.object());
        if (objects.size() > REMEMBERED) {
            objects.remove(objects.keySet().iterator().next());
        }
    }

    private synchronized Optional<ObjectNode> remembered(LeaseRecord base) {
        return Optional.ofNullable(objects.get(base.resourceVersion()));
    }

    private LeaseAnswer answer(ApiReply reply, boolean exists) {
        return switch (reply) {
            case ApiReply.Failed failed -> new LeaseAnswer.Failed(failed.cause(), failed.detail());
            case ApiReply.Answered answered ->
                switch (answered.status()) {
                    case 200, 201 -> lease(answered.body());
                    case 404 -> exists ? new LeaseAnswer.Missing() : refused(answered);
                    case 409 -> new LeaseAnswer.Conflict();
                    default -> refused(answered);
                };
        };
    }

    private LeaseAnswer lease(byte[] body) {
        return switch (LeaseJson.parse(name, body)) {
            case LeaseJson.Parsed.Nonsense nonsense ->
                new LeaseAnswer.Failed(ApiFailure.NONSENSE, "the answer is " + nonsense.why());
            case LeaseJson.Parsed.Lease lease -> {
                Optional<String> foreign = objection.apply(lease.object());
                if (foreign.isPresent()) {
                    yield new LeaseAnswer.Failed(ApiFailure.REJECTED, foreign.get());
                }
                remember(lease);
                yield new LeaseAnswer.Found(lease.record());
            }
        };
    }

    private LeaseAnswer refused(ApiReply.Answered answered) {
        return new LeaseAnswer.Failed(Failures.of(answered.status()), "Lease " + name + ": " + answered.text());
    }
}
