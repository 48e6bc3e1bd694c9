package io.vipkeeper.announce;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

import io.vipkeeper.linux.Errno;
import io.vipkeeper.linux.KernelException;
import io.vipkeeper.linux.Libc;
import io.vipkeeper.linux.Nic;
import io.vipkeeper.vip.Announcer;
import io.vipkeeper.vip.BindOutcome;
import io.vipkeeper.vip.VirtualIp;

/**
 * Announces over one AF_PACKET socket that is opened once. The interface is looked up for every announcement: a frame
 * with the hardware address that a bond had a moment ago would send the clients astray.
 */
public final class PacketAnnouncer implements Announcer, AutoCloseable {
    private final PacketSocket socket;
    private final Supplier<Optional<Nic>> lookUp;
    private Optional<Nic> lastKnown = Optional.empty();

    /**
     * @param nic looks the interface up as it is now; empty while it does not exist; may throw {@link KernelException}
     * @throws KernelException if the kernel gives no packet socket, for example without NET_RAW
     */
    public PacketAnnouncer(Libc libc, Supplier<Optional<Nic>> nic) {
        this.lookUp = nic;
        this.socket = new PacketSocket(libc);
        refresh();
    }

    @Override
    public BindOutcome announce(VirtualIp vip) {
        return send(vip, "announcement", mac -> frames(vip, mac));
    }

    @Override
    public BindOutcome probe(VirtualIp vip, boolean wants) {
        return send(vip, "probe", mac -> List.of(wants ? wanted(vip, mac) : asked(vip, mac)));
    }

    private static byte[] wanted(VirtualIp vip, byte[] mac) {
        return vip.isIpv6() ? NeighborSolicitation.probe(mac, vip.address()) : GratuitousArp.probe(mac, vip.address());
    }

    private static byte[] asked(VirtualIp vip, byte[] mac) {
        return vip.isIpv6()
                ? NeighborSolicitation.question(mac, vip.address())
                : GratuitousArp.question(mac, vip.address());
    }

    private BindOutcome send(VirtualIp vip, String what, Function<byte[], List<byte[]>> frames) {
        refresh();
        if (lastKnown.isEmpty()) {
            return new BindOutcome.Refused("the interface for the " + what + " of " + vip + " is not there");
        }
        Nic nic = lastKnown.get();
        if (!nic.isEthernet()) {
            return new BindOutcome.Refused(nic.name() + " has no Ethernet address for the " + what + " of " + vip);
        }
        BindOutcome outcome = new BindOutcome.Done();
        for (byte[] frame : frames.apply(nic.macBytes())) {
            int answer = send(frame, nic.index());
            if (answer < 0) {
                String object = what + " of " + vip + " on " + nic.name();
                outcome = new BindOutcome.Refused(new KernelException("sendto", object, answer).getMessage());
            }
        }
        return outcome;
    }

    @Override
    public void close() {
        socket.close();
    }

    /** ENETDOWN is told once for what happened while nobody sent; the frame itself may well go out now. */
    private int send(byte[] frame, int interfaceIndex) {
        int answer = socket.send(frame, interfaceIndex);
        return Errno.ENETDOWN.is(answer) ? socket.send(frame, interfaceIndex) : answer;
    }

    private static List<byte[]> frames(VirtualIp vip, byte[] mac) {
        return vip.isIpv6()
                ? List.of(NeighborAdvertisement.unsolicited(mac, vip.address()))
                : List.of(GratuitousArp.request(mac, vip.address()), GratuitousArp.reply(mac, vip.address()));
    }

    /** A kernel that does not answer must not keep the address unannounced: what was known last has to do. */
    private void refresh() {
        try {
            lastKnown = lookUp.get();
        } catch (KernelException e) {
            return;
        }
    }
}
