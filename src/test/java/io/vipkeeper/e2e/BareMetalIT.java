package io.vipkeeper.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.vipkeeper.demo.Cluster;
import io.vipkeeper.demo.Packaged;
import io.vipkeeper.demo.lab.LabNode;
import io.vipkeeper.demo.lab.LabPlan;
import io.vipkeeper.demo.lab.LabProgram;
import io.vipkeeper.demo.lab.Shell;
import io.vipkeeper.linux.ServiceManagerSocket;

import static org.assertj.core.api.Assertions.assertThat;

/** The packaged program as its unit runs it: a user who may do two things, and a service manager that listens. */
class BareMetalIT {
    private static final Path UNIT = Path.of("src/deb/vipkeeper.service");
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration WATCHDOG = Duration.ofSeconds(2);

    @TempDir
    private Path directory;

    @Test
    void aUserWithTwoCapabilitiesKeepsTheAddressAndTellsTheServiceManager() throws IOException {
        Requirements.lab();
        Requirements.root();
        String notify = directory.resolve("notify").toString();
        Map<String, String> environment =
                Map.of("NOTIFY_SOCKET", notify, "WATCHDOG_USEC", Long.toString(WATCHDOG.toMillis() * 1000));
        try (ServiceManagerSocket manager = new ServiceManagerSocket(notify);
                Cluster cluster = Cluster.vipkeeper(new LabPlan(1, false), Cluster.ApiKind.EMBEDDED, environment)) {
            // given
            letAnybodyIn(cluster);
            LabNode node = cluster.nodes().getFirst();
            node.install(new Confined(cluster.program(), copied()));

            // when
            cluster.startAll(LIMIT);

            // then: the address is there, and the user has what the unit gives and no more
            assertThat(node.hasVip()).isTrue();
            assertThat(manager.heard()).startsWith("READY=1", "WATCHDOG=1").doesNotContain("STOPPING=1");
            assertThat(statusOfTheManager().map(line -> line.replaceAll("\\s+", " ")))
                    .contains("Uid: 65534 65534 65534 65534", "NoNewPrivs: 1")
                    .contains("CapPrm: 0000000000003000", "CapEff: 0000000000003000", "CapBnd: 0000000000003000");

            // then: the watchdog hears it twice in its time
            List<String> lines = manager.heardWithin(WATCHDOG.multipliedBy(2));
            assertThat(lines).filteredOn("WATCHDOG=1"::equals).hasSizeGreaterThanOrEqualTo(2);
            assertThat(lines).contains("STATUS=holds 192.0.2.10/32").doesNotContain("READY=1");

            // when
            node.stop();

            // then
            assertThat(node.awaitEnd(LIMIT)).isTrue();
            assertThat(node.exitCode()).contains(0);
            assertThat(manager.heard()).contains("STOPPING=1");
            assertThat(node.hasVip()).isFalse();
        }
    }

    /** The lab's files are its user's alone, and so may be the folder that the program was built in. */
    private void letAnybodyIn(Cluster cluster) throws IOException {
        for (Path closed : List.of(cluster.lab().directory(), directory)) {
            Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Files.setPosixFilePermissions(directory.resolve("notify"), PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    /** The class archive wants the jars to be as old as they were. */
    private Path copied() {
        Path program = Packaged.find().file();
        Path copy = directory.resolve("program");
        String what = program.toString().endsWith(".jar") ? program.getParent() + "/." : program.toString();
        Shell.run(List.of("sh", "-c", "mkdir " + copy + " && cp -a " + what + " " + copy + "/"));
        return copy;
    }

    private static Stream<String> statusOfTheManager() throws IOException {
        ProcessHandle manager = ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().commandLine().orElse("").endsWith(" manager"))
                .findFirst()
                .orElseThrow();
        return Files.readAllLines(Path.of("/proc/" + manager.pid() + "/status")).stream();
    }

    /** Another program behind a wrapper that does to it what the unit says. */
    private record Confined(LabProgram program, Path folder) implements LabProgram {

        @Override
        public String name() {
            return program.name();
        }

        @Override
        public List<String> command(LabNode node) {
            String kept = "-all," + capabilities("CapabilityBoundingSet");
            List<String> command = new ArrayList<>(List.of(
                    "setpriv",
                    "--reuid=65534",
                    "--regid=65534",
                    "--clear-groups",
                    "--no-new-privs",
                    "--bounding-set=" + kept,
                    "--inh-caps=" + kept,
                    "--ambient-caps=-all," + capabilities("AmbientCapabilities")));
            String built = Packaged.find().file().getParent().toString();
            program.command(node).forEach(word -> command.add(word.replace(built, folder.toString())));
            return command;
        }

        /** As setpriv(1) wants them: {@code +net_admin,+net_raw}. */
        private static String capabilities(String setting) {
            try (var lines = Files.lines(UNIT)) {
                String names = lines.filter(line -> line.startsWith(setting + "="))
                        .map(line -> line.substring(setting.length() + 1))
                        .findFirst()
                        .orElseThrow();
                return "+" + names.toLowerCase(Locale.ROOT).replace("cap_", "").replace(" ", ",+");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public Map<String, String> environment(LabNode node) {
            return program.environment(node);
        }
    }
}
