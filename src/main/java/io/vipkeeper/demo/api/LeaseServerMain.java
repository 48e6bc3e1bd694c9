package io.vipkeeper.demo.api;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Runs a {@link LeaseServer} as a process of its own, in the namespace of the lab's API. */
public final class LeaseServerMain {
    private LeaseServerMain() {}

    /** @param arguments the address and the port to listen on */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 2) {
            System.err.println("usage: LeaseServerMain ADDRESS PORT");
            System.exit(2);
        }
        // Without it, Nagle and delayed ACKs hold each answer back for 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        LeaseServer server = LeaseServer.start(
                new InetSocketAddress(InetAddress.getByName(arguments[0]), Integer.parseInt(arguments[1])));
        System.out.println("listening on " + server.address());
    }
}
