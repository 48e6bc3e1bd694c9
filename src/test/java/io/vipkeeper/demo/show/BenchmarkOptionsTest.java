package io.vipkeeper.demo.show;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.vipkeeper.demo.Cluster.ApiKind;
import io.vipkeeper.demo.Fault;
import io.vipkeeper.demo.lab.LabException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BenchmarkOptionsTest {

    @Test
    void refusesNumbersOutOfRangeInASentenceThatNamesTheOption() {
        assertThatThrownBy(() -> new DemoOptions(ApiKind.REAL, 1, Optional.empty(), Optional.empty()))
                .isInstanceOf(LabException.class)
                .hasMessage("--nodes 1 is not between 2 and 9");
        assertThatThrownBy(() -> options(0, 600, 15, List.of()))
                .isInstanceOf(LabException.class)
                .hasMessage("--runs 0 is not between 1 and 100");
        assertThatThrownBy(() -> options(5, 0, 15, List.of()))
                .isInstanceOf(LabException.class)
                .hasMessage("--loss-seconds 0 is not between 1 and 86400");
        assertThatThrownBy(() -> options(5, 600, -1, List.of()))
                .isInstanceOf(LabException.class)
                .hasMessage("--settle -1 is not between 0 and 600");
    }

    @Test
    void refusesAFaultThatTheApiDoesNotAllow() {
        // given
        BenchmarkOptions options = options(5, 600, 15, List.of(Fault.API_KILLED));

        // when / then
        assertThatThrownBy(() -> new DemoOptions(ApiKind.EMBEDDED, 3, Optional.of(options), Optional.empty()))
                .isInstanceOf(LabException.class)
                .hasMessage("--fault api-killed needs an API server on each node: add --api real, or leave it out");
        assertThat(new DemoOptions(ApiKind.REAL, 3, Optional.of(options), Optional.empty()).benchmark())
                .contains(options);
    }

    @Test
    void triesAllFaultsThatAreWithinReachUnlessSomeAreChosen() {
        assertThat(options(5, 600, 15, List.of()).faults(ApiKind.REAL)).containsExactly(Fault.values());
        assertThat(options(5, 600, 15, List.of()).faults(ApiKind.EMBEDDED))
                .contains(Fault.ALL_APIS_FROZEN)
                .doesNotContain(Fault.API_FROZEN, Fault.API_KILLED);
        assertThat(options(5, 600, 15, List.of(Fault.KILL, Fault.STOP)).faults(ApiKind.REAL))
                .containsExactly(Fault.STOP, Fault.KILL);
    }

    @Test
    void triesTheOneThatLastsMinutesOnce() {
        assertThat(options(20, 600, 15, List.of()).runs(Fault.LOSS)).isOne();
        assertThat(options(20, 600, 15, List.of()).runs(Fault.STOP)).isEqualTo(20);
    }

    private static BenchmarkOptions options(int runs, int loss, int settle, List<Fault> chosen) {
        return new BenchmarkOptions(
                runs, true, chosen, loss, settle, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
