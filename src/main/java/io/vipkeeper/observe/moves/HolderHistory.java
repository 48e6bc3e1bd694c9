package io.vipkeeper.observe.moves;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

import io.vipkeeper.keeper.Observation;
import io.vipkeeper.keeper.Observation.HolderChanged;
import io.vipkeeper.keeper.Observer;

/** Who held lately, as this node saw it. Told on the observers' thread, which it never makes wait; read from any. */
public final class HolderHistory implements Observer {

    /** Older ones are forgotten. */
    public static final int CAPACITY = 20;

    private final InstantSource wallClock;
    private volatile List<Seen> seen = List.of();

    /** @param wallClock for people */
    public HolderHistory(InstantSource wallClock) {
        this.wallClock = wallClock;
    }

    /**
     * A holder.
     *
     * @param at when this node came to know, by the wall clock
     * @param holder empty when nobody held; cut to a bearable length
     */
    public record Seen(Instant at, String holder) {}

    /** The newest first. */
    public List<Seen> seen() {
        return seen;
    }

    @Override
    public void observed(Observation observation, long atNanos) {
        if (observation instanceof HolderChanged(String holder)) {
            List<Seen> now = new ArrayList<>(seen.subList(0, Math.min(seen.size(), CAPACITY - 1)));
            now.addFirst(new Seen(wallClock.instant(), HolderName.cut(holder)));
            seen = List.copyOf(now);
        }
    }
}
