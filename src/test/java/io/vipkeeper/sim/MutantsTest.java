package io.vipkeeper.sim;

import java.util.function.BiFunction;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.vipkeeper.lease.Kinship;
import io.vipkeeper.lease.LeaseRecord;
import io.vipkeeper.lease.Rules;
import io.vipkeeper.lease.Timing;

import static io.vipkeeper.sim.World.SECOND;

/** The simulation is worth something only if it catches each rule of time when that rule is broken. */
class MutantsTest {
    private static final int SEEDS = 20_000;

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void theSimulationCatches(Mutant mutant) {
        mutant.assertCaught(SEEDS);
    }

    static Stream<Mutant> theSimulationCatches() {
        return Stream.of(
                three("counts its right from the answer", (clock, timing) -> new Rules(timing) {
                    @Override
                    public long rightEnds(long sentNanos, long answeredNanos) {
                        return answeredNanos + timing.renewDeadline().toNanos();
                    }

                    @Override
                    public long kernelEnds(long sentNanos, long answeredNanos) {
                        return super.kernelEnds(answeredNanos, answeredNanos);
                    }
                }),
                three("holds for a lease duration instead of renewDeadline", (clock, timing) -> new Rules(timing) {
                    @Override
                    public long rightEnds(long sentNanos, long answeredNanos) {
                        return sentNanos + timing.leaseDuration().toNanos();
                    }

                    @Override
                    public long kernelEnds(long sentNanos, long answeredNanos) {
                        return sentNanos + timing.leaseDuration().toNanos();
                    }
                }),
                three("believes the timestamp of the other node", (clock, timing) -> new Rules(timing) {
                    @Override
                    public long claimableAt(LeaseRecord record, Kinship kinship, long seenNanos, boolean firstSight) {
                        boolean held =
                                kinship == Kinship.KEEPER && !record.renewTime().isEmpty();
                        return held
                                ? clock.now() + Long.parseLong(record.renewTime()) * 1000 + 5 * SECOND - clock.wall()
                                : super.claimableAt(record, kinship, seenNanos, firstSight);
                    }
                }),
                three("takes over at once after a restart", (clock, timing) -> new Rules(timing) {
                    @Override
                    public long claimableAt(LeaseRecord record, Kinship kinship, long seenNanos, boolean firstSight) {
                        return firstSight ? seenNanos : super.claimableAt(record, kinship, seenNanos, firstSight);
                    }
                }),
                three("waits for renewDeadline only", (clock, timing) -> new Rules(timing) {
                    @Override
                    public long claimableAt(LeaseRecord record, Kinship kinship, long seenNanos, boolean firstSight) {
                        return kinship == Kinship.KEEPER
                                ? seenNanos + timing.renewDeadline().toNanos()
                                : super.claimableAt(record, kinship, seenNanos, firstSight);
                    }
                }),
                three("releases before it unbinds", (clock, timing) -> new Rules(timing) {
                    @Override
                    public boolean mayReleaseBeforeUnbind() {
                        return true;
                    }
                }),
                three("gives the address no kernel lifetime", (clock, timing) -> new Rules(timing) {
                    @Override
                    public long kernelEnds(long sentNanos, long answeredNanos) {
                        return sentNanos + 3600 * SECOND;
                    }
                }),
                three("forgets that the kernel may be late and clocks differ", (clock, timing) -> new Rules(timing) {
                    @Override
                    public long kernelEnds(long sentNanos, long answeredNanos) {
                        return sentNanos + timing.leaseDuration().toNanos();
                    }

                    @Override
                    public long claimableAt(LeaseRecord record, Kinship kinship, long seenNanos, boolean firstSight) {
                        return kinship == Kinship.KEEPER
                                ? seenNanos + timing.leaseDuration().toNanos()
                                : super.claimableAt(record, kinship, seenNanos, firstSight);
                    }
                }),
                three("creates a deleted Lease at once", (clock, timing) -> new Rules(timing) {
                    @Override
                    public long creatableAt(long missedNanos) {
                        return missedNanos;
                    }
                }),
                three("takes a Lease that a person emptied at once", (clock, timing) -> new Rules(timing) {
                    @Override
                    public long claimableAt(LeaseRecord record, Kinship kinship, long seenNanos, boolean firstSight) {
                        return kinship == Kinship.FREED
                                ? seenNanos
                                : super.claimableAt(record, kinship, seenNanos, firstSight);
                    }
                }),
                new Mutant("takes a twin for its own earlier life", world -> new Scenario(
                                world, 2, (clock, timing) -> new Rules(timing) {
                                    @Override
                                    public long claimableAt(
                                            LeaseRecord record, Kinship kinship, long seenNanos, boolean firstSight) {
                                        return kinship == Kinship.TWIN
                                                ? seenNanos
                                                : super.claimableAt(record, kinship, seenNanos, firstSight);
                                    }
                                })
                        .withTwin()),
                new Mutant("trusts client-go to stop within a lease duration", world -> new Scenario(
                                world, 1, (clock, timing) -> new Rules(timing) {
                                    @Override
                                    public long claimableAt(
                                            LeaseRecord record, Kinship kinship, long seenNanos, boolean firstSight) {
                                        return kinship == Kinship.FOREIGN
                                                ? seenNanos
                                                        + timing.leaseDuration().toNanos()
                                                : super.claimableAt(record, kinship, seenNanos, firstSight);
                                    }
                                })
                        .withForeignElector(2)
                        .withForeignElector(3)));
    }

    private static Mutant three(String name, BiFunction<SimClock, Timing, Rules> rules) {
        return new Mutant(name, world -> new Scenario(world, 3, rules));
    }
}
