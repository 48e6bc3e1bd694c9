package io.vipkeeper.lease;

import java.util.Optional;

/**
 * Writes that met another version, in a row: whatever came long after the one before begins anew.
 *
 * @param lastNanos when the newest of them was answered; means nothing while there is none
 * @param outdated the version that the newest claim which met another was to replace: it is stored no longer
 */
record Conflicts(int inARow, long lastNanos, Optional<String> outdated) {
    private static final int HURRIED = 1;

    /** Others wait for a claim that the holder offered or a majority allows, so that one may meet a few writes. */
    private static final int HURRIED_IF_AWAITED = 5;

    static final Conflicts NONE = new Conflicts(0, 0, Optional.empty());

    /**
     * @param row how long after one another two of them at the most belong together
     * @param claimed the version that was to be replaced, if it was a claim that met another
     */
    Conflicts another(long now, long row, Optional<String> claimed) {
        return new Conflicts(isOver(now, row) ? 1 : inARow + 1, now, claimed.or(() -> outdated));
    }

    private boolean isOver(long now, long row) {
        return inARow == 0 || now - lastNanos - row > 0;
    }

    /** Whether the newest may be answered at once, or has to wait for the next period. */
    boolean mayHurry(boolean awaited) {
        return inARow <= (awaited ? HURRIED_IF_AWAITED : HURRIED);
    }
}
