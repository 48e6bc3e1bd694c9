package io.vipkeeper.e2e.image;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.vipkeeper.e2e.Requirements;
import io.vipkeeper.e2e.image.Image.Ended;

import static org.assertj.core.api.Assertions.assertThat;

/** What the container file builds, run with what the default manifest gives it. */
class ImageIT {
    private static final String CONFIGURATION = "--arp --controlplane --leaderElection --address 192.0.2.10";

    @TempDir
    private static Path folder;

    private static Image image;

    @BeforeAll
    static void build() throws Exception {
        Requirements.lab();
        image = new Image(Files.createDirectory(folder.resolve("root")), Path.of("src/main/docker/Containerfile"));
        image.build();
    }

    @Test
    void theEntryPointTakesKubeVipsCommands() throws Exception {
        Ended version = image.run("version");

        assertThat(version.err()).isEmpty();
        assertThat(version.out().lines()).hasSize(3).anyMatch(line -> line.startsWith("Version: "));
        assertThat(version.code()).isZero();
        assertThat(image.run("manager", "--help").out()).contains("--interface", "--leaderElection");
        assertThat(image.run().out()).contains("manager", "manifest", "kubeadm");
    }

    @Test
    void aManifestOnStdoutIsNothingElse() throws Exception {
        Ended pod = image.run(("manifest pod " + CONFIGURATION).split(" "));

        assertThat(pod.err()).isEmpty();
        assertThat(pod.out()).startsWith("apiVersion: v1\n").contains("readOnlyRootFilesystem: true\n");
        assertThat(pod.code()).isZero();
    }

    @Test
    void aRefusalEndsWithCode2AndNothingOnStdout() throws Exception {
        Ended refused = image.run("manifest", "pod", "--arp");

        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err()).contains("no address is given");
    }

    @Test
    void theManagerLivesOnAReadOnlyRootWithTwoCapabilities() throws Exception {
        // given: a NIC, and no API server
        String script = """
                ip link set lo up
                ip link add nic0 type veth peer name peer0
                ip link set peer0 up
                ip link set nic0 up
                ip addr add 192.0.2.11/24 dev nic0
                eval "$RUN" &
                manager=$!
                ask() {
                    exec 3<>/dev/tcp/127.0.0.1/2112 || return 1
                    printf 'GET /q/health/live HTTP/1.0\\r\\n\\r\\n' >&3
                    head -n 1 <&3 | grep ' 200 '
                }
                for attempt in $(seq 300); do
                    ask 2>/dev/null && break
                    kill -0 $manager
                    sleep 0.1
                done
                mount -t proc proc /proc
                child=$(pgrep -P $manager || echo $manager)
                grep -E '^(CapEff|CapPrm|NoNewPrivs|Uid)' /proc/$child/status
                (cd /proc/$child/root && touch opt/probe) 2>&1 | grep -o 'Read-only file system'
                kill -TERM $child
                set +e
                wait $manager
                echo "exit $?"
                """;

        // when
        Ended ended = image.runFrom(script, ("manager " + CONFIGURATION + " --interface nic0").split(" "));

        // then: it is live, it has what it was given and no more, and it ends cleanly
        assertThat(ended.out().lines().map(line -> line.replaceAll("\\s+", " ").strip()))
                .as(ended.err())
                .containsExactly(
                        "HTTP/1.0 200 OK",
                        "Uid: 0 0 0 0",
                        "CapPrm: 0000000000003000",
                        "CapEff: 0000000000003000",
                        "NoNewPrivs: 1",
                        "Read-only file system",
                        "exit 0");
        assertThat(ended.err()).contains("campaigning").doesNotContain("UnsatisfiedLinkError", "Exception");
    }
}
