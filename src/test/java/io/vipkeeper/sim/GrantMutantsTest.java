package io.vipkeeper.sim;

import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.vipkeeper.grant.GrantRules;
import io.vipkeeper.grant.Pace;
import io.vipkeeper.lease.Accord;
import io.vipkeeper.lease.LeaseRole;
import io.vipkeeper.lease.Rules;
import io.vipkeeper.lease.Timing;

/** Each rule of the fast path is there for something: without it the simulation finds two holders, or none. */
class GrantMutantsTest {
    private static final int SEEDS = 8000;

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void theSimulationCatches(Mutant mutant) {
        mutant.assertCaught(SEEDS);
    }

    static Stream<Mutant> theSimulationCatches() {
        return Stream.of(holders(), candidates(), successors(), kernels(), unwell())
                .flatMap(Function.identity());
    }

    private static Stream<Mutant> holders() {
        return Stream.of(
                new Mutant(
                        "R1: holds without its majority, and says so before the kernel knows",
                        world -> new Scenario(world, 3, unlimited(), Optional.of(hasty()))),
                grants("R1: counts a promise from its arrival", 3, clock -> new GrantRules(Pace.DEFAULT) {
                    @Override
                    public long promiseCountsUntil(long stampNanos, long arrivedNanos) {
                        return super.promiseCountsUntil(arrivedNanos, arrivedNanos);
                    }
                }),
                grants("R1: takes no account of clocks that differ", 3, clock -> new GrantRules(Pace.DEFAULT) {
                    @Override
                    public long promiseCountsUntil(long stampNanos, long arrivedNanos) {
                        return stampNanos + Pace.DEFAULT.grant().toNanos();
                    }
                }),
                lease(
                        "R5: lets a late promise bring back a right that was over",
                        5,
                        (clock, timing) -> new Rules(timing) {
                            @Override
                            public boolean mayRevive() {
                                return true;
                            }
                        }),
                new Mutant("R6: writes before the kernel knows the limit", world -> Scenario.fast(world, 5, hasty())),
                grants("R9: hands over before the address is off", 3, clock -> new GrantRules(Pace.DEFAULT) {
                    @Override
                    public boolean handsOverBeforeUnbind() {
                        return true;
                    }
                }));
    }

    private static Stream<Mutant> candidates() {
        return Stream.of(
                grants("R2: promises to two", 3, clock -> new GrantRules(Pace.DEFAULT) {
                    @Override
                    public boolean isBound(boolean otherPromiseLasts) {
                        return false;
                    }
                }),
                grants("R2: forgets a promise before it is over", 3, clock -> new GrantRules(Pace.DEFAULT) {
                    @Override
                    public long promiseKeptUntil(long nowNanos, int grantMillis) {
                        return nowNanos + grantMillis * 800_000L;
                    }
                }),
                grants("R3: takes over with a minority", 3, clock -> new GrantRules(Pace.DEFAULT) {
                    @Override
                    public int majority(int members) {
                        return members / 2;
                    }
                }),
                grants(
                        "R4: claims an expired Lease although it has promised not to",
                        5,
                        clock -> new GrantRules(Pace.DEFAULT) {
                            @Override
                            public boolean keepsPromiseWhenTheLeaseRunsOut() {
                                return false;
                            }
                        }),
                new Mutant("R4: claims an expired Lease although nobody asked it for a promise", world -> new Scenario(
                                world,
                                3,
                                (clock, timing) -> new Rules(timing) {
                                    @Override
                                    public long holdOverNanos() {
                                        return 0;
                                    }
                                },
                                Optional.of(production()))
                        .withLatecomer()),
                grants("R8: promises although an earlier life may have", 3, clock -> new GrantRules(Pace.DEFAULT) {
                    @Override
                    public long mayPromiseAt(long startedNanos) {
                        return startedNanos;
                    }
                }));
    }

    private static Stream<Mutant> successors() {
        return Stream.of(
                grants("R11: answers as soon as it was offered the Lease", 3, clock -> new GrantRules(Pace.DEFAULT) {
                    @Override
                    public long answersAt(long receivedNanos, int lingerMillis) {
                        return receivedNanos;
                    }
                }),
                grants(
                        "R11: offers the Lease before the kernel knows the end",
                        3,
                        clock -> new GrantRules(Pace.DEFAULT) {
                            @Override
                            public boolean tightensBeforeItOffers() {
                                return false;
                            }
                        }),
                lease("R11: forgets after a restart what it was offered", 3, (clock, timing) -> new Rules(timing) {
                    @Override
                    public boolean outlastsOffers() {
                        return false;
                    }
                }));
    }

    private static Stream<Mutant> kernels() {
        return Stream.of(
                new Mutant("R10: gives the fence no time-out", world -> Scenario.fast(world, 3, production())
                        .withFenceWithoutTimeout()),
                new Mutant(
                        "R10: does not look at the clock after it told the fence",
                        world -> Scenario.fast(world, 3, production()).withoutSecondLook()));
    }

    private static Stream<Mutant> unwell() {
        return Stream.of(
                frozen("R12: takes for well whoever has not noticed yet", clock -> new GrantRules(Pace.DEFAULT) {
                    @Override
                    public boolean isProof(long provenNanos, long unwellNanos) {
                        return true;
                    }
                }),
                frozen("R12: counts the age of a proof from its arrival", clock -> new GrantRules(Pace.DEFAULT) {
                    @Override
                    public long provenAt(long stampNanos, long arrivedNanos, int provenMillis) {
                        return super.provenAt(arrivedNanos, arrivedNanos, provenMillis);
                    }
                }));
    }

    private static BiFunction<SimClock, Timing, Rules> unlimited() {
        return (clock, timing) -> new Rules(timing) {
            @Override
            public LeaseRole.Holder limit(
                    LeaseRole.Holder holder, Accord accord, boolean limited, boolean mayHoldOver) {
                return super.limit(holder, accord, false, mayHoldOver);
            }
        };
    }

    private static Function<SimClock, GrantRules> hasty() {
        return clock -> new GrantRules(Pace.DEFAULT) {
            @Override
            public boolean tightensBeforeItWrites() {
                return false;
            }
        };
    }

    private static Function<SimClock, GrantRules> production() {
        return clock -> new GrantRules(Pace.DEFAULT);
    }

    private static Mutant grants(String name, int nodes, Function<SimClock, GrantRules> rules) {
        return new Mutant(name, world -> Scenario.fast(world, nodes, rules));
    }

    private static Mutant frozen(String name, Function<SimClock, GrantRules> rules) {
        return new Mutant(name, seed -> Scenario.fast(seed, 3, rules).withFrost());
    }

    private static Mutant lease(String name, int nodes, BiFunction<SimClock, Timing, Rules> rules) {
        return new Mutant(name, world -> new Scenario(world, nodes, rules, Optional.of(production())));
    }
}
