package io.vipkeeper.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

import io.vipkeeper.config.Option;
import io.vipkeeper.config.Options;
import io.vipkeeper.demo.Fault;

import static org.assertj.core.api.Assertions.assertThat;

class CommandLineTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void versionIsThreeLines() {
        assertThat(run("version")).isZero();
        assertThat(out.toString().lines()).hasSize(3).anyMatch(line -> line.matches("Version: {2}[0-9]+\\.[0-9.]+"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"manager", "manifest pod"})
    void badConfigurationSaysEveryProblemOnStderrAndNothingOnStdout(String command) {
        // when
        int code = run((command + " --arp --port=0 --leaseRetry=x").split(" "));

        // then
        assertThat(code).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString().lines())
                .allMatch(line -> line.startsWith("vipkeeper: "))
                .anyMatch(line -> line.contains("--port=0"))
                .anyMatch(line -> line.contains("--leaseRetry=x"))
                .anyMatch(line -> line.contains("cp_enable"))
                .anyMatch(line -> line.contains("address"));
    }

    @Test
    void anUnknownFlagIsRefusedWithTheNearestOne() {
        assertThat(run("manager", "--interfce", "eth0")).isEqualTo(2);
        assertThat(err.toString()).contains("--interfce", "--interface");
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "manager --config-file",
                "manager --port 1 --port 2",
                "manifest pod extra",
                "demo --nodes x",
                "demo --runs 3",
                "manifest nothing",
                "manifest rbac --nodes",
                "kubeadm init extra"
            })
    void aCommandLineThatCannotBeParsedIsOneSentenceWithoutTheHelp(String line) {
        assertThat(run(line.split(" "))).isEqualTo(2);
        assertThat(err.toString()).startsWith("vipkeeper: ").contains("--help").doesNotContain("Usage:");
        assertThat(err.toString().lines()).hasSizeLessThanOrEqualTo(2);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aManifestIsPrintedFromFlagsAsTheyAreTypedForKubeVip() {
        int code = run(
                ("manifest pod --interface eth0 --address 192.0.2.10 --controlplane --services --arp --leaderElection"
                                + " --image registry.example/vipkeeper:1")
                        .split(" "));

        assertThat(code).isZero();
        assertThat(out.toString()).startsWith("apiVersion:").contains("image: registry.example/vipkeeper:1");
        assertThat(out.toString()).contains("name: svc_enable");
        assertThat(err.toString()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("options")
    void helpShowsEachOptionWithItsVariableAndItsDefault(Option option) {
        assertThat(run("manager", "--help")).isZero();
        String help = out.toString().replaceAll("\\s+", " ");

        assertThat(help)
                .contains("[" + option.env() + "=" + option.defaultValue().transform(CommandLineTest::shown) + "]");
        if (!option.flag().isEmpty()) {
            assertThat(help).contains("--" + option.flag());
        }
    }

    @Test
    void theDemosHelpNamesEachFault() {
        assertThat(run("demo", "--help")).isZero();
        assertThat(out.toString().replaceAll("\\s+", " ").split("[ ,.]+"))
                .contains(Arrays.stream(Fault.values()).map(Fault::id).toArray(String[]::new));
    }

    @Test
    void aFaultThatDoesNotExistIsRefusedWithThoseThatDo() {
        assertThat(run("demo", "--benchmark", "--fault", "flood")).isEqualTo(2);
        assertThat(err.toString()).startsWith("vipkeeper demo: fault flood is none of stop, kill, ");
    }

    static Object[] options() {
        return Options.all().stream().filter(option -> option.origin().isUsed()).toArray();
    }

    private static String shown(String value) {
        return value.isEmpty() ? "\"\"" : value;
    }

    private int run(String... args) {
        CommandLine line = VipkeeperCommand.commandLine(Map.of());
        return line.setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }
}
