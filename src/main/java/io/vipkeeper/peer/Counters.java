package io.vipkeeper.peer;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counted by the sending and the receiving thread, read by any. */
final class Counters {
    final LongAdder sent = new LongAdder();
    final LongAdder sendsRefused = new LongAdder();
    final LongAdder unaddressed = new LongAdder();
    final LongAdder undelivered = new LongAdder();
    private final Map<Verdict, LongAdder> received = new EnumMap<>(Verdict.class);

    Counters() {
        for (Verdict verdict : Verdict.values()) {
            received.put(verdict, new LongAdder());
        }
    }

    void received(Verdict verdict) {
        received.get(verdict).increment();
    }

    PeerCounters snapshot() {
        return new PeerCounters(
                sent.sum(),
                sendsRefused.sum(),
                unaddressed.sum(),
                of(Verdict.PASSED),
                undelivered.sum(),
                of(Verdict.BAD_LENGTH),
                of(Verdict.BAD_VERSION),
                of(Verdict.UNKNOWN_SENDER),
                of(Verdict.REPLAYED),
                of(Verdict.BAD_AUTHENTICATION),
                of(Verdict.MALFORMED));
    }

    private long of(Verdict verdict) {
        return received.get(verdict).sum();
    }
}
