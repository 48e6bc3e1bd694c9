package io.vipkeeper.cli;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import org.jboss.logging.Logger;

import io.vipkeeper.linux.Errno;
import io.vipkeeper.linux.Libc;
import io.vipkeeper.linux.NotifySocket;
import io.vipkeeper.observe.KeeperView;
import io.vipkeeper.observe.ServiceReport;

/** The service manager that started this process and wants to hear from it: systemd, for a unit of Type=notify. */
final class ServiceManager {
    private static final Logger LOG = Logger.getLogger(ServiceManager.class);
    private static final String SOCKET = "NOTIFY_SOCKET";

    /** How often the status is told without a watchdog. */
    private static final Duration UNWATCHED = Duration.ofSeconds(5);

    private final NotifySocket socket;
    private final ServiceReport report;
    private final Duration period;
    private boolean complained;

    private ServiceManager(NotifySocket socket, KeeperView view, Duration period) {
        this.socket = socket;
        this.report = new ServiceReport(this::send, view);
        this.period = period;
    }

    /** Empty without NOTIFY_SOCKET, or after a warning about one that cannot be used. */
    static Optional<ServiceManager> of(Map<String, String> environment, Libc libc, KeeperView view) {
        String name = environment.getOrDefault(SOCKET, "");
        if (name.isEmpty()) {
            return Optional.empty();
        }
        if (!NotifySocket.isName(name)) {
            LOG.warnf(
                    "%s=%s is neither a path nor an abstract name: the service manager is told nothing", SOCKET, name);
            return Optional.empty();
        }
        return Optional.of(new ServiceManager(
                new NotifySocket(libc, name),
                view,
                watchdog(environment, ProcessHandle.current().pid()).orElse(UNWATCHED)));
    }

    /** Half of the time that {@code sd_watchdog_enabled(3)} would answer; empty if it would answer no. */
    static Optional<Duration> watchdog(Map<String, String> environment, long ownPid) {
        String pid = environment.getOrDefault("WATCHDOG_PID", "");
        String micros = environment.getOrDefault("WATCHDOG_USEC", "");
        boolean others = !pid.isEmpty() && !pid.equals(Long.toString(ownPid));
        if (others || !micros.matches("[0-9]{4,15}")) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofNanos(Long.parseLong(micros) * 500));
    }

    /** Tells it that the service is ready, and from then on that it lives. */
    void begin() {
        Thread.ofPlatform().daemon().name("service-manager").start(this::turn);
    }

    private void turn() {
        try {
            while (true) {
                report.turn();
                Thread.sleep(period);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void stop() {
        report.stop();
    }

    private boolean send(String message) {
        int answer = socket.send(message);
        if (answer < 0 && !complained) {
            complained = true;
            LOG.warnf("the service manager does not hear at %s: %s", SOCKET, Errno.describe(answer));
        }
        return answer >= 0;
    }
}
