package io.vipkeeper.observe;

import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;

import io.vipkeeper.keeper.KeeperStatus;
import io.vipkeeper.keeper.Observation;
import io.vipkeeper.keeper.Observation.AbsurdLease;
import io.vipkeeper.keeper.Observation.BecameHolder;
import io.vipkeeper.keeper.Observation.ConflictMet;
import io.vipkeeper.keeper.Observation.FastTurned;
import io.vipkeeper.keeper.Observation.FenceTurned;
import io.vipkeeper.keeper.Observation.ForeignClaim;
import io.vipkeeper.keeper.Observation.HeldOver;
import io.vipkeeper.keeper.Observation.HolderChanged;
import io.vipkeeper.keeper.Observation.KernelRefused;
import io.vipkeeper.keeper.Observation.LinkTurned;
import io.vipkeeper.keeper.Observation.LocalApiTurned;
import io.vipkeeper.keeper.Observation.LostHolding;
import io.vipkeeper.keeper.Observation.PeerTurned;
import io.vipkeeper.keeper.Observation.Provisional;
import io.vipkeeper.keeper.Observation.Renewed;
import io.vipkeeper.keeper.Observation.RequestFailed;
import io.vipkeeper.keeper.Observation.TwinSeen;
import io.vipkeeper.keeper.Observation.VipAnnounced;
import io.vipkeeper.keeper.Observation.VipBound;
import io.vipkeeper.keeper.Observation.VipForbidden;
import io.vipkeeper.keeper.Observation.VipUnbound;
import io.vipkeeper.keeper.Observer;

/**
 * Says each change of state in one line while its kind comes seldom, and each lasting trouble at once, then at most once a
 * minute with the number of repeats, then once that it is over. On the observers' thread only.
 */
public final class ObservationLog implements Observer {
    private static final String API = "api/";
    private static final String KERNEL = "kernel/";

    private final BiConsumer<Level, String> sink;
    private final LongSupplier nanoClock;
    private final ApiComplaints complaints;
    private final Troubles troubles = new Troubles();
    private final Changes changes = new Changes();

    /**
     * @param nanoClock the pipeline's clock
     * @param complaints told of each line about the API server
     */
    public ObservationLog(LongSupplier nanoClock, ApiComplaints complaints) {
        this(Logger.getLogger("io.vipkeeper.Keeper")::log, nanoClock, complaints);
    }

    ObservationLog(BiConsumer<Level, String> sink, LongSupplier nanoClock, ApiComplaints complaints) {
        this.sink = sink;
        this.nanoClock = nanoClock;
        this.complaints = complaints;
    }

    /** Told after each step, to notice that an API server answers a follower again: nothing else would say so. */
    @Override
    public void turned(KeeperStatus status) {
        if (status.apiAnswers() && troubles.silent(API, nanoClock.getAsLong())) {
            apiIsBack();
        }
        changes.due(nanoClock.getAsLong()).forEach(this::info);
    }

    @Override
    public void observed(Observation observation, long atNanos) {
        switch (observation) {
            case BecameHolder held -> {
                apiIsBack();
                changed(
                        "holding",
                        Line.of("became holder")
                                .with("from", held.from())
                                .with("path", held.path())
                                .with("transitions", held.leaseTransitions())
                                .with("elapsedMillis", held.elapsedNanos() / 1_000_000));
            }
            case LostHolding lost -> changed("holding", Line.of("lost holding").with("reason", lost.reason()));
            case Provisional provisional ->
                changed(
                        "provisional",
                        Line.of(
                                provisional.begins()
                                        ? "bootstrap: nobody answers for the address and no Lease may be read, holding provisionally"
                                        : "bootstrap: provisional holding has ended"));
            case HolderChanged changed ->
                changed("holder", Line.of("holder changed").with("holder", changed.holder()));
            case Renewed renewed -> apiIsBack();
            case VipBound bound -> {
                kernelIsBack(bound.vip().toString());
                changed(
                        "address/" + bound.vip(),
                        Line.of(bound.again() ? "address was taken away and is bound again" : "address bound")
                                .with("vip", bound.vip()));
            }
            case VipUnbound unbound ->
                changed(
                        "address/" + unbound.vip(),
                        Line.of(unbound.stale() ? "stale address removed" : "address removed")
                                .with("vip", unbound.vip()));
            case VipAnnounced announced -> announced(announced);
            case FastTurned turned ->
                changed(
                        "fast",
                        turned.members().isEmpty()
                                ? Line.of("fast path off: the Lease alone decides")
                                : Line.of("fast path on").with("members", String.join(",", turned.members())));
            case HeldOver held ->
                changed(
                        "held over",
                        Line.of(
                                held.begins()
                                        ? "no API server renews, all candidates let this holder go on"
                                        : "holding over has ended"));
            case FenceTurned turned ->
                changed(
                        "fence",
                        Line.of(turned.inForce() ? "fence is in force" : "no fence: the kernel counts whole seconds"));
            case LocalApiTurned turned ->
                changed(
                        "local API",
                        Line.of(
                                turned.ready()
                                        ? "API server of this node is ready"
                                        : "API server of this node is unwell"));
            case PeerTurned turned ->
                changed(
                        "peer/" + turned.node(),
                        Line.of(turned.heard() ? "candidate is heard" : "candidate is silent")
                                .with("candidate", turned.node()));
            case LinkTurned turned ->
                changed("link", Line.of(turned.usable() ? "interface is usable" : "interface cannot carry frames"));
            case RequestFailed failed -> troubled(failed);
            case ConflictMet conflict -> troubled(conflict);
            case KernelRefused refused -> troubled(refused);
            case ForeignClaim claim -> troubled(claim);
            case TwinSeen twin -> troubled(twin);
            case AbsurdLease absurd -> troubled(absurd);
            case VipForbidden forbidden -> troubled(forbidden);
        }
    }

    private void announced(VipAnnounced announced) {
        kernelIsBack(announced.vip().toString());
        if (announced.first()) {
            changed("address/" + announced.vip(), Line.of("address announced").with("vip", announced.vip()));
        }
    }

    private void troubled(RequestFailed failed) {
        // One entry for each cause, whatever was wanted: a permanent 403 meets reads and writes in turn.
        trouble(
                API + failed.cause(),
                Line.of("API server gives no usable answer")
                        .with("request", failed.request())
                        .with("cause", failed.cause())
                        .with("detail", failed.detail()));
    }

    private void troubled(ConflictMet conflict) {
        trouble(API + "CONFLICT", Line.of("Lease was changed by somebody else").with("request", conflict.request()));
    }

    private void troubled(KernelRefused refused) {
        trouble(
                KERNEL + refused.vip(),
                Line.of("kernel refused").with("vip", refused.vip()).with("reason", refused.reason()));
    }

    private void troubled(ForeignClaim claim) {
        trouble(
                "claim/" + claim.vip() + "/" + claim.mac(),
                Line.of("another machine claims the address")
                        .with("vip", claim.vip())
                        .with("mac", claim.mac()));
    }

    private void troubled(TwinSeen twin) {
        trouble(
                "twin/" + twin.identity() + "/" + twin.where(),
                Line.of("another process uses this identity")
                        .with("identity", twin.identity())
                        .with("where", twin.where()));
    }

    private void troubled(AbsurdLease absurd) {
        trouble(
                "absurd/" + absurd.field(),
                Line.of("Lease holds an absurd value")
                        .with("field", absurd.field())
                        .with("value", absurd.value())
                        .with("readAs", absurd.readAs()));
    }

    private void troubled(VipForbidden forbidden) {
        trouble(
                "forbidden/" + forbidden.vip(),
                Line.of("address is not ours to take")
                        .with("vip", forbidden.vip())
                        .with("why", forbidden.why()));
    }

    private void trouble(String key, Line line) {
        OptionalLong repeats = troubles.count(key, nanoClock.getAsLong());
        if (repeats.isPresent()) {
            if (key.startsWith(API)) {
                complaints.said();
            }
            sink.accept(Level.WARN, line.with("repeats", repeats.getAsLong()).toString());
        }
    }

    private void changed(String kind, Line line) {
        changes.said(kind, line, nanoClock.getAsLong()).ifPresent(this::info);
    }

    private void apiIsBack() {
        if (troubles.over(API)) {
            info(Line.of("API server answers again"));
        }
    }

    private void kernelIsBack(String vip) {
        if (troubles.over(KERNEL + vip)) {
            info(Line.of("kernel obeys again").with("vip", vip));
        }
    }

    private void info(Line line) {
        sink.accept(Level.INFO, line.toString());
    }
}
