package io.vipkeeper.peer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.vipkeeper.grant.Candidate;
import io.vipkeeper.grant.Message;
import io.vipkeeper.grant.Message.Promise;
import io.vipkeeper.grant.Message.Standing;

import static org.assertj.core.api.Assertions.assertThat;

/** Real time: a forger at 20,000 datagrams each second beside a candidate that speaks each 50 ms. */
@Timeout(60)
final class FloodIT {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final int FORGED_EACH_MILLISECOND = 20;
    private static final int BEATS = 60;
    private static final int BEAT_MILLIS = 50;
    /**
     * Who forges even the source address shares the kernel's queue with the candidate, and it overflows when this
     * machine gives the reader no time; a grant outlives five lost beats in a row.
     */
    private static final int SPARSELY = 48;

    private static final int SEQUENCE_AT = 20;

    /** Where the forged ones come from and in whose name. */
    enum Forger {
        UNKNOWN_NAME,
        KNOWN_NAME,
        KNOWN_NAME_AND_ADDRESS
    }

    @ParameterizedTest
    @EnumSource
    void everyGenuineMessageArrives(Forger forger) throws Exception {
        try (PeerSocket hearer = open();
                Speaker speaker = new Speaker(hearer);
                DatagramChannel elsewhere = DatagramChannel.open();
                ScheduledExecutorService beats = Executors.newSingleThreadScheduledExecutor()) {
            // given
            Map<Long, Long> delays = new ConcurrentHashMap<>();
            CountDownLatch all = new CountDownLatch(BEATS);
            hearer.messages().subscribe().with(received -> {
                long sentAt = ((Promise) received.message().content()).stamp();
                delays.put(sentAt, System.nanoTime() - sentAt);
                all.countDown();
            });
            Flood flood = new Flood(
                    forger == Forger.KNOWN_NAME_AND_ADDRESS ? speaker.channel : elsewhere,
                    new InetSocketAddress(LOOPBACK, hearer.port()),
                    forger == Forger.UNKNOWN_NAME ? "node-x" : "node-a");

            // when
            flood.start();
            AtomicLong sent = new AtomicLong();
            beats.scheduleAtFixedRate(
                    () -> {
                        if (sent.getAndIncrement() < BEATS) {
                            speaker.speak();
                        }
                    },
                    0,
                    BEAT_MILLIS,
                    TimeUnit.MILLISECONDS);
            boolean arrived = all.await(6, TimeUnit.SECONDS);
            double seconds = flood.stop();

            // then
            PeerCounters counters = hearer.counters();
            System.out.printf(
                    "FloodIT %s: %d of %d beats, %d of %d forged ones read in %.1f s, worst delay %.3f ms, median %.3f ms%n",
                    forger,
                    delays.size(),
                    BEATS,
                    counters.dropped(),
                    flood.sent,
                    seconds,
                    at(delays, 1.0),
                    at(delays, 0.5));
            assertThat(arrived || forger == Forger.KNOWN_NAME_AND_ADDRESS).isTrue();
            assertThat(delays).hasSizeGreaterThanOrEqualTo(SPARSELY);
            assertThat(counters.accepted()).isEqualTo(delays.size());
            assertThat(flood.sent / seconds).as("as fast as announced").isGreaterThan(15_000);
            assertThat(forger == Forger.UNKNOWN_NAME ? counters.unknownSender() : counters.badAuthentication())
                    .isEqualTo(counters.dropped())
                    .isPositive();
            assertThat(at(delays, 1.0)).as("ms, below a grant").isLessThan(300);
        }
    }

    private static Message stamped() {
        return new Message(new Standing(true, true, 1), new Promise(System.nanoTime()));
    }

    private static double at(Map<Long, Long> delays, double share) {
        List<Long> sorted = delays.values().stream().sorted().toList();
        return sorted.isEmpty() ? Double.NaN : sorted.get((int) ((sorted.size() - 1) * share)) / 1e6;
    }

    private static PeerSocket open() {
        PeerSocket.Opening opening = PeerSocket.open("node-b", "process", new InetSocketAddress(LOOPBACK, 0));
        return ((PeerSocket.Opening.Opened) opening).socket();
    }

    /** A candidate whose socket others can use too. */
    private static final class Speaker implements AutoCloseable {
        final DatagramChannel channel = DatagramChannel.open();
        private final InetSocketAddress hearer;
        private final Session session;

        Speaker(PeerSocket to) throws IOException {
            channel.bind(new InetSocketAddress(LOOPBACK, 0));
            hearer = new InetSocketAddress(LOOPBACK, to.port());
            OwnKeys keys = OwnKeys.generate();
            int port = ((InetSocketAddress) channel.getLocalAddress()).getPort();
            String host = LOOPBACK.getHostAddress();
            to.know(List.of(new Candidate("node-a", "process", host, port, keys.publicKey(), 0)));
            Sessions sessions = new Sessions("node-a", "process", keys, () -> 0);
            sessions.know(List.of(new Candidate("node-b", "process", host, to.port(), to.publicKey(), 0)));
            session = sessions.with("node-b").orElseThrow();
        }

        void speak() {
            try {
                channel.send(session.seal(stamped()).orElseThrow(), hearer);
            } catch (IOException e) {
                System.out.println("The candidate could not speak: " + e);
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    /** Well-formed datagrams with ever higher numbers and a tag made up. */
    private static final class Flood {
        private final DatagramChannel channel;
        private final InetSocketAddress to;
        private final ByteBuffer forged = ByteBuffer.allocate(DatagramCodec.LONGEST);
        private final Thread thread = new Thread(this::run, "flood");
        private volatile boolean stopped;
        private volatile long nanos;
        private volatile long sent;

        Flood(DatagramChannel channel, InetSocketAddress to, String asNode) {
            this.channel = channel;
            this.to = to;
            DatagramCodec.encode(SenderId.of(asNode, "process"), 1, stamped(), forged);
            forged.put(new byte[DatagramCodec.TAG]).flip();
            thread.setDaemon(true);
        }

        void start() {
            thread.start();
        }

        /** @return how long it lasted */
        double stop() throws InterruptedException {
            stopped = true;
            thread.join();
            return nanos / 1e9;
        }

        private void run() {
            long begin = System.nanoTime();
            long count = 0;
            try {
                while (!stopped) {
                    long due = (System.nanoTime() - begin) * FORGED_EACH_MILLISECOND / 1_000_000;
                    while (count < due) {
                        forged.putLong(SEQUENCE_AT, (1L << 62) + count++);
                        channel.send(forged.rewind(), to);
                    }
                    LockSupport.parkNanos(200_000);
                }
            } catch (IOException e) {
                System.out.println("The flood ended early: " + e);
            } finally {
                nanos = System.nanoTime() - begin;
                sent = count;
            }
        }
    }
}
