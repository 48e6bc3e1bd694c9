package io.vipkeeper.announce;

import java.util.List;
import java.util.Optional;
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
    private static final int NO_INTERFACE = 0;

    private final PacketSocket socket;
    private final FrameCounters counters;
    private final Supplier<Optional<Nic>> lookUp;
    private Optional<Nic> lastKnown = Optional.empty();

    /**
     * @param nic looks the interface up as it is now; empty while it does not exist; may throw {@link KernelException}
     * @param counters told of every frame
     * @throws KernelException if the kernel gives no packet socket, for example without NET_RAW
     */
    public PacketAnnouncer(Libc libc, Supplier<Optional<Nic>> nic, FrameCounters counters) {
        this.counters = counters;
        this.lookUp = nic;
        this.socket = new PacketSocket(libc);
        refresh();
    }

    @Override
    public BindOutcome announce(VirtualIp vip) {
        return send(vip, "announcement", Form.announcing(vip), false);
    }

    @Override
    public BindOutcome probe(VirtualIp vip, boolean wants) {
        return send(vip, "probe", Form.asking(vip), wants);
    }

    /** The kernel knows no interface 0, so that no frame leaves. */
    @Override
    public void rehearse() {
        refresh();
        lastKnown.filter(Nic::isEthernet).ifPresent(nic -> {
            for (VirtualIp nowhere : VirtualIp.NOWHERE) {
                Form.announcing(nowhere)
                        .forEach(form -> send(form.frame(nic.macBytes(), nowhere, false), NO_INTERFACE));
            }
        });
    }

    private BindOutcome send(VirtualIp vip, String what, List<Form> forms, boolean wants) {
        refresh();
        if (lastKnown.isEmpty()) {
            return refused(forms, "the interface for the " + what + " of " + vip + " is not there");
        }
        Nic nic = lastKnown.get();
        if (!nic.isEthernet()) {
            return refused(forms, nic.name() + " has no Ethernet address for the " + what + " of " + vip);
        }
        BindOutcome outcome = new BindOutcome.Done();
        for (Form form : forms) {
            int answer = send(form.frame(nic.macBytes(), vip, wants), nic.index());
            counters.count(form, answer >= 0);
            if (answer < 0) {
                String object = what + " of " + vip + " on " + nic.name();
                outcome = new BindOutcome.Refused(new KernelException("sendto", object, answer).getMessage());
            }
        }
        return outcome;
    }

    private BindOutcome refused(List<Form> forms, String reason) {
        forms.forEach(form -> counters.count(form, false));
        return new BindOutcome.Refused(reason);
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

    /** A kernel that does not answer must not keep the address unannounced: what was known last has to do. */
    private void refresh() {
        try {
            lastKnown = lookUp.get();
        } catch (KernelException e) {
            return;
        }
    }
}
