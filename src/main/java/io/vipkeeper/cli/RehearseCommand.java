package io.vipkeeper.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

import jakarta.enterprise.inject.Vetoed;
import picocli.CommandLine.Command;

import io.vipkeeper.demo.api.LeaseServer;

/**
 * {@code rehearse}: runs the manager for a moment against a Lease server of its own, on an interface that does not exist,
 * so that nothing is bound. The JVM notes the classes that a start needs (-XX:ArchiveClassesAtExit); the build calls it.
 */
@Vetoed // Main makes it, before there is a container.
@Command(name = "rehearse", hidden = true, description = "Runs the manager for a moment, for the class archive.")
final class RehearseCommand implements Callable<Integer> {
    private static final Duration LENGTH = Duration.ofSeconds(3);

    /** Nobody is expected to have it. */
    private static final String NO_INTERFACE = "vk-rehearsal";

    @Override
    public Integer call() throws IOException {
        Path kubeconfig = Files.createTempFile("vipkeeper", ".conf");
        try (LeaseServer server = LeaseServer.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            Files.writeString(kubeconfig, kubeconfig(server.address()));
            Manager.endAfter(Optional.of(LENGTH));
            return VipkeeperCommand.commandLine(Map.of())
                    .execute(
                            "manager",
                            "--arp",
                            "--controlplane",
                            "--leaderElection",
                            "--interface=" + NO_INTERFACE,
                            "--address=192.0.2.10",
                            "--nodeName=rehearsal",
                            // Neither the port nor the fence's table is that of a manager that may run here.
                            "--leaseName=rehearsal/rehearsal",
                            "--peerPort=0",
                            "--prometheusHTTPServer=127.0.0.1:" + freePort(),
                            "--k8sConfigPath=" + kubeconfig);
        } finally {
            Files.delete(kubeconfig);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String kubeconfig(InetSocketAddress server) {
        return """
                apiVersion: v1
                kind: Config
                current-context: rehearsal
                clusters:
                - name: rehearsal
                  cluster: {server: "http://127.0.0.1:%d"}
                contexts:
                - name: rehearsal
                  context: {cluster: rehearsal, user: rehearsal}
                users:
                - name: rehearsal
                  user: {token: rehearsal}
                """.formatted(server.getPort());
    }
}
