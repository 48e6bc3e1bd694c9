package io.vipkeeper.grant;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the probes of this node's own API server have shown, on this node's clock.
 *
 * @param ready whether it serves, as far as is known
 * @param turnedNanos since when that is so
 * @param evidenceNanos as in {@link GrantEvent.LocalApi}
 */
public record OwnApi(boolean ready, long turnedNanos, Optional<Long> evidenceNanos) {

    /** Before any probe: it is not held against this node. */
    static OwnApi unknown(long now) {
        return new OwnApi(true, now, Optional.empty());
    }

    OwnApi told(GrantEvent.LocalApi event, long now) {
        return new OwnApi(event.ready(), event.ready() == ready ? turnedNanos : now, event.evidenceNanos());
    }

    /** How long ago the newest good probe began, rounded up; empty while there is none that counts. */
    OptionalInt provenMillis(long now) {
        if (!ready || evidenceNanos.isEmpty()) {
            return OptionalInt.empty();
        }
        long millis = Math.max(0, now - evidenceNanos.get()) / 1_000_000 + 1;
        return OptionalInt.of((int) Math.min(millis, Message.Promise.OLDEST_PROOF_MILLIS));
    }

    /** When it was unwell already, if it is. */
    Optional<Long> unwellNanos() {
        return ready ? Optional.empty() : evidenceNanos;
    }
}
