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
                foreignUntil);
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

    void act(VipAction action) {
        actions.add(action);
    }
}
