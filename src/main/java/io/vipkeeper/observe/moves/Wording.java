package io.vipkeeper.observe.moves;

import io.vipkeeper.keeper.Observation.Path;
import io.vipkeeper.lease.LossReason;

/** What people read of a move; each completes a sentence after a colon. */
public final class Wording {
    private Wording() {}

    /** Why a node became the holder. */
    public static String why(Path path) {
        return switch (path) {
            case EARLY -> "a majority had heard nothing of the holder";
            case HANDOVER -> "it was handed over";
            case FREE -> "the Lease was free";
            case AGAIN -> "the Lease named this node already";
            case EXPIRED -> "the holder had not renewed for the whole lease duration";
        };
    }

    /** Why it holds no longer. */
    public static String why(LossReason reason) {
        return switch (reason) {
            case RENEW_DEADLINE -> "no renewal succeeded within renewDeadline";
            case MAJORITY -> "no majority of the candidates answered";
            case API_UNWELL -> "its API server is unwell and another candidate's is not";
            case TAKEN -> "the Lease names somebody else";
            case EMPTIED -> "somebody emptied the Lease";
            case TWIN -> "another process uses this node's identity";
            case LINK -> "its interface can carry no frames";
            case NOT_ELIGIBLE -> "it may not hold any more";
            case STOPPED -> "it was asked to end";
        };
    }
}
