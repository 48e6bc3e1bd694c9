package io.vipkeeper.cli.preflight;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.vipkeeper.cli.VipkeeperCommand;
import io.vipkeeper.cli.preflight.finding.Finding;

import static org.assertj.core.api.Assertions.assertThat;

class ReportTest {
    private static final Finding WELL = Finding.ok("interface", "eth0 is up");
    private static final Finding LATER = Finding.notYet("rights", "no server");
    private static final Finding WARNED = Finding.warning("clock", "it drifts", "that is bad", "mend it");
    private static final Finding FAILED = Finding.failure("in use", "taken", "", "free it");

    @Test
    void theExitCodeIsThatOfTheWorst() {
        assertThat(new Report(List.of(WELL, LATER)).exitCode()).isZero();
        assertThat(new Report(List.of(WARNED, WELL)).exitCode()).isEqualTo(1);
        assertThat(new Report(List.of(WARNED, FAILED, WELL)).exitCode()).isEqualTo(2);
    }

    @Test
    void eachFindingIsALineWhoseCellsStandBelowEachOther() {
        assertThat(new Report(List.of(WELL, LATER, WARNED, FAILED)).lines())
                .containsExactly(
                        "ok       interface  eth0 is up",
                        "not yet  rights     no server",
                        "warning  clock      it drifts: that is bad; mend it",
                        "failure  in use     taken; free it");
    }

    @Test
    void aProgramReadsTheSameAsJson() {
        assertThat(new Report(List.of(WARNED)).json().toString())
                .isEqualTo("{\"exitCode\":1,\"findings\":[{\"level\":\"warning\",\"check\":\"clock\","
                        + "\"what\":\"it drifts\",\"why\":\"that is bad\",\"remedy\":\"mend it\"}]}");
    }

    @Test
    void preflightTakesTheManagersOptions() {
        assertThat(VipkeeperCommand.commandLine(Map.of())
                        .getSubcommands()
                        .get("preflight")
                        .getCommandSpec()
                        .findOption("--peerPort"))
                .isNotNull();
    }
}
