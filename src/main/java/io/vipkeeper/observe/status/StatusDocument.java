package io.vipkeeper.observe.status;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.vipkeeper.keeper.KeeperStatus;
import io.vipkeeper.keeper.KeeperStatus.PeerStatus;
import io.vipkeeper.keeper.KeeperStatus.Role;
import io.vipkeeper.observe.FenceReport;
import io.vipkeeper.observe.Hindrance;
import io.vipkeeper.observe.KeeperView;
import io.vipkeeper.observe.KeeperView.Running;
import io.vipkeeper.observe.Liveness;
import io.vipkeeper.observe.moves.FlightRecorder;
import io.vipkeeper.observe.moves.HolderName;

/** Writes the keeper's status down; any thread may ask. Holds no secret: whoever reaches the port may read it. */
public final class StatusDocument {
    /** So many make a fast path at the least, the holder among them. */
    private static final int FEWEST = 3;

    private final Instance instance;
    private final KeeperView view;
    private final FlightRecorder recorder;
    private final Lately lately;
    private final Supplier<String> possibleFence;
    private final Supplier<Optional<Instant>> certificateEnds;
    private final List<Consumer<ObjectNode>> sections = new CopyOnWriteArrayList<>();

    /**
     * @param lease its namespace and name
     * @param interfaceName that bears the addresses
     */
    public record Instance(String node, String version, String lease, String interfaceName) {}

    /**
     * @param possibleFence as {@link FenceReport#of} takes it
     * @param certificateEnds when that ends by which the API server knows this node; empty when it shows none
     */
    public StatusDocument(
            Instance instance,
            KeeperView view,
            FlightRecorder recorder,
            Lately lately,
            Supplier<String> possibleFence,
            Supplier<Optional<Instant>> certificateEnds) {
        this.instance = instance;
        this.view = view;
        this.recorder = recorder;
        this.lately = lately;
        this.certificateEnds = certificateEnds;
        this.possibleFence = possibleFence;
    }

    /** @param section adds to each document; may run on several threads at once */
    public StatusDocument with(Consumer<ObjectNode> section) {
        sections.add(section);
        return this;
    }

    /** Times of people in ISO 8601, durations in milliseconds; empty before the first step. */
    public Optional<ObjectNode> json() {
        return view.running().flatMap(running -> running.status().map(status -> json(running, status)));
    }

    private ObjectNode json(Running running, KeeperStatus status) {
        long now = running.nanoClock().getAsLong();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("node", instance.node()).put("version", instance.version()).put("lease", instance.lease());
        json.put("role", status.role().name()).put("holder", HolderName.cut(status.holder()));
        recorder.holderSince().ifPresent(since -> json.put("holderSince", Times.text(since)));
        if (status.role() == Role.HOLDER) {
            json.put("rightRemainingMillis", millis(status.rightEndsNanos() - now));
        }
        json.put("couldHold", status.couldHold());
        ArrayNode hindrances = json.putArray("hindrances");
        Hindrance.textsOf(status).forEach(hindrances::add);
        json.put("live", new Liveness(view).isLive()).put("millisSinceLastStep", millis(running.stillNanos()));
        addresses(json, status);
        fence(json, status);
        json.putObject("api")
                .put("answers", status.apiAnswers())
                .put("localReady", status.fast().localApiReady());
        certificateEnds.get().ifPresent(end -> json.put("certificateEnds", Times.text(end)));
        fast(json, status, now);
        troubles(json, now);
        MoveJson.write(json.putArray("moves"), recorder.moves());
        sections.forEach(section -> section.accept(json));
        return json;
    }

    private void addresses(ObjectNode json, KeeperStatus status) {
        json.putObject("interface").put("name", instance.interfaceName()).put("usable", status.linkUsable());
        ArrayNode vips = json.putArray("vips");
        status.bound()
                .forEach((vip, bound) ->
                        vips.addObject().put("vip", vip.toString()).put("bound", bound));
    }

    private void fence(ObjectNode json, KeeperStatus status) {
        FenceReport report = FenceReport.of(Optional.of(status), possibleFence.get());
        ObjectNode fence = json.putObject("fence").put("kind", report.kind());
        if (!report.why().isEmpty()) {
            fence.put("why", HolderName.cut(report.why()));
        }
    }

    private void fast(ObjectNode json, KeeperStatus status, long now) {
        KeeperStatus.Fast fast = status.fast();
        ObjectNode node = json.putObject("fast");
        ArrayNode members = node.putArray("members");
        fast.members().stream().map(HolderName::cut).forEach(members::add);
        node.put("promisedTo", HolderName.cut(fast.promisedTo())).put("coming", isComing(status, now));
        ArrayNode peers = json.putArray("peers");
        fast.peers().forEach((name, peer) -> peers.addObject()
                .put("node", HolderName.cut(name))
                .put("heard", peer.heard())
                .put("ready", peer.ready())
                .put("weight", peer.weight())
                .put("promiseRemainingMillis", Math.max(0, millis(peer.promisedUntilNanos() - now))));
    }

    /** Whether a holder hears enough candidates, and is only to ask them. */
    private boolean isComing(KeeperStatus status, long now) {
        Collection<PeerStatus> peers = status.fast().peers().values();
        long heard = 1 + peers.stream().filter(PeerStatus::heard).count();
        return status.role() == Role.HOLDER
                && status.fast().members().isEmpty()
                && heard >= FEWEST
                && lately.isGathering(now);
    }

    private void troubles(ObjectNode json, long now) {
        ArrayNode troubles = json.putArray("troubles");
        lately.troubles(now).forEach(trouble -> troubles.addObject()
                .put("kind", trouble.kind().name())
                .put("about", HolderName.cut(trouble.about()))
                .put("what", HolderName.cut(trouble.what()))
                .put("count", trouble.count())
                .put("secondsAgo", (now - trouble.atNanos()) / 1_000_000_000));
    }

    private static long millis(long nanos) {
        return nanos / 1_000_000;
    }
}
