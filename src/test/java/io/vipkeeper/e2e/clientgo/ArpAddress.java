package io.vipkeeper.e2e.clientgo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.vipkeeper.announce.GratuitousArp;
import io.vipkeeper.linux.JnrLibc;
import io.vipkeeper.linux.Libc;

/**
 * The address as kube-vip keeps it: for ever, deprecated, announced by one frame at each tick of a clock that runs from
 * the start of the process, reply and request in turn, and nothing at the moment of the bind.
 */
final class ArpAddress {
    private static final int AF_PACKET = 17;
    private static final int SOCK_RAW = 3;
    private static final long TICK_MILLIS = 3000;

    private final String vip;
    private final String nic;
    private final Libc libc = new JnrLibc();
    private final int socket = libc.socket(AF_PACKET, SOCK_RAW, 0);
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("arp").factory());
    private boolean bound;
    private boolean asRequest = true;

    /** Removes what an earlier life has left, and begins to tick. */
    ArpAddress(String vip, String nic) throws IOException {
        this.vip = vip;
        this.nic = nic;
        if (socket < 0) {
            throw new IOException("no packet socket: errno " + -socket);
        }
        ip("del");
        ticks.scheduleAtFixedRate(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    synchronized void bind() {
        if (ip("replace", "preferred_lft", "0", "valid_lft", "forever") != 0) {
            throw new IllegalStateException("'ip' cannot put " + vip + " on " + nic);
        }
        bound = true;
    }

    synchronized void unbind() {
        bound = false;
        ip("del");
    }

    private synchronized void tick() {
        if (bound) {
            asRequest = !asRequest;
            announce();
        }
    }

    private void announce() {
        try {
            NetworkInterface card = NetworkInterface.getByName(nic);
            byte[] mac = card.getHardwareAddress();
            InetAddress address = InetAddress.getByName(vip);
            byte[] frame = asRequest ? GratuitousArp.request(mac, address) : GratuitousArp.reply(mac, address);
            byte[] to = ByteBuffer.allocate(20)
                    .order(ByteOrder.nativeOrder())
                    .putShort((short) AF_PACKET)
                    .putShort((short) 0)
                    .putInt(card.getIndex())
                    .array();
            libc.sendto(socket, frame, 0, to);
        } catch (IOException e) {
            ClientGoMain.log("the address cannot be announced: " + e.getMessage());
        }
    }

    private int ip(String what, String... rest) {
        List<String> command = new ArrayList<>(List.of("ip", "addr", what, vip + "/32", "dev", nic));
        command.addAll(List.of(rest));
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .onExit()
                    .join()
                    .exitValue();
        } catch (IOException e) {
            throw new IllegalStateException("'ip' cannot be started", e);
        }
    }
}
