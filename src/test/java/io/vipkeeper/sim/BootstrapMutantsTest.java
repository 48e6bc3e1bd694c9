package io.vipkeeper.sim;

import java.util.function.Function;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.vipkeeper.bootstrap.BootstrapRules;
import io.vipkeeper.grant.GrantRules;
import io.vipkeeper.grant.Pace;
import io.vipkeeper.vip.Caution;

import static io.vipkeeper.sim.World.SECOND;

/**
 * The same for the rules of provisional holding. That it ends for good with the first look at the Lease has no mutant here:
 * who yields to everybody would be harmless without that.
 */
class BootstrapMutantsTest {
    private static final int SEEDS = 3000;

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void theSimulationCatches(Mutant mutant) {
        mutant.assertCaught(SEEDS);
    }

    static Stream<Mutant> theSimulationCatches() {
        return Stream.of(
                mutant("does not ask who answers although elected", wanted -> new BootstrapRules(wanted) {
                    @Override
                    public Caution unknown() {
                        return Caution.NONE;
                    }
                }),
                mutant("does not ask for the last time before it stands", wanted -> new BootstrapRules(wanted) {
                    @Override
                    public Caution provisional() {
                        return Caution.NONE;
                    }
                }),
                mutant("stands although a holder answered a moment ago", wanted -> new BootstrapRules(wanted) {
                    @Override
                    public long quietNanos() {
                        return 0;
                    }
                }),
                mutant("yields to nobody", wanted -> new BootstrapRules(wanted) {
                    @Override
                    public boolean yields() {
                        return false;
                    }
                }),
                mutant("believes for half a minute that a holder answered", wanted -> new BootstrapRules(wanted) {
                    @Override
                    public long knownNanos() {
                        return 30 * SECOND;
                    }
                }),
                mutant("gives the address no end", wanted -> new BootstrapRules(wanted) {
                    @Override
                    public long rightEnds(long nowNanos) {
                        return nowNanos + 600 * SECOND;
                    }

                    @Override
                    public long kernelEnds(long nowNanos) {
                        return nowNanos + 600 * SECOND;
                    }
                }),
                mutant("does not notice that it was frozen", wanted -> new BootstrapRules(wanted) {
                    @Override
                    public long longestStepNanos() {
                        return 600 * SECOND;
                    }
                }));
    }

    private static Mutant mutant(String name, Function<Boolean, BootstrapRules> rules) {
        return new Mutant(name, world -> Scenario.fast(world, 3, clock -> new GrantRules(Pace.DEFAULT))
                .withBootstrap(rules));
    }
}
