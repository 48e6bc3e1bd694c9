package io.vipkeeper.demo.report;

import java.util.Optional;
import java.util.OptionalLong;

import io.vipkeeper.demo.FastPath;
import io.vipkeeper.demo.Fault;
import io.vipkeeper.demo.Measurement;

/** Measurements for tests, in milliseconds. */
final class Runs {
    private Runs() {}

    static Measurement run(String program, Fault fault, double gapMs, long twoMs) {
        return run(program, fault, gapMs, twoMs, false);
    }

    static Measurement run(String program, Fault fault, double gapMs, long twoMs, boolean open) {
        return new Measurement(
                program,
                fault,
                "n1",
                Optional.of("n2"),
                Math.round(gapMs * 1e6),
                open,
                twoMs * 1_000_000,
                false,
                0,
                OptionalLong.of(25_000_000),
                OptionalLong.empty(),
                OptionalLong.empty(),
                1,
                0,
                4_000_000_000L,
                6_000_000,
                FastPath.ON);
    }
}
