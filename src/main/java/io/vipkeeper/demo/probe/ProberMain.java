package io.vipkeeper.demo.probe;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

import io.vipkeeper.linux.Libc;
import io.vipkeeper.linux.SystemLibc;

/**
 * The process on the client. Each line of its output is a letter, a time and perhaps a MAC: {@code s} asked, {@code a}
 * answered, {@code g} announced, {@code e} echoed; capitals for the IPv6 address.
 */
public final class ProberMain {
    private static final short IDENTIFIER = 0x7669;
    private static final int ARP = 0x0806;
    private static final int IPV6 = 0x86dd;

    private interface Reading {
        /** The line for a packet, without its time; empty if it is of no interest. */
        Optional<String> read(byte[] packet, int length);
    }

    private final Libc libc = SystemLibc.open();
    private final OutputStream out = new BufferedOutputStream(System.out, 1 << 16);
    private final int nic;

    private ProberMain(int nic) {
        this.nic = nic;
    }

    /** @param arguments the NIC, the interval in milliseconds, the IPv4 address, and the IPv6 address if there is one */
    public static void main(String[] arguments) throws IOException {
        ProberMain prober =
                new ProberMain(NetworkInterface.getByName(arguments[0]).getIndex());
        Inet4Address vip = (Inet4Address) InetAddress.getByName(arguments[2]);
        Runnable ask = prober.ipv4(vip);
        if (arguments.length > 3) {
            Runnable ask6 = prober.ipv6((Inet6Address) InetAddress.getByName(arguments[3]));
            Runnable ask4 = ask;
            ask = () -> {
                ask4.run();
                ask6.run();
            };
        }
        prober.askForEver(ask, Long.parseLong(arguments[1]) * 1_000_000);
    }

    private Runnable ipv4(Inet4Address vip) throws IOException {
        ProbeSocket arp = ProbeSocket.frames(libc, nic, ARP);
        ProbeSocket icmp = ProbeSocket.icmp(libc, vip.getAddress());
        listen(arp, (frame, length) -> ProbeFrames.arpClaim(frame, length, vip)
                .map(claim -> (claim.asked() ? "a" : "g") + "%d " + claim.mac()));
        listen(
                icmp,
                (packet, length) ->
                        ProbeFrames.isEchoReply(packet, length, 0, IDENTIFIER) ? Optional.of("e%d") : Optional.empty());
        return asking(arp, ProbeFrames.arpRequest(vip), icmp, 8);
    }

    private Runnable ipv6(Inet6Address vip) throws IOException {
        ProbeSocket ndp = ProbeSocket.frames(libc, nic, IPV6);
        ProbeSocket icmp = ProbeSocket.icmp6(libc, vip.getAddress());
        listen(ndp, (frame, length) -> ProbeFrames.advertisement(frame, length, vip)
                .map(claim -> (claim.asked() ? "A" : "G") + "%d " + claim.mac()));
        listen(
                icmp,
                (packet, length) -> ProbeFrames.isEchoReply(packet, length, 129, IDENTIFIER)
                        ? Optional.of("E%d")
                        : Optional.empty());
        return asking(ndp, ProbeFrames.solicitation(vip), icmp, 128);
    }

    private static Runnable asking(ProbeSocket who, byte[] question, ProbeSocket icmp, int type) {
        short[] sequence = {0};
        return () -> {
            who.send(question);
            icmp.send(ProbeFrames.echo(type, IDENTIFIER, sequence[0]++));
        };
    }

    private void listen(ProbeSocket socket, Reading reading) {
        Thread.ofPlatform().daemon().start(() -> {
            while (true) {
                int length = socket.receive();
                long time = System.nanoTime();
                if (length > 0) {
                    reading.read(socket.buffer(), length).ifPresent(line -> write(line.replace("%d", " " + time)));
                }
            }
        });
    }

    private void askForEver(Runnable ask, long interval) throws IOException {
        for (long next = System.nanoTime(); ; next += interval) {
            long now = System.nanoTime();
            while (now - next < 0) {
                LockSupport.parkNanos(next - now);
                now = System.nanoTime();
            }
            next = now - next > interval ? now : next; // after a stall go on from here, without a burst
            ask.run();
            write("s " + now);
            synchronized (out) {
                out.flush();
            }
        }
    }

    private void write(String line) {
        synchronized (out) {
            try {
                out.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
