package io.vipkeeper.keeper;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.vipkeeper.bootstrap.BootstrapRules;
import io.vipkeeper.grant.GrantRules;
import io.vipkeeper.grant.Pace;

import static org.assertj.core.api.Assertions.assertThat;

class DrillTest {

    @Test
    void aDrillGoesThroughAnEarlyTakeoverAndAHandover() {
        // given
        KeeperSettings plain = Node.settings(true);
        KeeperSettings settings = new KeeperSettings(
                plain.elector(),
                plain.rules(),
                plain.vips(),
                true,
                Optional.of(new KeeperSettings.Fast(new GrantRules(Pace.DEFAULT), 0)),
                plain.arpRate(),
                plain.carrierLoss(),
                false,
                new BootstrapRules(false));

        // when
        List<Observation> told = Drill.play(settings);

        // then
        assertThat(told)
                .filteredOn(Observation.BecameHolder.class::isInstance)
                .map(held -> ((Observation.BecameHolder) held).path())
                .containsExactly(Observation.Path.FREE, Observation.Path.EARLY, Observation.Path.HANDOVER);
        assertThat(told)
                .anyMatch(one -> one instanceof Observation.FastTurned turned
                        && turned.members().containsAll(List.of("drill-1", "drill-2", "drill-3")));
    }
}
