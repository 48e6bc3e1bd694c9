package io.vipkeeper.vip;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One step's working copy of one virtual IP's entry. Lives for one step. */
final class VipTurn {
    final VirtualIp vip;
    final long now;
    Optional<Long> bound;
    boolean present;
    boolean permanent;
    boolean underWay;
    long kernelEnds;
    long refreshAt;
    int announced;
    long retryAt;
    Optional<Long> claimAnswered;
    Optional<Long> foreignUntil;
    boolean fenced;
    long asked;
    long admittedUntil;
    long admitAt;
    Optional<Proof> proof;
    long askAt;
    private final List<VipAction> actions = new ArrayList<>();

    VipTurn(VirtualIp vip, VipState.Entry entry, long now) {
        this.vip = vip;
        this.now = now;
        bound = entry.bound();
        present = entry.present();
        permanent = entry.permanent();
        underWay = entry.underWay();
        kernelEnds = entry.kernelEnds();
        refreshAt = entry.refreshAt();
        announced = entry.announced();
        retryAt = entry.retryAt();
        claimAnswered = entry.claimAnswered();
        foreignUntil = entry.foreignUntil();
        fenced = entry.fenced();
        asked = entry.asked();
        admittedUntil = entry.admittedUntil();
        admitAt = entry.admitAt();
        proof = entry.proof();
        askAt = entry.askAt();
    }

    VipState.Entry finish() {
        return new VipState.Entry(
                bound,
                present,
                permanent,
                underWay,
                kernelEnds,
                refreshAt,
                announced,
                retryAt,
                claimAnswered,
                foreignUntil,
                fenced,
                asked,
                admittedUntil,
                admitAt,
                proof,
                askAt);
    }

    List<VipAction> actions() {
        return actions;
    }

    boolean reached(long deadline) {
        return now - deadline >= 0;
    }

    /** What was bound is gone, or was never there. */
    void absent() {
        bound = Optional.empty();
        present = false;
        permanent = false;
    }

    /** A call that lets the fence pass until then is under way; until it is answered either end may be in force. */
    void ask(long untilNanos) {
        underWay = true;
        asked = untilNanos;
        admittedUntil = untilNanos - admittedUntil > 0 ? untilNanos : admittedUntil;
    }

    void act(VipAction action) {
        actions.add(action);
    }
}
