package io.vipkeeper.bootstrap;

import java.util.Optional;

/**
 * The state of provisional holding between two steps.
 *
 * @param refusedNanos when a read was answered 403 last
 * @param quietSinceNanos since when no other machine was heard to answer for the address or to want it
 * @param steppedNanos when the last step was made
 * @param answeredNanos when this process itself answered last, elected or not
 * @param takingUntilNanos until when it stands on while its first claim is under way; empty before the first look
 */
public record BootstrapState(
        Phase phase,
        Optional<Long> refusedNanos,
        long quietSinceNanos,
        long steppedNanos,
        Optional<Long> answeredNanos,
        Optional<Long> takingUntilNanos) {

    /** What a node is in this. */
    public enum Phase {
        /** Nothing could be read yet. */
        LISTENING,
        /** It answers, or asks for the last time whether somebody else does. */
        STANDING,
        /** The election decides. */
        OVER
    }

    /** A process that has just begun. */
    public static BootstrapState initial(long nowNanos) {
        return new BootstrapState(
                Phase.LISTENING, Optional.empty(), nowNanos, nowNanos, Optional.empty(), Optional.empty());
    }

    public boolean standing() {
        return phase == Phase.STANDING;
    }

    BootstrapState in(Phase next) {
        return new BootstrapState(next, refusedNanos, quietSinceNanos, steppedNanos, answeredNanos, takingUntilNanos);
    }
}
