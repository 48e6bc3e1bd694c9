package io.vipkeeper.vip;

import java.util.Optional;

/** What is asked on the link about an address: whether anybody answers for it, before it is put on and while it is. */
final class Questions {
    private static final long MILLI = 1_000_000L;

    /** How long a proof that nobody answers is worth something: a provisional holder waits for longer. */
    private static final long PROVEN_NANOS = 3_000 * MILLI;

    /** The same where the others may have asked at the same time. */
    private static final long STRICTLY_PROVEN_NANOS = 30 * MILLI;

    private static final long ASK_NANOS = 500 * MILLI;

    private static final int PROBES = 6;

    /** For a provisional holder, which has asked each half second since it started. */
    private static final int LAST_PROBES = 4;

    private Questions() {}

    /**
     * Goes on with the proof that nobody answers, if there has to be one.
     *
     * @return what the address may be put on with; empty while that is not proven
     */
    static Optional<Stance.Holding> prove(VipTurn turn, Stance.Holding holding) {
        if (holding.caution() == Caution.NONE) {
            turn.proof = Optional.empty();
            return Optional.of(holding);
        }
        boolean strict = holding.caution() == Caution.STRICT;
        Proof proof = turn.proof.orElseGet(() -> Proof.begin(turn.now, strict ? LAST_PROBES : PROBES));
        proof = proof.isLate(turn.now) ? proof.again(turn.now) : proof;
        boolean proven = proof.isComplete(turn.now) || !strict && proof.isOverlong(turn.now);
        if (!proven && proof.wantsProbe(turn.now)) {
            proof = proof.next();
            turn.act(new VipAction.Probe(turn.vip, true));
        }
        turn.proof = Optional.of(proof);
        long worth = turn.now + (strict ? STRICTLY_PROVEN_NANOS : PROVEN_NANOS);
        long ends = worth - holding.rightEndsNanos() < 0 ? worth : holding.rightEndsNanos();
        return proven ? Optional.of(new Stance.Holding(ends, holding.kernelEndsNanos())) : Optional.empty();
    }

    /** Asks now and then who answers, without a wish to take the address. */
    static void ask(VipTurn turn) {
        if (turn.reached(turn.askAt)) {
            turn.askAt = turn.now + ASK_NANOS;
            turn.act(new VipAction.Probe(turn.vip, false));
        }
    }
}
