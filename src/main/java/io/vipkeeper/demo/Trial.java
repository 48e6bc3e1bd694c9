package io.vipkeeper.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import io.vipkeeper.demo.api.ApiClient;
import io.vipkeeper.demo.lab.LabException;
import io.vipkeeper.demo.lab.LabNode;
import io.vipkeeper.demo.probe.Probe;
import io.vipkeeper.demo.probe.Timeline;

/** Lets one fault befall the holder of a cluster and measures what the client notices. */
public final class Trial {
    private static final String LEASE = "plndr-cp-lock";
    private static final Duration WHOLE_LIMIT = Duration.ofSeconds(60);
    private static final Duration TAKEOVER_LIMIT = Duration.ofSeconds(VipkeeperProgram.LEASE_SECONDS + 5);
    private static final Duration AFTERMATH = Duration.ofMillis(1500);
    private static final Duration AFTER_RELENTING = Duration.ofSeconds(3);

    private final Cluster cluster;
    private final Pace pace;

    public Trial(Cluster cluster) {
        this(cluster, Pace.BRISK);
    }

    public Trial(Cluster cluster, Pace pace) {
        this.cluster = cluster;
        this.pace = pace;
    }

    /** When a fault struck, when it relented if it did, and when the client had seen enough. */
    private record Course(long struck, OptionalLong renewed, OptionalLong relented, long end) {}

    /**
     * Waits until the cluster is whole and calm, strikes the holder, watches what follows, and mends what is broken.
     *
     * @return when the cluster is whole and calm again
     * @throws LabException if it is not so to begin with, or afterwards; what the fault broke is mended all the same
     */
    public Measurement run(Fault fault) {
        LabNode holder;
        FastPath fastPath;
        do {
            holder = cluster.awaitWhole(WHOLE_LIMIT);
            fastPath = awaitFastPath(holder);
        } while (!cluster.probe().holder().equals(Optional.of(holder)));
        Measurement measured = struck(fault, holder, fastPath);
        cluster.awaitWhole(WHOLE_LIMIT);
        return measured;
    }

    private Measurement struck(Fault fault, LabNode holder, FastPath fastPath) {
        boolean relented = false;
        try {
            long struck = System.nanoTime();
            fault.strike(cluster, holder);
            OptionalLong renewed = fault == Fault.POWER_OFF ? renewal(holder) : OptionalLong.empty();
            watch(fault, holder, struck);
            long relenting = System.nanoTime();
            relented = fault.relent(cluster, holder);
            Probe.pause(relented ? AFTER_RELENTING : AFTERMATH);
            // The address may have moved long before the client's neighbour cache knows.
            cluster.probe().awaitEchoes(TAKEOVER_LIMIT);
            Course course = new Course(
                    struck, renewed, relented ? OptionalLong.of(relenting) : OptionalLong.empty(), System.nanoTime());
            return measure(fault, holder, course, fastPath);
        } finally {
            if (!relented) {
                fault.relent(cluster, holder);
            }
            fault.mend(cluster, holder);
        }
    }

    private void watch(Fault fault, LabNode holder, long struck) {
        if (fault.awaitsSuccessor()) {
            cluster.probe().awaitHolderOtherThan(holder, TAKEOVER_LIMIT);
        }
        long left = fault.lasting(pace).toNanos() - (System.nanoTime() - struck);
        Probe.pause(Duration.ofNanos(Math.max(0, left)));
    }

    private FastPath awaitFastPath(LabNode holder) {
        long deadline = System.nanoTime() + pace.fastPath().toNanos();
        FastPath seen = cluster.fastPath(holder);
        while ((seen == FastPath.OFF || cluster.isAstray()) && System.nanoTime() - deadline < 0) {
            Probe.pause(Duration.ofMillis(50));
            seen = cluster.fastPath(holder);
        }
        return seen;
    }

    private Measurement measure(Fault fault, LabNode holder, Course course, FastPath fastPath) {
        Timeline seen = cluster.probe().timeline();
        long from = course.struck;
        long end = course.end;
        OptionalLong first = seen.firstAnswerOfAnother(holder.mac(), from);
        Optional<LabNode> successor = first.stream()
                .mapToObj(time -> seen.holder(time + 1))
                .findFirst()
                .flatMap(mac -> mac)
                .flatMap(cluster.lab()::nodeWithMac);
        OptionalLong announced =
                successor.map(node -> seen.firstAnnouncement(node.mac(), from)).orElse(OptionalLong.empty());
        List<Long> moves = seen.moves(from - Timeline.SAME_SPELL_NANOS, end);
        return new Measurement(
                cluster.program().name(),
                fault,
                holder.name(),
                successor.map(LabNode::name),
                seen.gapNanos(from, end),
                !seen.echoing(end),
                seen.twoAnsweringNanos(from, end),
                seen.answering(end) > 1,
                Math.max(0, seen.lastAnswer(holder.mac(), end).orElse(from) - from),
                difference(first, OptionalLong.of(from)),
                difference(announced, first),
                difference(first, course.renewed),
                moves.size(),
                course.relented.isPresent() ? after(course.relented.getAsLong(), moves) : 0,
                end - from,
                seen.resolutionNanos(from, end),
                fastPath);
    }

    private static int after(long time, List<Long> moves) {
        return (int) moves.stream().filter(move -> move - time >= 0).count();
    }

    private static OptionalLong difference(OptionalLong later, OptionalLong earlier) {
        return later.isPresent() && earlier.isPresent()
                ? OptionalLong.of(later.getAsLong() - earlier.getAsLong())
                : OptionalLong.empty();
    }

    /** The Lease's last renewal on the clock of {@link System#nanoTime}; all nodes share this machine's clocks. */
    private OptionalLong renewal(LabNode dead) {
        Optional<LabNode> living =
                cluster.nodes().stream().filter(node -> node != dead).findFirst();
        if (!cluster.hasApi() || living.isEmpty()) {
            return OptionalLong.empty();
        }
        ApiClient.Answer answer = cluster.api().admin(living.get()).lease(LEASE);
        if (!answer.ok()) {
            return OptionalLong.empty();
        }
        try {
            Instant renewed = Instant.parse(answer.json().at("/spec/renewTime").asText());
            return OptionalLong.of(
                    System.nanoTime() - Duration.between(renewed, Instant.now()).toNanos());
        } catch (DateTimeParseException e) {
            return OptionalLong.empty();
        }
    }
}
