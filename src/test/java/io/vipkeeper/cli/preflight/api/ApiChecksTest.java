package io.vipkeeper.cli.preflight.api;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.vipkeeper.cli.preflight.Configs;
import io.vipkeeper.cli.preflight.finding.Finding;
import io.vipkeeper.cli.preflight.finding.Finding.Level;
import io.vipkeeper.config.VipkeeperConfig;
import io.vipkeeper.kubernetes.ApiSettings;
import io.vipkeeper.kubernetes.Kubeconfigs;

import static org.assertj.core.api.Assertions.assertThat;

class ApiChecksTest {
    @TempDir
    private Path folder;

    @Test
    void beforeThereIsAClusterNothingFails() throws IOException {
        List<Finding> findings = run(folder.resolve("absent.conf"));

        assertThat(findings).extracting(Finding::level).containsOnly(Level.NOT_YET);
        assertThat(findings)
                .extracting(Finding::check)
                .containsExactly(
                        "kubeconfig", "API certificate", "Lease", "rights", "writes", "Node addresses", "endpoint");
        assertThat(findings.getFirst().what()).contains("absent.conf");
    }

    @Test
    void aKubeconfigThatCannotBeUsedIsAFailureThatSaysWhy() throws IOException {
        Path file = Files.writeString(
                folder.resolve("exec.conf"), Kubeconfigs.text("server: 'https://192.0.2.1:6443'", "exec: {}"));

        Finding found = run(file).getFirst();

        assertThat(found.level()).isEqualTo(Level.FAILURE);
        assertThat(found.what()).contains("exec.conf", "plugin");
    }

    @Test
    void aServerThatDoesNotListenIsOneFailureAndTheRestNotYet() throws IOException {
        // given
        int nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = socket.getLocalPort();
        }
        Path file = Files.writeString(
                folder.resolve("config"), Kubeconfigs.text("server: 'https://127.0.0.1:" + nobody + "'", "token: t"));

        // when
        List<Finding> findings = run(file);

        // then
        assertThat(findings.getFirst())
                .isEqualTo(Finding.ok("kubeconfig", "leads to https://127.0.0.1:" + nobody + " as someone of " + file));
        assertThat(findings)
                .filteredOn(found -> found.level() == Level.FAILURE)
                .singleElement()
                .satisfies(found -> assertThat(found.check()).isEqualTo("Lease"));
        assertThat(findings).filteredOn(found -> found.level() == Level.NOT_YET).hasSize(5);
    }

    private List<Finding> run(Path kubeconfig) throws IOException {
        VipkeeperConfig config = Configs.of();
        ApiSettings settings =
                new ApiSettings(kubeconfig, "", 6443, Set.of(InetAddress.getByName("192.0.2.10")), Set.of());
        return new ApiChecks(config, settings, "02:00:5e:10:00:01").run();
    }
}
