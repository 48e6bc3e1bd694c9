package io.vipkeeper.cli;

import java.time.Duration;

import io.vipkeeper.kubernetes.ThreadSource;
import io.vipkeeper.linux.Libc;
import io.vipkeeper.linux.ProgramPages;

/** Gives the memory back that the start of a native executable needed and a keeper does not (README, native). */
final class AfterStart {
    /** By then the election has begun, with an API server that answers. */
    private static final Duration BEGUN = Duration.ofSeconds(10);

    private AfterStart() {}

    /** Returns at once. */
    static void begin(Libc libc) {
        Rehearsal.background("program-pages", () -> {
            ThreadSource.sleep(BEGUN);
            ProgramPages.giveBack(libc);
        });
    }
}
