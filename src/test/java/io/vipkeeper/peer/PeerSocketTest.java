package io.vipkeeper.peer;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.smallrye.mutiny.subscription.Cancellable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.vipkeeper.grant.Candidate;
import io.vipkeeper.grant.GrantEvent.Received;
import io.vipkeeper.grant.Message;
import io.vipkeeper.grant.Message.Ask;
import io.vipkeeper.grant.Message.Handover;
import io.vipkeeper.grant.Message.Hello;
import io.vipkeeper.grant.Message.Promise;
import io.vipkeeper.grant.Message.Standing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Sockets over the loopback interface. */
@Timeout(30)
final class PeerSocketTest {
    private static final Standing STANDING = new Standing(true, true, 100);
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    @Test
    void threeCandidatesHearEachOther() throws Exception {
        // given
        Peer a = new Peer("node-a");
        Peer b = new Peer("node-b");
        Peer c = new Peer("node-c");
        List<Candidate> all = List.of(a.candidate(), b.candidate(), c.candidate());
        List.of(a, b, c).forEach(peer -> peer.socket.know(all));
        Message hello = new Message(STANDING, new Hello());
        Message ask = new Message(STANDING, new Ask(4, 99, 300));
        Message handover = new Message(STANDING, new Handover("process-c", 5, "node-a", 1));

        // when
        a.socket.send("node-b", hello);
        a.socket.send("node-c", ask);
        c.socket.send("node-b", handover);

        // then
        assertThat(List.of(b.next(), b.next()))
                .containsExactlyInAnyOrder(new Received("node-a", hello), new Received("node-c", handover));
        assertThat(c.next()).isEqualTo(new Received("node-a", ask));
        assertThat(a.socket.counters().sent()).isEqualTo(2);
        assertThat(b.socket.counters().accepted()).isEqualTo(2);
        assertThat(b.socket.counters().dropped()).isZero();
    }

    @Test
    void eachSocketHasItsPortAndItsKey() throws Exception {
        Peer a = new Peer("node-a");
        Peer b = new Peer("node-a");
        assertThat(a.socket.port()).isPositive().isNotEqualTo(b.socket.port());
        assertThat(a.socket.publicKey()).isNotEqualTo(b.socket.publicKey());
    }

    @Test
    void saysWhyItCannotBeOpened() throws Exception {
        // given
        Peer a = new Peer("node-a");
        InetSocketAddress taken = new InetSocketAddress(LOOPBACK, a.socket.port());

        // then
        assertThat(PeerSocket.open("node-b", "p", taken))
                .isEqualTo(new PeerSocket.Opening.Refused(
                        "UDP port " + taken.getPort() + " on localhost cannot be opened: Address already in use"));
    }

    @Test
    void countsWhyADatagramWasDropped() throws Exception {
        // given a stranger that overhears, and b that does not know c
        Peer a = new Peer("node-a");
        Peer b = new Peer("node-b");
        Peer c = new Peer("node-c");
        DatagramSocket stranger = new DatagramSocket(0, LOOPBACK);
        open.add(stranger);
        b.socket.know(List.of(a.candidate()));
        a.socket.know(List.of(at(b.candidate(), stranger.getLocalPort())));
        a.socket.send("node-b", new Message(STANDING, new Promise(7)));
        byte[] overheard = receive(stranger);

        // when
        send(stranger, b, Arrays.copyOf(overheard, overheard.length - 1));
        send(stranger, b, new byte[1200]);
        send(stranger, b, new byte[0]);
        send(stranger, b, with(overheard, 3, 9));
        send(stranger, b, with(overheard, 4, overheard[4] + 1));
        send(stranger, b, with(overheard, 28, 77));
        send(stranger, b, with(overheard, 35, 77));
        send(stranger, b, overheard);
        send(stranger, b, overheard);
        c.socket.know(List.of(b.candidate()));
        c.socket.send("node-b", new Message(STANDING, new Hello()));

        // then
        assertThat(b.next()).isEqualTo(new Received("node-a", new Message(STANDING, new Promise(7))));
        await().until(() -> b.socket.counters().unknownSender() == 2);
        assertThat(b.socket.counters()).isEqualTo(new PeerCounters(0, 0, 0, 1, 0, 3, 1, 2, 1, 1, 1));
        assertThat(b.socket.counters().dropped()).isEqualTo(9);
    }

    @Test
    void whatCannotBeSentIsCountedAndThrowsNothing() throws Exception {
        // given
        Peer a = new Peer("node-a");
        Peer b = new Peer("node-b");
        a.socket.know(List.of(
                b.candidate(),
                new Candidate(
                        "broadcast", "p", "255.255.255.255", 9, b.candidate().publicKey(), 0),
                new Candidate("elsewhere", "p", "2001:db8::1", 9, b.candidate().publicKey(), 0)));
        Message hello = new Message(STANDING, new Hello());

        // when
        a.socket.send("nobody", hello);
        a.socket.send("node-b", new Message(new Standing(true, true, 256), new Hello()));
        a.socket.send("broadcast", hello);
        a.socket.send("elsewhere", hello);
        a.socket.close();
        a.socket.send("node-b", hello);

        // then
        assertThat(a.socket.counters()).isEqualTo(new PeerCounters(0, 3, 2, 0, 0, 0, 0, 0, 0, 0, 0));
    }

    /** An interrupt closes a channel that blocks. */
    @Test
    void aSenderThatIsInterruptedLeavesTheSocketOpen() throws Exception {
        // given
        Peer a = new Peer("node-a");
        Peer b = new Peer("node-b");
        a.socket.know(List.of(b.candidate()));
        b.socket.know(List.of(a.candidate()));

        // when
        Thread.currentThread().interrupt();
        a.socket.send("node-b", new Message(STANDING, new Promise(1)));
        boolean interrupted = Thread.interrupted();
        a.socket.send("node-b", new Message(STANDING, new Promise(2)));

        // then
        assertThat(interrupted).isTrue();
        assertThat(b.next().message().content()).isEqualTo(new Promise(1));
        assertThat(b.next().message().content()).isEqualTo(new Promise(2));
    }

    /** The kernel tells of a port that nobody listens on. */
    @Test
    void aPeerThatIsNotThereDoesNotDisturbTheOthers() throws Exception {
        // given
        Peer a = new Peer("node-a");
        Peer b = new Peer("node-b");
        Peer gone = new Peer("node-c");
        a.socket.know(List.of(b.candidate(), gone.candidate()));
        b.socket.know(List.of(a.candidate()));
        gone.socket.close();

        // when
        for (int i = 0; i < 5; i++) {
            a.socket.send("node-c", new Message(STANDING, new Promise(i)));
            b.socket.send("node-a", new Message(STANDING, new Promise(i)));
        }

        // then
        for (int i = 0; i < 5; i++) {
            assertThat(a.next().message().content()).isEqualTo(new Promise(i));
        }
        assertThat(a.socket.counters().sent()).isEqualTo(5);
    }

    @Test
    void aPeerIsHeardFromAnotherAddressThanItsLeaseSays() throws Exception {
        // given
        Peer a = new Peer("node-a");
        Peer b = new Peer("node-b");
        a.socket.know(List.of(b.candidate()));
        b.socket.know(List.of(at(a.candidate(), b.socket.port())));

        // when
        a.socket.send("node-b", new Message(STANDING, new Hello()));

        // then
        assertThat(b.next().from()).isEqualTo("node-a");
    }

    @Test
    void theMessagesEndWhenTheSocketIsClosed() throws Exception {
        // given
        PeerSocket socket = opened("node-a");
        AssertSubscriber<Received> subscriber =
                socket.messages().subscribe().withSubscriber(AssertSubscriber.create(1));

        // when
        socket.close();

        // then
        subscriber.awaitCompletion(Duration.ofSeconds(10));
    }

    @Test
    void thereIsOneSubscriberAtATime() throws Exception {
        // given
        PeerSocket socket = opened("node-a");
        Cancellable first = socket.messages().subscribe().with(message -> {});

        // then
        socket.messages()
                .subscribe()
                .withSubscriber(AssertSubscriber.create(1))
                .awaitFailure()
                .assertFailedWith(IllegalStateException.class, "the messages have a subscriber already");
        first.cancel();
        await().until(() -> takesASubscriber(socket));
    }

    @Test
    void aSubscriberThatIsTooSlowMissesMessagesAndTheyAreCounted() throws Exception {
        // given
        Peer a = new Peer("node-a");
        PeerSocket b = opened("node-b");
        AssertSubscriber<Received> slow = b.messages().subscribe().withSubscriber(AssertSubscriber.create(2));
        b.know(List.of(a.candidate()));
        a.socket.know(List.of(candidate("node-b", b)));

        // when
        for (int i = 0; i < 10; i++) {
            a.socket.send("node-b", new Message(STANDING, new Promise(i)));
        }
        await().until(() -> b.counters().accepted() == 10);
        await().until(() -> b.counters().undelivered() == 8);
        slow.request(1);
        a.socket.send("node-b", new Message(STANDING, new Promise(10)));

        // then
        slow.awaitItems(3);
        assertThat(slow.getItems())
                .extracting(received -> received.message().content())
                .containsExactly(new Promise(0), new Promise(1), new Promise(10));
    }

    @Test
    void theSubscribersThreadIsTheReceivingOne() throws Exception {
        // given
        Peer a = new Peer("node-a");
        PeerSocket b = opened("node-b");
        AtomicReference<String> thread = new AtomicReference<>();
        CountDownLatch received = new CountDownLatch(1);
        b.messages().subscribe().with(message -> {
            thread.set(Thread.currentThread().getName());
            received.countDown();
        });
        b.know(List.of(a.candidate()));
        a.socket.know(List.of(candidate("node-b", b)));

        // when
        a.socket.send("node-b", new Message(STANDING, new Hello()));

        // then
        assertThat(received.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(thread).hasValue("peer-messages");
    }

    /** One candidate, which keeps what it hears. */
    private final class Peer {
        final String node;
        final PeerSocket socket;
        private final BlockingQueue<Received> heard = new LinkedBlockingQueue<>();

        Peer(String node) {
            this.node = node;
            socket = opened(node);
            socket.messages().subscribe().with(heard::add);
        }

        Candidate candidate() {
            return PeerSocketTest.candidate(node, socket);
        }

        Received next() throws InterruptedException {
            Received received = heard.poll(10, TimeUnit.SECONDS);
            assertThat(received).as("a message to %s", node).isNotNull();
            return received;
        }
    }

    private PeerSocket opened(String node) {
        PeerSocket.Opening opening = PeerSocket.open(node, "process-of-" + node, new InetSocketAddress(LOOPBACK, 0));
        assertThat(opening).isInstanceOf(PeerSocket.Opening.Opened.class);
        PeerSocket socket = ((PeerSocket.Opening.Opened) opening).socket();
        open.add(socket);
        return socket;
    }

    private static Candidate candidate(String node, PeerSocket socket) {
        return new Candidate(
                node, "process-of-" + node, LOOPBACK.getHostAddress(), socket.port(), socket.publicKey(), 0);
    }

    private static Candidate at(Candidate candidate, int port) {
        return new Candidate(candidate.node(), candidate.process(), candidate.host(), port, candidate.publicKey(), 0);
    }

    private static boolean takesASubscriber(PeerSocket socket) {
        AssertSubscriber<Received> next = socket.messages().subscribe().withSubscriber(AssertSubscriber.create(1));
        return next.getFailure() == null;
    }

    private static byte[] receive(DatagramSocket socket) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        socket.receive(packet);
        return Arrays.copyOf(packet.getData(), packet.getLength());
    }

    private static void send(DatagramSocket from, Peer to, byte[] datagram) throws IOException {
        from.send(new DatagramPacket(datagram, datagram.length, LOOPBACK, to.socket.port()));
    }

    private static byte[] with(byte[] datagram, int at, int value) {
        byte[] changed = datagram.clone();
        ByteBuffer.wrap(changed).put(at, (byte) value);
        return changed;
    }
}
