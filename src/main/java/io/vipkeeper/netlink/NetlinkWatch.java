package io.vipkeeper.netlink;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;
import org.jboss.logging.Logger;

import io.vipkeeper.linux.Errno;
import io.vipkeeper.linux.KernelException;
import io.vipkeeper.linux.Libc;
import io.vipkeeper.linux.LinuxConstants;
import io.vipkeeper.vip.VipEvent;
import io.vipkeeper.vip.VirtualIp;

/**
 * What happens to the VIPs' interface and to the VIPs on any interface, whoever does it. Tells the whole level at the
 * start, whenever the kernel says that notifications were lost (ENOBUFS), and every 10 s; in between each change within
 * a millisecond or so. {@link VipEvent.LinkChanged} comes only on a change, the address events also when repeated.
 */
public final class NetlinkWatch {
    private static final Logger LOG = Logger.getLogger(NetlinkWatch.class);

    private static final int GROUP_LINK = 0x1;
    private static final int GROUP_IPV4_ADDRESS = 0x10;
    private static final int GROUP_IPV6_ADDRESS = 0x100;
    private static final int GROUPS = GROUP_LINK | GROUP_IPV4_ADDRESS | GROUP_IPV6_ADDRESS;

    private static final long RECEIVE_TIMEOUT_MILLIS = 250;
    private static final long RESYNC_NANOS = 10_000_000_000L;
    private static final long REOPEN_MILLIS = 1_000;
    private static final int RECEIVE_BUFFER = 1024 * 1024;
    private static final int DATAGRAM = 32 * 1024;

    private final Libc libc;
    private final String interfaceName;
    private final List<VirtualIp> vips;
    private final boolean allowInterfaceNotUp;
    private final int receiveBuffer;

    /**
     * @param interfaceName of the NIC for the VIPs; while it does not exist it is not usable
     * @param allowInterfaceNotUp an interface is usable as soon as it exists
     */
    public NetlinkWatch(Libc libc, String interfaceName, List<VirtualIp> vips, boolean allowInterfaceNotUp) {
        this(libc, interfaceName, vips, allowInterfaceNotUp, RECEIVE_BUFFER);
    }

    NetlinkWatch(
            Libc libc, String interfaceName, List<VirtualIp> vips, boolean allowInterfaceNotUp, int receiveBuffer) {
        this.libc = libc;
        this.interfaceName = interfaceName;
        this.vips = List.copyOf(vips);
        this.allowInterfaceNotUp = allowInterfaceNotUp;
        this.receiveBuffer = receiveBuffer;
    }

    /**
     * Never ends and never fails: while the kernel refuses a socket it is asked again every second. Each subscription
     * has a daemon thread of its own, which emits the events and ends within 250 ms of the cancellation, or 1 s while it asks again.
     */
    public Multi<VipEvent> events() {
        return Multi.createFrom().<VipEvent>emitter(this::start, BackPressureStrategy.BUFFER);
    }

    private void start(MultiEmitter<? super VipEvent> emitter) {
        Thread thread = new Thread(
                () -> run(new WatchedLevel(interfaceName, vips, allowInterfaceNotUp), emitter), "netlink-watch");
        thread.setDaemon(true);
        thread.start();
    }

    private void run(WatchedLevel level, MultiEmitter<? super VipEvent> emitter) {
        boolean reported = false;
        while (!emitter.isCancelled()) {
            try (Session session = new Session(level, emitter::emit)) {
                session.resync();
                reported = false;
                session.listen(emitter::isCancelled);
            } catch (KernelException e) {
                if (!reported) {
                    LOG.warnf(
                            "Watching interface %s is interrupted, trying again every second: %s",
                            interfaceName, e.getMessage());
                    reported = true;
                }
                pause();
            } catch (RuntimeException e) {
                // A node that cannot see its addresses must not look well: the pipeline ends with its source.
                emitter.fail(e);
                return;
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(REOPEN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** From one opening of the sockets to their loss. */
    private final class Session implements AutoCloseable {
        private final WatchedLevel level;
        private final Consumer<VipEvent> sink;
        private final NetlinkConnection connection;
        private final int socket;
        private final byte[] datagram = new byte[DATAGRAM];
        private long syncedAtNanos;

        /** Listens before it asks, so that nothing falls between the two. */
        Session(WatchedLevel level, Consumer<VipEvent> sink) {
            this.level = level;
            this.sink = sink;
            this.connection = new NetlinkConnection(libc);
            try {
                this.socket = NetlinkConnection.open(libc, GROUPS, RECEIVE_TIMEOUT_MILLIS);
            } catch (KernelException e) {
                connection.close();
                throw e;
            }
            enlargeBuffer();
        }

        void listen(BooleanSupplier cancelled) {
            while (!cancelled.getAsBoolean()) {
                int length = libc.recv(socket, datagram, LinuxConstants.MSG_TRUNC);
                if (length >= 0) {
                    handle(length);
                } else if (Errno.ENOBUFS.is(length)) {
                    resync();
                } else if (!Errno.EAGAIN.is(length)) {
                    throw new KernelException("recv", "netlink notifications", length);
                }
                if (System.nanoTime() - syncedAtNanos >= RESYNC_NANOS) {
                    resync();
                }
            }
        }

        @Override
        public void close() {
            libc.close(socket);
            connection.close();
        }

        void resync() {
            List<AddressMessage> addresses = new ArrayList<>(Interfaces.addresses(connection, LinuxConstants.AF_INET));
            addresses.addAll(Interfaces.addresses(connection, LinuxConstants.AF_INET6));
            emit(level.resync(Interfaces.find(connection, interfaceName), addresses));
            syncedAtNanos = System.nanoTime();
        }

        private void handle(int length) {
            try {
                for (NetlinkMessage message : NetlinkMessage.decodeAll(datagram, length)) {
                    handle(message);
                }
            } catch (MalformedMessageException e) {
                // What it said is not lost: the next dump says it again.
                LOG.debugf("Left out a netlink notification: %s", e.getMessage());
                resync();
            }
        }

        private void handle(NetlinkMessage message) throws MalformedMessageException {
            switch (message.type()) {
                case NetlinkMessage.NEW_LINK -> emit(level.link(LinkMessage.decode(message), false));
                case NetlinkMessage.DELETE_LINK -> emit(level.link(LinkMessage.decode(message), true));
                case NetlinkMessage.NEW_ADDRESS -> emit(level.address(AddressMessage.decode(message), false));
                case NetlinkMessage.DELETE_ADDRESS -> emit(level.address(AddressMessage.decode(message), true));
                default -> LOG.tracef("Left out a netlink notification of type %d", message.type());
            }
        }

        private void emit(List<VipEvent> events) {
            events.forEach(sink);
        }

        /** Beyond the system's limit, which needs NET_ADMIN; else as much as the limit allows. */
        private void enlargeBuffer() {
            byte[] size = LinuxConstants.optionInt(receiveBuffer);
            if (libc.setsockopt(socket, LinuxConstants.SOL_SOCKET, LinuxConstants.SO_RCVBUFFORCE, size) < 0) {
                libc.setsockopt(socket, LinuxConstants.SOL_SOCKET, LinuxConstants.SO_RCVBUF, size);
            }
        }
    }
}
