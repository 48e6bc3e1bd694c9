package io.vipkeeper.demo.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.vipkeeper.demo.probe.Probe;
import io.vipkeeper.demo.probe.Timeline;
import io.vipkeeper.e2e.Requirements;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class LabIT {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final List<String> ADD = List.of("addr", "add", LabPlan.VIP + "/32", "dev", "eth0");
    private static final List<String> ADD6 = List.of("addr", "add", LabPlan.VIP6 + "/128", "dev", "eth0", "nodad");

    @BeforeAll
    static void require() {
        Requirements.lab();
    }

    @Test
    void leavesNothingBehindWhenItIsClosed() {
        // given
        Lab lab = Lab.open(new LabPlan(3, false));
        Process sleeper = lab.startOnClient("sleeper", List.of("sleep", "600"));
        assertThat(namespacesOf(ProcessHandle.current().pid())).hasSize(6);

        // when
        lab.close();

        // then
        assertThat(namespacesOf(ProcessHandle.current().pid())).isEmpty();
        assertThat(lab.directory()).doesNotExist();
        await().atMost(LIMIT).until(() -> !sleeper.isAlive());
    }

    @Test
    void leavesNothingBehindWhenItsOwnerIsInterrupted() throws IOException, InterruptedException {
        leavesNothingAfter("INT");
    }

    @Test
    void leavesNothingBehindWhenItsOwnerIsKilled() throws IOException, InterruptedException {
        leavesNothingAfter("KILL");
    }

    private static void leavesNothingAfter(String signal) throws IOException, InterruptedException {
        // given
        Process owner = new ProcessBuilder(JavaCommand.main(LabOwnerMain.class.getName(), List.of())).start();
        String said = owner.inputReader(StandardCharsets.UTF_8).readLine();
        List<ProcessHandle> children = owner.descendants().toList();
        assertThat(said).contains("vipkeeper-lab-");
        assertThat(namespacesOf(owner.pid())).hasSize(5);
        assertThat(children).isNotEmpty();

        // when
        Shell.script("kill -" + signal + " " + owner.pid());

        // then
        assertThat(owner.waitFor(15, TimeUnit.SECONDS)).isTrue();
        await().atMost(LIMIT).until(() -> namespacesOf(owner.pid()).isEmpty() && !Files.exists(Path.of(said)));
        await().atMost(LIMIT).until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
    }

    @Test
    void isBuiltInAUserNamespaceToo() throws IOException, InterruptedException {
        // given
        List<String> command = new ArrayList<>(
                List.of("unshare", "-Urnm", "sh", "-c", "mount -t tmpfs tmpfs /run && exec \"$@\"", "sh"));
        command.addAll(JavaCommand.main(LabOwnerMain.class.getName(), List.of()));
        Process owner = new ProcessBuilder(command).start();

        // when
        String said = owner.inputReader(StandardCharsets.UTF_8).readLine();
        owner.destroy();

        // then
        assertThat(said).contains("vipkeeper-lab-");
        assertThat(owner.waitFor(15, TimeUnit.SECONDS)).isTrue();
        await().atMost(LIMIT).until(() -> !Files.exists(Path.of(said)));
    }

    @Test
    void namesTheMissingProgramAndItsPackage() throws IOException {
        // given: a user whose PATH has nothing
        ProcessBuilder builder = new ProcessBuilder(JavaCommand.main(LabOwnerMain.class.getName(), List.of()));
        Path nothing = Files.createTempDirectory("empty");
        Files.createSymbolicLink(nothing.resolve("sh"), Path.of("/bin/sh"));
        builder.environment().put("PATH", nothing.toString());

        // when
        Process process = builder.start();

        // then
        assertThat(process.inputReader(StandardCharsets.UTF_8).readLine())
                .isEqualTo("the program 'ip' is missing: install iproute2");
        Files.delete(nothing.resolve("sh"));
        Files.delete(nothing);
    }

    @Test
    void theProberSeesOneTwoAndNoNodesAnswering() {
        try (Lab lab = Lab.open(new LabPlan(2, true))) {
            // given
            Probe probe = Probe.start(lab, Duration.ofMillis(5));
            LabNode one = lab.nodes().getFirst();
            LabNode other = lab.nodes().getLast();
            one.ip(ADD);
            one.ip(ADD6);
            assertThat(probe.awaitHolder(LIMIT)).contains(one);
            await().atMost(LIMIT)
                    .until(() -> probe.timeline6().holder(System.nanoTime()).isPresent());

            // when: a second node has the address too for half a second, then nobody has it for as long
            long both = System.nanoTime();
            other.ip(ADD);
            Probe.pause(Duration.ofMillis(500));
            one.flushVip();
            long single = System.nanoTime();
            Probe.pause(Duration.ofMillis(500));
            other.flushVip();
            Probe.pause(Duration.ofMillis(500));

            // then
            Timeline seen = probe.timeline();
            long end = System.nanoTime();
            assertThat(Duration.ofNanos(seen.twoAnsweringNanos(both, single)))
                    .isBetween(Duration.ofMillis(300), Duration.ofMillis(700));
            assertThat(seen.twoAnsweringNanos(single, end))
                    .isLessThan(Duration.ofMillis(100).toNanos());
            assertThat(Duration.ofNanos(seen.gapNanos(single, end))).isGreaterThan(Duration.ofMillis(300));
            assertThat(Duration.ofNanos(probe.timeline6().gapNanos(both, end))).isGreaterThan(Duration.ofMillis(800));
            assertThat(probe.holder()).isEmpty();
        }
    }

    @Test
    void aPulledCableIsSeenOnTheNodeAndACutApiIsNot() {
        try (Lab lab = Lab.open(new LabPlan(2, false))) {
            // given
            LabNode node = lab.nodes().getFirst();
            assertThat(node.ip(List.of("link", "show", "eth0"))).contains("state UP");

            // when
            node.unplug();
            node.cutFromApi();

            // then
            await().atMost(LIMIT)
                    .until(() -> node.ip(List.of("link", "show", "eth0")).contains("NO-CARRIER"));
            assertThat(node.ip(List.of("link", "show", "api0"))).contains("state UP");

            // when
            node.plug();
            node.restoreApi();

            // then
            await().atMost(LIMIT)
                    .until(() -> node.ip(List.of("link", "show", "eth0")).contains("state UP"));
        }
    }

    @Test
    void aNodeLosesDatagramsOfItsPeersButNotTheClientsEchoes() throws IOException, InterruptedException {
        try (Lab lab = Lab.open(new LabPlan(2, false))) {
            // given
            LabNode node = lab.nodes().getFirst();
            LabNode peer = lab.nodes().getLast();
            node.ip(ADD);
            Probe probe = Probe.start(lab, Duration.ofMillis(5));
            assertThat(arrived(peer, node, 200)).isEqualTo(200);

            // when
            node.lose(15);

            // then: 170 on average, with a standard deviation of 5, and all of those that only leave it
            assertThat(arrived(peer, node, 200)).isBetween(135, 196);
            assertThat(arrived(node, peer, 200)).isEqualTo(200);

            // when: nearly all are lost
            node.loseNothing();
            node.lose(99);
            long lossy = System.nanoTime();
            Probe.pause(Duration.ofMillis(500));

            // then
            assertThat(arrived(peer, node, 20)).isLessThan(5);
            assertThat(probe.timeline().calm(lossy, System.nanoTime())).isTrue();

            // when
            node.loseNothing();

            // then
            assertThat(arrived(peer, node, 20)).isEqualTo(20);
        }
    }

    /** How many of some datagrams from one node reach the other, where no program listens. */
    private static int arrived(LabNode from, LabNode to, int count) throws IOException, InterruptedException {
        String seen = "awk '/^Udp: [0-9]/ { print $3 }' /proc/net/snmp";
        int before = Integer.parseInt(printed(to, seen));
        printed(from, "for i in $(seq " + count + "); do echo x > /dev/udp/" + to.address() + "/9; done");
        return Integer.parseInt(printed(to, seen)) - before;
    }

    private static String printed(LabNode node, String script) throws IOException, InterruptedException {
        String label = "script-" + System.nanoTime();
        Process process = node.startBeside(label, List.of("bash", "-c", script), Map.of());
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return Files.readString(node.directory().resolve(node.name() + "-" + label + ".log"))
                .strip();
    }

    @Test
    void busyLoopsRunUntilTheyAreStopped() {
        try (Lab lab = Lab.open(new LabPlan(2, false))) {
            // given
            long others = descendants();

            // when
            lab.startBusyLoops(3);

            // then
            assertThat(descendants() - others).isEqualTo(3);

            // when
            lab.stopBusyLoops();

            // then
            assertThat(descendants()).isEqualTo(others);
        }
    }

    private static long descendants() {
        return ProcessHandle.current()
                .descendants()
                .filter(ProcessHandle::isAlive)
                .count();
    }

    private static List<String> namespacesOf(long pid) {
        return Shell.run(List.of("ip", "netns", "list"))
                .lines()
                .map(line -> line.split(" ")[0])
                .filter(name -> name.startsWith("vk-" + Long.toString(pid, 36) + "-"))
                .toList();
    }
}
