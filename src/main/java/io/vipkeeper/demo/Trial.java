package io.vipkeeper.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
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
    private static final Duration HOLDER_LIMIT = Duration.ofSeconds(30);
    private static final Duration TAKEOVER_LIMIT = Duration.ofSeconds(VipkeeperProgram.LEASE_SECONDS + 5);
    private static final Duration AFTERMATH = Duration.ofMillis(1500);
    private static final long BEFORE_NANOS = 500_000_000;

    private final Cluster cluster;

    public Trial(Cluster cluster) {
        this.cluster = cluster;
    }

    /**
     * Strikes the present holder, watches what follows, and makes the node whole again.
     *
     * @return when the cluster is back in its usual state
     * @throws LabException if there is no holder to begin with, or none afterwards
     */
    public Measurement run(Fault fault) {
        LabNode holder = cluster.probe()
                .awaitHolder(HOLDER_LIMIT)
                .orElseThrow(() -> new LabException("nobody holds the VIP, so " + fault.label() + " cannot be tried"));
        if (!cluster.probe().awaitEchoes(HOLDER_LIMIT)) {
            throw new LabException("the client cannot reach the holder, so " + fault.label() + " cannot be tried");
        }
        Probe.pause(Duration.ofNanos(2 * BEFORE_NANOS));
        long struck = System.nanoTime();
        fault.strike(cluster, holder);
        OptionalLong renewed = fault == Fault.POWER_OFF ? renewal(holder) : OptionalLong.empty();
        watch(fault, holder);
        Measurement measured = measure(fault, holder, struck, renewed);
        fault.undo(cluster, holder);
        cluster.awaitReady(holder, HOLDER_LIMIT);
        settle();
        return measured;
    }

    private void watch(Fault fault, LabNode holder) {
        if (fault.keepsHolder()) {
            Probe.pause(TAKEOVER_LIMIT);
        } else {
            cluster.probe().awaitHolderOtherThan(holder, TAKEOVER_LIMIT);
            Probe.pause(AFTERMATH);
            // The address may have moved long before the client's neighbour cache knows.
            cluster.probe().awaitEchoes(TAKEOVER_LIMIT);
        }
    }

    private Measurement measure(Fault fault, LabNode holder, long struck, OptionalLong renewed) {
        Timeline seen = cluster.probe().timeline();
        long from = struck - BEFORE_NANOS;
        long end = System.nanoTime();
        OptionalLong first = seen.firstAnswerOfAnother(holder.mac(), struck);
        Optional<LabNode> successor = first.isPresent()
                ? seen.holder(first.getAsLong() + 1).flatMap(cluster.lab()::nodeWithMac)
                : Optional.empty();
        OptionalLong announced =
                successor.isPresent() ? seen.firstAnnouncement(successor.get().mac(), struck) : OptionalLong.empty();
        return new Measurement(
                cluster.program().name(),
                fault,
                holder.name(),
                successor.map(LabNode::name),
                seen.gapNanos(from, end),
                !seen.echoing(end),
                seen.twoAnsweringNanos(from, end),
                seen.answering(end) > 1,
                Math.max(0, seen.lastAnswer(holder.mac(), end).orElse(struck) - struck),
                difference(first, OptionalLong.of(struck)),
                difference(announced, first),
                difference(first, renewed),
                seen.resolutionNanos(from, end));
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

    /** Waits for one single answering node, whatever the fault has left. */
    private void settle() {
        long deadline = System.nanoTime() + HOLDER_LIMIT.toNanos();
        while (cluster.probe().timeline().answering(System.nanoTime()) != 1) {
            if (System.nanoTime() - deadline > 0) {
                throw new LabException("after the fault not exactly one node answered for the VIP within 30 s");
            }
            Probe.pause(Duration.ofMillis(20));
        }
    }
}
