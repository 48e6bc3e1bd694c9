package io.vipkeeper.linux;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import static io.vipkeeper.linux.LinuxConstants.AF_UNIX;
import static io.vipkeeper.linux.LinuxConstants.SOCK_CLOEXEC;
import static io.vipkeeper.linux.LinuxConstants.SOCK_DGRAM;
import static io.vipkeeper.linux.LinuxConstants.SOL_SOCKET;
import static io.vipkeeper.linux.LinuxConstants.SO_RCVTIMEO;

/** The service manager's end of NOTIFY_SOCKET. */
public final class ServiceManagerSocket implements AutoCloseable {
    private final Libc libc = new JnrLibc();
    private final int socket;

    /** @param name a path, or an abstract name behind {@code @} */
    public ServiceManagerSocket(String name) {
        socket = KernelException.check("socket", name, libc.socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
        byte[] address = name.startsWith("@") ? UnixAddress.abstractName(name.substring(1)) : UnixAddress.path(name);
        KernelException.check("bind", name, libc.bind(socket, address));
    }

    /** The lines of all datagrams that come within some time. */
    public List<String> heardWithin(Duration time) {
        List<String> lines = new ArrayList<>();
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toMillis(); left > 0; left = (end - System.nanoTime()) / 1_000_000) {
            libc.setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, LinuxConstants.timeval(left));
            byte[] buffer = new byte[4096];
            int length = libc.recv(socket, buffer, 0);
            if (length > 0) {
                lines.addAll(new String(buffer, 0, length, StandardCharsets.UTF_8)
                        .lines()
                        .toList());
            }
        }
        return lines;
    }

    /** What has come already. */
    public List<String> heard() {
        return heardWithin(Duration.ofMillis(20));
    }

    @Override
    public void close() {
        libc.close(socket);
    }
}
