package io.vipkeeper.cli.preflight.host;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import io.vipkeeper.cli.preflight.finding.Finding;
import io.vipkeeper.config.VipkeeperConfig;
import io.vipkeeper.config.VipkeeperConfig.Listen;

/** Whether the ports of a configuration could be listened on now, by trying each for a moment. */
public final class Ports {
    private Ports() {}

    /**
     * One listener of the program.
     *
     * @param check two words for people
     * @param where it would listen
     * @param option that says where
     * @param trial why it cannot, a few words; empty when it can
     */
    public record Port(String check, String where, int number, String option, Supplier<Optional<String>> trial) {

        /** Tries it now; one sentence with the option that changes it, empty when it can listen. */
        public Optional<String> problem() {
            return trial.get().map(why -> "cannot listen on " + where + ": " + why + "; free it or change " + option);
        }

        /** @param running whether a manager runs here already: then it is no fault that its ports are taken */
        Finding finding(boolean running) {
            Optional<String> why = trial.get();
            if (why.isEmpty()) {
                return Finding.ok(check, where + " is free");
            }
            return running
                    ? Finding.ok(check, where + " is taken, and a vipkeeper runs here")
                    : Finding.failure(
                            check,
                            "cannot listen on " + where,
                            why.get(),
                            "'ss -lntup \"sport = :" + number + "\"' shows who does; free it or change " + option);
        }
    }

    /** Those of HTTP. */
    public static List<Port> http(VipkeeperConfig.Http http) {
        List<Port> ports = new ArrayList<>();
        http.metrics()
                .ifPresent(
                        listen -> ports.add(tcp("metrics port", listen, "prometheus_server (--prometheusHTTPServer)")));
        http.healthCheckPort()
                .ifPresent(port ->
                        ports.add(tcp("healthz port", new Listen("", port), "health_check_port (--healthCheckPort)")));
        return ports;
    }

    /** Those of HTTP, and that for the other candidates. */
    static List<Port> all(VipkeeperConfig config) {
        List<Port> ports = new ArrayList<>(http(config.http()));
        config.fast().ifPresent(fast -> ports.add(udp(fast.port())));
        return ports;
    }

    static Port tcp(String check, Listen listen, String option) {
        return new Port(check, listen.toString(), listen.port(), option, () -> tcpTrial(listen));
    }

    /** On every address. */
    static Port udp(int port) {
        return new Port("peer port", "UDP port " + port, port, "vip_peerport (--peerPort)", () -> udpTrial(port));
    }

    private static Optional<String> tcpTrial(Listen listen) {
        InetSocketAddress address = listen.host().isEmpty()
                ? new InetSocketAddress(listen.port())
                : new InetSocketAddress(listen.host(), listen.port());
        if (address.isUnresolved()) {
            return Optional.of("the host is unknown");
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(address);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(e.getMessage());
        }
    }

    private static Optional<String> udpTrial(int port) {
        try (DatagramSocket socket = new DatagramSocket(null)) {
            socket.setReuseAddress(false);
            socket.bind(new InetSocketAddress(port));
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(e.getMessage());
        }
    }
}
