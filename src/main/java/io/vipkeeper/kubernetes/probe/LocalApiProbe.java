package io.vipkeeper.kubernetes.probe;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

import io.smallrye.mutiny.Multi;

import io.vipkeeper.grant.GrantEvent;
import io.vipkeeper.kubernetes.LocalServer;
import io.vipkeeper.kubernetes.LocalServer.Readiness;
import io.vipkeeper.kubernetes.ThreadSource;

/**
 * Probes this node's own API server in two ways. To connect costs little and notices at once that nobody listens;
 * {@code /readyz} notices a server that is ill or frozen, whose kernel still accepts. Each has a thread, so that
 * neither waits for the other, nor for any request of the election.
 */
public final class LocalApiProbe {
    private static final Duration CONNECT_PERIOD = Duration.ofMillis(100);
    private static final Duration CONNECT_BOUND = Duration.ofMillis(100);

    /** With the bound twice, a server that freezes is known to be after 500 ms at the latest. */
    private static final Duration ASK_PERIOD = Duration.ofMillis(200);

    private static final Duration ASK_BOUND = Duration.ofMillis(150);

    /** Whoever comes back so long after its time did not run, and did not hear an answer that may have been there. */
    private static final Duration OVERSLEPT = Duration.ofMillis(50);

    /** Until the first verdict, while classes load and the first handshake is made. */
    private static final Duration FIRST_BOUND = Duration.ofSeconds(1);

    private final LocalServer server;
    private final LongSupplier clock;

    /** @param clock the core's, in nanoseconds, by which evidence is dated; any thread */
    public LocalApiProbe(LocalServer server, LongSupplier clock) {
        this.server = server;
        this.clock = clock;
    }

    /**
     * Whether the server serves: as soon as that is known, each time that it changes, and with each further answer that
     * shows it. Nothing while the configuration leads to a server on another node, of which this node's health says
     * nothing; if it comes to lead there, no server is held against this node any longer, and none is evidence for it.
     * One that serves is no evidence, either, while requests go to another: that one may be the one that falls silent.
     * Never fails and never completes.
     */
    public Multi<GrantEvent.LocalApi> verdicts() {
        return ThreadSource.of("vipkeeper-readyz", outlet -> {
            Session session = new Session(outlet);
            Thread connecting = ThreadSource.beside("vipkeeper-connect", session::connect);
            try {
                session.ask();
            } finally {
                connecting.interrupt();
            }
        });
    }

    /** One subscription. */
    private final class Session {
        private final ThreadSource.Outlet<GrantEvent.LocalApi> outlet;
        private final ProbeVerdict verdict = new ProbeVerdict();
        private volatile Optional<InetSocketAddress> target = Optional.empty();

        Session(ThreadSource.Outlet<GrantEvent.LocalApi> outlet) {
            this.outlet = outlet;
        }

        void ask() {
            while (!outlet.isOver()) {
                long began = System.nanoTime();
                aim(server.address(ASK_BOUND));
                boolean again = false;
                if (target.isPresent()) {
                    long asked = clock.getAsLong();
                    Readiness readiness = readyz(isKnown() ? ASK_BOUND : FIRST_BOUND);
                    again = readiness == Readiness.NOT_READY && !isKnownAs(false);
                    if (readiness != Readiness.UNKNOWN && !outlet.isOver()) {
                        judge(by -> by.answered(readiness == Readiness.READY, asked));
                    }
                }
                if (!again) {
                    rest(began, ASK_PERIOD);
                }
            }
        }

        private Readiness readyz(Duration bound) {
            long latest = clock.getAsLong() + bound.plus(OVERSLEPT).toNanos();
            Readiness readiness = server.readyz(bound);
            boolean overslept = clock.getAsLong() - latest > 0;
            return overslept && readiness == Readiness.NOT_READY ? Readiness.UNKNOWN : readiness;
        }

        /** One that is not ready becomes ready only by what it answers: to connect to it would tell nothing. */
        void connect() {
            while (!outlet.isOver()) {
                long began = System.nanoTime();
                Optional<InetSocketAddress> aimed = target;
                if (aimed.isPresent() && !isKnownAs(false)) {
                    long tried = clock.getAsLong();
                    connects(aimed.get()).ifPresent(well -> judge(by -> by.connected(well, tried)));
                }
                rest(began, CONNECT_PERIOD);
            }
        }

        private synchronized void aim(Optional<InetSocketAddress> next) {
            if (!next.equals(target)) {
                if (next.isEmpty() && isKnown()) {
                    outlet.emit(new GrantEvent.LocalApi(true, Optional.empty()));
                }
                verdict.reset();
                target = next;
            }
        }

        private synchronized void judge(Predicate<ProbeVerdict> evidence) {
            if (target.isPresent() && evidence.test(verdict)) {
                boolean ready = verdict.ready().orElseThrow();
                outlet.emit(
                        new GrantEvent.LocalApi(ready, verdict.evidence().filter(shown -> !ready || server.isUsed())));
            }
        }

        private synchronized boolean isKnown() {
            return verdict.ready().isPresent();
        }

        private synchronized boolean isKnownAs(boolean ready) {
            return verdict.ready().filter(known -> known == ready).isPresent();
        }
    }

    private static void rest(long began, Duration period) {
        ThreadSource.sleep(period.minusNanos(System.nanoTime() - began));
    }

    /**
     * On the node itself a connection is there, or refused, before the call returns; only one that a full backlog keeps
     * waiting is looked at again.
     *
     * @return empty if it was this node that could not try, for want of descriptors for instance
     */
    private static Optional<Boolean> connects(InetSocketAddress address) {
        try (SocketChannel channel = SocketChannel.open()) {
            channel.configureBlocking(false);
            // Closed with a reset: ten a second would otherwise leave six hundred behind in TIME_WAIT.
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            if (channel.connect(address)) {
                return Optional.of(true);
            }
            ThreadSource.sleep(CONNECT_BOUND);
            return Optional.of(channel.finishConnect());
        } catch (ConnectException | NoRouteToHostException e) {
            return Optional.of(false);
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
