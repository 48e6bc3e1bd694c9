package io.vipkeeper.cli.preflight;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import io.vipkeeper.config.VipkeeperConfig;
import io.vipkeeper.config.VipkeeperConfig.Listen;

/** Whether the ports of a configuration could be listened on now, by trying each for a moment. */
public final class Ports {
    private Ports() {}

    /**
     * One listener of the program.
     *
     * @param subject two words for people
     * @param where it would listen
     * @param trial says why it cannot, one sentence with the option that changes it; empty when it can
     */
    public record Port(String subject, String where, Supplier<Optional<String>> trial) {
        /** Tries it now. */
        public Optional<String> problem() {
            return trial.get();
        }
    }

    /** Those of HTTP. */
    public static List<Port> http(VipkeeperConfig.Http http) {
        List<Port> ports = new ArrayList<>();
        http.metrics()
                .ifPresent(listen -> ports.add(new Port(
                        "metrics port",
                        listen.toString(),
                        () -> problem(listen, "prometheus_server (--prometheusHTTPServer)"))));
        http.healthCheckPort()
                .ifPresent(port -> ports.add(new Port(
                        "healthz port",
                        ":" + port,
                        () -> problem(new Listen("", port), "health_check_port (--healthCheckPort)"))));
        return ports;
    }

    /** Those of HTTP, and that for the other candidates. */
    static List<Port> all(VipkeeperConfig config) {
        List<Port> ports = new ArrayList<>(http(config.http()));
        config.fast()
                .ifPresent(
                        fast -> ports.add(new Port("peer port", "UDP " + fast.port(), () -> udpProblem(fast.port()))));
        return ports;
    }

    /**
     * Of TCP.
     *
     * @param option that says where to listen, for the remedy
     * @return why not, one sentence; empty when it could
     */
    static Optional<String> problem(Listen listen, String option) {
        InetSocketAddress address = listen.host().isEmpty()
                ? new InetSocketAddress(listen.port())
                : new InetSocketAddress(listen.host(), listen.port());
        if (address.isUnresolved()) {
            return Optional.of("cannot listen on " + listen + ": the host is unknown; change " + option);
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(address);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("cannot listen on " + listen + ": " + e.getMessage() + "; free it or change " + option);
        }
    }

    /** Of UDP, on every address. */
    static Optional<String> udpProblem(int port) {
        try (DatagramSocket socket = new DatagramSocket(null)) {
            socket.setReuseAddress(false);
            socket.bind(new InetSocketAddress(port));
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("cannot listen on UDP port " + port + ": " + e.getMessage()
                    + "; free it or change vip_peerport (--peerPort)");
        }
    }
}
