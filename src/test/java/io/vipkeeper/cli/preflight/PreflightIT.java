package io.vipkeeper.cli.preflight;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.vipkeeper.demo.Packaged;
import io.vipkeeper.linux.NetworkNamespace;

import static org.assertj.core.api.Assertions.assertThat;

/** The packaged program on a node with one cable to a neighbour, before there is a cluster. */
final class PreflightIT {
    private static final String PEER_MAC = "02:00:5e:10:00:02";

    @TempDir
    private Path directory;

    private NetworkNamespace node;
    private NetworkNamespace peer;

    private record Ended(int code, String out, String err) {
        /** The one line of that check. */
        String line(String check) {
            return out.lines()
                    .filter(line -> line.matches("(ok|not yet|warning|failure) +" + check + "  .*"))
                    .reduce((a, b) -> {
                        throw new AssertionError(a + " and " + b);
                    })
                    .orElseThrow(() -> new AssertionError("no line of " + check + " in " + out));
        }
    }

    @BeforeEach
    void plugIn() {
        node = NetworkNamespace.create();
        peer = NetworkNamespace.create();
        node.cableTo(peer);
        node.ip("address", "add", "192.0.2.1/24", "dev", "nic0");
        peer.ip("link", "set", "peer0", "address", PEER_MAC);
    }

    @AfterEach
    void unplug() {
        node.close();
        peer.close();
    }

    @Test
    void aNodeThatIsReadyHasNoFailureAndKeepsItsAddresses() throws Exception {
        // given
        String before = node.ip("-4", "-o", "address");

        // when
        Ended ended = preflight();

        // then
        assertThat(ended.err).isEmpty();
        assertThat(ended.out.lines()).noneMatch(line -> line.startsWith("failure"));
        assertThat(ended.code).isLessThan(2);
        assertThat(ended.line("in use")).isEqualTo("ok       in use           no neighbour answers for 192.0.2.10");
        assertThat(ended.line("lifetimes")).matches("(ok|warning) .*IFA_PROTO.*");
        assertThat(ended.line("kubeconfig")).startsWith("not yet").contains("absent.conf");
        assertThat(node.ip("-4", "-o", "address")).isEqualTo(before);
    }

    @Test
    void aNeighbourWithTheVipIsAFailureThatNamesItsMac() throws Exception {
        peer.ip("address", "add", "192.0.2.10/32", "dev", "peer0");

        Ended ended = preflight();

        assertThat(ended.code).isEqualTo(2);
        assertThat(ended.line("in use")).startsWith("failure").contains("192.0.2.10 is answered by " + PEER_MAC);
    }

    @Test
    void kubeProxyInIpvsModeWithTheVipIsAFailure() throws Exception {
        node.ip("link", "add", "kube-ipvs0", "type", "veth");
        assertThat(preflight().line("kube-proxy")).startsWith("warning").contains("without strictARP");

        node.ip("address", "add", "192.0.2.10/32", "dev", "kube-ipvs0");
        assertThat(preflight().line("kube-proxy")).startsWith("failure").contains("192.0.2.10 is on kube-ipvs0");
    }

    @Test
    void anInterfaceThatIsDownIsAFailureInJsonToo() throws Exception {
        // given
        node.ip("link", "set", "nic0", "down");

        // when
        Ended ended = preflight("--output", "json");

        // then
        JsonNode json = new JsonMapper().readTree(ended.out);
        assertThat(json.path("exitCode").asInt()).isEqualTo(2).isEqualTo(ended.code);
        assertThat(json.path("findings")).anySatisfy(found -> {
            assertThat(found.path("check").asText()).isEqualTo("interface");
            assertThat(found.path("level").asText()).isEqualTo("failure");
            assertThat(found.path("remedy").asText()).isEqualTo("run 'ip link set nic0 up'");
        });
    }

    @Test
    void aManifestOfKubeVipBecomesOneOnStdoutAndFindingsOnStderr() throws Exception {
        // given
        Path from = Files.writeString(directory.resolve("kube-vip.yaml"), """
                kind: Pod
                spec:
                  containers:
                  - image: ghcr.io/kube-vip/kube-vip:v1.2.3
                    name: kube-vip
                    args: [manager]
                    env:
                    - {name: vip_arp, value: "true"}
                    - {name: cp_enable, value: "true"}
                    - {name: vip_leaderelection, value: "true"}
                    - {name: address, value: 192.0.2.10}
                """);

        // when
        Ended taken = run("preflight", "--from", from.toString(), "--image", "registry.example/vipkeeper:1");

        // then
        assertThat(taken.code).isZero();
        assertThat(taken.out).startsWith("apiVersion: ").contains("registry.example/vipkeeper:1");
        assertThat(taken.err.lines())
                .allMatch(line -> line.startsWith("ok  "))
                .anyMatch(line -> line.contains("address=192.0.2.10"));

        // when it wants what vipkeeper does not have
        Files.writeString(from, Files.readString(from) + "    - {name: bgp_enable, value: \"true\"}\n");
        Ended refused = run("preflight", "--from", from.toString());

        // then
        assertThat(refused.code).isEqualTo(2);
        assertThat(refused.out).isEmpty();
        assertThat(refused.err).contains("failure", "bgp_enable");
    }

    @Test
    void argumentsThatDoNotGoTogetherAreOneSentence() throws Exception {
        for (List<String> arguments : List.of(
                List.of("--from", "kube-vip.yaml", "--arp"),
                List.of("--from", directory.resolve("absent.yaml").toString()),
                List.of("--image", "a"))) {
            List<String> command = new ArrayList<>(List.of("preflight"));
            command.addAll(arguments);
            Ended ended = run(command.toArray(String[]::new));

            assertThat(ended.code).isEqualTo(2);
            assertThat(ended.out).isEmpty();
            assertThat(ended.err.lines()).singleElement().asString().contains(arguments.getFirst());
        }
    }

    private Ended preflight(String... more) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "preflight",
                "--arp",
                "--controlplane",
                "--leaderElection",
                "--interface=nic0",
                "--address=192.0.2.10",
                "--k8sConfigPath=" + directory.resolve("absent.conf")));
        command.addAll(List.of(more));
        return run(command.toArray(String[]::new));
    }

    private Ended run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("env", "-i", "HOME=" + directory));
        command.addAll(Packaged.find().command(arguments));
        Process process = node.start(command.toArray(String[]::new));
        try {
            String out = new String(process.getInputStream().readAllBytes());
            String err = new String(process.getErrorStream().readAllBytes());
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            return new Ended(process.exitValue(), out, err);
        } finally {
            process.destroyForcibly();
        }
    }
}
