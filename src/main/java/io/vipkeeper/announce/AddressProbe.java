package io.vipkeeper.announce;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.vipkeeper.linux.Errno;
import io.vipkeeper.linux.KernelException;
import io.vipkeeper.linux.Libc;
import io.vipkeeper.linux.Nic;
import io.vipkeeper.vip.VirtualIp;

/**
 * Asks the neighbours who has an address, without claiming it: ARP probes (RFC 5227 section 2.1.1), and for IPv6 the
 * solicitations of duplicate address detection (RFC 4862 section 5.4.2). No cache of a neighbour changes.
 */
public final class AddressProbe {
    private static final int LONGEST_FRAME = 2048;
    private static final long RECEIVE_TIMEOUT_MILLIS = 20;

    private final Libc libc;
    private final Nic nic;
    private final Set<String> own;

    /**
     * @param nic to ask on
     * @param own the hardware addresses of this machine, as {@link Nic#mac} has them: what they say is left out
     */
    public AddressProbe(Libc libc, Nic nic, Set<String> own) {
        this.libc = libc;
        this.nic = nic;
        this.own = Set.copyOf(own);
    }

    /**
     * Blocks for {@code times} waits, however soon somebody answers: a second one may do so, too.
     *
     * @param times how often each address is asked for, since a frame may be lost
     * @return every other machine that said to have one of the addresses; empty if the interface is no Ethernet one
     * @throws KernelException if the kernel gives no socket or sends nothing, for example while the interface is down
     */
    public Set<Claim> ask(List<VirtualIp> vips, int times, Duration wait) {
        Set<Claim> claims = new LinkedHashSet<>();
        if (!nic.isEthernet()) {
            return claims;
        }
        try (PacketSocket socket = new PacketSocket(libc)) {
            socket.filter(ClaimFilter.of(vips));
            socket.receiveTimeout(RECEIVE_TIMEOUT_MILLIS);
            socket.listen(PacketSocket.ALL_PROTOCOLS, nic.index());
            for (int i = 0; i < times; i++) {
                vips.forEach(vip -> send(socket, vip));
                listen(socket, System.nanoTime() + wait.toNanos(), vips, claims);
            }
        }
        return claims;
    }

    private void send(PacketSocket socket, VirtualIp vip) {
        byte[] frame = vip.isIpv6()
                ? NeighborSolicitation.question(nic.macBytes(), vip.address())
                : GratuitousArp.question(nic.macBytes(), vip.address());
        KernelException.check("sendto", "probe for " + vip + " on " + nic.name(), socket.send(frame, nic.index()));
    }

    private void listen(PacketSocket socket, long untilNanos, List<VirtualIp> vips, Set<Claim> claims) {
        byte[] frame = new byte[LONGEST_FRAME];
        while (System.nanoTime() - untilNanos < 0) {
            int length = socket.receive(frame);
            if (length >= 0) {
                claim(frame, length)
                        .filter(claim -> !claim.wants() && !own.contains(claim.mac()))
                        .filter(claim ->
                                vips.stream().anyMatch(vip -> vip.address().equals(claim.address())))
                        .ifPresent(claims::add);
            } else if (!Errno.EAGAIN.is(length)) {
                throw new KernelException("recv", "on " + nic.name(), length);
            }
        }
    }

    private static Optional<Claim> claim(byte[] frame, int length) {
        try {
            return Claim.decode(frame, length);
        } catch (MalformedFrameException e) {
            return Optional.empty();
        }
    }
}
