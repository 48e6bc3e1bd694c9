package io.vipkeeper.demo.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.vipkeeper.demo.Fault;
import io.vipkeeper.demo.Measurement;
import io.vipkeeper.demo.lab.LabException;

import static io.vipkeeper.demo.report.Runs.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RawTimesTest {

    @TempDir
    private Path folder;

    @Test
    void hasOneRowForEachRunUnderTheHeading() {
        // given
        List<Measurement> runs = List.of(
                run("vipkeeper", Fault.POWER_OFF, 30.25, 0),
                run("keepalived", Fault.POWER_OFF, 40, 0),
                run("vipkeeper", Fault.POWER_OFF, 50, 0));

        // when
        List<String> lines = RawTimes.of(runs).lines().toList();

        // then
        assertThat(lines)
                .containsExactly(
                        RawTimes.HEADING,
                        "vipkeeper,power-off,1,n1,n2,30.250,false,0.000,false,0.000,25.000,,,1,0,4000.000,6.000,on",
                        "keepalived,power-off,1,n1,n2,40.000,false,0.000,false,0.000,25.000,,,1,0,4000.000,6.000,on",
                        "vipkeeper,power-off,2,n1,n2,50.000,false,0.000,false,0.000,25.000,,,1,0,4000.000,6.000,on");
    }

    @Test
    void readsWhatItHasWritten() throws IOException {
        // given
        List<Measurement> runs =
                List.of(run("vipkeeper", Fault.STOP, 30.125, 3), run("keepalived", Fault.ALL_APIS_FROZEN, 1, 0, true));
        Path file = Files.writeString(folder.resolve("times.csv"), RawTimes.of(runs));

        // when / then
        assertThat(RawTimes.read(file)).isEqualTo(runs);
    }

    @Test
    void namesTheLineThatItCannotRead() throws IOException {
        // given
        String good = RawTimes.of(List.of(run("vipkeeper", Fault.STOP, 30, 0)));
        Path unknown = Files.writeString(
                folder.resolve("unknown.csv"),
                good + good.lines().skip(1).findFirst().orElseThrow().replace("stop", "flood"));
        Path torn = Files.writeString(folder.resolve("torn.csv"), good + "vipkeeper,stop,2");
        Path other = Files.writeString(folder.resolve("other.csv"), "a,b\n1,2\n");

        // when / then
        assertThatThrownBy(() -> RawTimes.read(unknown))
                .isInstanceOf(LabException.class)
                .hasMessageStartingWith("--merge " + unknown + ", line 3: fault flood is none of stop, kill, ");
        assertThatThrownBy(() -> RawTimes.read(torn))
                .isInstanceOf(LabException.class)
                .hasMessage("--merge " + torn + ", line 3: 3 columns instead of 18");
        assertThatThrownBy(() -> RawTimes.read(other))
                .isInstanceOf(LabException.class)
                .hasMessage("--merge " + other + " does not begin with the heading of a benchmark's CSV");
    }
}
