package io.vipkeeper.cli;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Optional;

import io.vipkeeper.config.VipkeeperConfig.Listen;

/** Whether a port could be listened on now, by trying it for a moment. */
final class Ports {
    private Ports() {}

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
