package io.vipkeeper.sim;

import java.util.function.Function;

import static org.assertj.core.api.Assertions.assertThat;

/** A scenario in which one rule of the production core is broken, by what it does instead. */
record Mutant(String name, Function<World, Scenario> scenario) {

    void assertCaught(int seeds) {
        assertThat(SimulationTest.firstViolation(1, seeds, seed -> scenario.apply(new World(seed))))
                .as("a violation by the mutant that %s", name)
                .isPresent();
    }

    @Override
    public String toString() {
        return name;
    }
}
