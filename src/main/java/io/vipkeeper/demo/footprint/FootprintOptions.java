package io.vipkeeper.demo.footprint;

import java.time.Duration;

import io.vipkeeper.demo.lab.LabException;

/**
 * How the footprint is measured.
 *
 * @param minutes how long the programs are watched with the fast path on, 1 to 1440; each comparison takes a quarter of
 *     it, a minute at least
 * @param busyLoops how many programs compete for the CPU while the fast path is on, 0 to 64
 * @param compare whether keepalived is measured too
 */
public record FootprintOptions(int minutes, int busyLoops, boolean compare) {

    /** @throws LabException with a sentence for the user, if a number is out of its range */
    public FootprintOptions {
        if (minutes < 1 || minutes > 1440) {
            throw new LabException("--minutes " + minutes + " is not between 1 and 1440");
        }
        if (busyLoops < 0 || busyLoops > 64) {
            throw new LabException("--busy " + busyLoops + " is not between 0 and 64");
        }
    }

    Duration length() {
        return Duration.ofMinutes(minutes);
    }

    Duration comparison() {
        return Duration.ofMinutes(Math.max(1, minutes / 4));
    }
}
