package io.vipkeeper.announce;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;
import org.jboss.logging.Logger;

import io.vipkeeper.linux.Errno;
import io.vipkeeper.linux.KernelException;
import io.vipkeeper.linux.Libc;
import io.vipkeeper.linux.Nic;
import io.vipkeeper.vip.VipEvent;
import io.vipkeeper.vip.VirtualIp;

/**
 * Every frame by which a machine other than this one says that it has a VIP or is about to take it; also those of a rightful new holder, for
 * whether a claim matters only the core can tell. Frames of any of this node's own interfaces are left out.
 */
public final class ClaimWatch {
    private static final Logger LOG = Logger.getLogger(ClaimWatch.class);

    private static final long RECEIVE_TIMEOUT_MILLIS = 250;
    private static final long REOPEN_MILLIS = 1_000;
    private static final long REFRESH_NANOS = 10_000_000_000L;
    private static final long RECHECK_NANOS = 1_000_000_000L;
    private static final int LONGEST_FRAME = 2048;

    private final Libc libc;
    private final String interfaceName;
    private final Supplier<List<Nic>> nics;
    private final List<VirtualIp> vips;

    /**
     * @param interfaceName of the NIC to listen on; it need not exist yet
     * @param nics looks all of this node's interfaces up; called from the watch's thread; may throw
     *     {@link KernelException}
     */
    public ClaimWatch(Libc libc, String interfaceName, Supplier<List<Nic>> nics, List<VirtualIp> vips) {
        this.libc = libc;
        this.interfaceName = interfaceName;
        this.nics = nics;
        this.vips = List.copyOf(vips);
    }

    /**
     * Never ends and never fails: while the interface is missing or the kernel refuses a socket it tries again every
     * second. A subscriber that is too slow misses claims, which a machine repeats. Each subscription has a daemon
     * thread of its own, which emits the events and ends within 250 ms of the cancellation, or 1 s while it tries again.
     */
    public Multi<VipEvent> events() {
        return Multi.createFrom().<VipEvent>emitter(this::start, BackPressureStrategy.DROP);
    }

    private void start(MultiEmitter<? super VipEvent> emitter) {
        Thread thread = new Thread(() -> run(emitter), "claim-watch");
        thread.setDaemon(true);
        thread.start();
    }

    private void run(MultiEmitter<? super VipEvent> emitter) {
        String reported = "";
        while (!emitter.isCancelled()) {
            try {
                Optional<Nic> nic = find(nics.get());
                if (nic.isPresent()) {
                    listen(nic.get(), emitter::isCancelled, emitter::emit);
                    reported = "";
                }
            } catch (KernelException e) {
                // An interface that is down is told by the link watch.
                if (!e.is(Errno.ENETDOWN) && !reported.equals(e.getMessage())) {
                    reported = e.getMessage();
                    LOG.warnf(
                            "Claims of other machines on %s cannot be seen now, trying again every second: %s",
                            interfaceName, reported);
                }
            } catch (RuntimeException e) {
                // Not seen by anybody else: the pipeline ends with its source.
                emitter.fail(e);
                return;
            }
            pause(emitter::isCancelled);
        }
    }

    /** Returns when the interface went away or down, or on cancellation. */
    private void listen(Nic nic, BooleanSupplier cancelled, Consumer<VipEvent> sink) {
        byte[] frame = new byte[LONGEST_FRAME];
        OwnAddresses own = new OwnAddresses();
        try (PacketSocket socket = new PacketSocket(libc)) {
            socket.filter(ClaimFilter.of(vips));
            socket.receiveTimeout(RECEIVE_TIMEOUT_MILLIS);
            socket.listen(protocol(), nic.index());
            while (!cancelled.getAsBoolean() && own.stillHave(nic)) {
                int length = socket.receive(frame);
                if (length >= 0) {
                    report(frame, length, own, sink);
                } else if (!Errno.EAGAIN.is(length)) {
                    throw new KernelException("recv", "on " + interfaceName, length);
                }
            }
        }
    }

    private void report(byte[] frame, int length, OwnAddresses own, Consumer<VipEvent> sink) {
        Optional<Claim> claim;
        try {
            claim = Claim.decode(frame, length);
        } catch (MalformedFrameException e) {
            LOG.debugf("Left out a frame on %s: %s", interfaceName, e.getMessage());
            return;
        }
        if (claim.isEmpty() || own.contains(claim.get().mac())) {
            return;
        }
        for (VirtualIp vip : vips) {
            if (vip.address().equals(claim.get().address())) {
                String mac = claim.get().mac();
                sink.accept(claim.get().wants() ? new VipEvent.Wanted(vip, mac) : new VipEvent.ClaimSeen(vip, mac));
            }
        }
    }

    /** The narrowest one, because the kernel runs the filter for each frame of it. */
    private int protocol() {
        boolean ipv6 = vips.stream().anyMatch(VirtualIp::isIpv6);
        boolean ipv4 = vips.stream().anyMatch(vip -> !vip.isIpv6());
        if (ipv4 && ipv6) {
            return PacketSocket.ALL_PROTOCOLS;
        }
        return ipv6 ? PacketSocket.IPV6 : PacketSocket.ARP;
    }

    private Optional<Nic> find(List<Nic> all) {
        return all.stream().filter(nic -> nic.name().equals(interfaceName)).findFirst();
    }

    private static void pause(BooleanSupplier cancelled) {
        try {
            if (!cancelled.getAsBoolean()) {
                Thread.sleep(REOPEN_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The hardware addresses of this node, asked for again every 10 s. */
    private final class OwnAddresses {
        private List<Nic> known = List.of();
        private Set<String> macs = Set.of();
        private long refreshedAtNanos;

        OwnAddresses() {
            refresh();
        }

        boolean contains(String mac) {
            if (macs.contains(mac)) {
                return true;
            }
            // An address that has just changed would look foreign; a flood of foreign ones must not ask each time.
            if (System.nanoTime() - refreshedAtNanos >= RECHECK_NANOS) {
                refresh();
            }
            return macs.contains(mac);
        }

        /** Whether the name still means that interface. */
        boolean stillHave(Nic nic) {
            if (System.nanoTime() - refreshedAtNanos >= REFRESH_NANOS) {
                refresh();
            }
            return find(known).map(Nic::index).equals(Optional.of(nic.index()));
        }

        private void refresh() {
            known = nics.get();
            macs = known.stream().map(Nic::mac).collect(Collectors.toSet());
            refreshedAtNanos = System.nanoTime();
        }
    }
}
