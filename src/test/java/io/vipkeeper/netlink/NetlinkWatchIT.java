package io.vipkeeper.netlink;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.smallrye.mutiny.subscription.Cancellable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.vipkeeper.linux.JnrLibc;
import io.vipkeeper.linux.Libc;
import io.vipkeeper.linux.NetworkNamespace;
import io.vipkeeper.vip.BindOutcome;
import io.vipkeeper.vip.VipEvent;
import io.vipkeeper.vip.VirtualIp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The watch against the kernel. */
final class NetlinkWatchIT {
    private static final Duration PROMPTLY = Duration.ofSeconds(3);
    private static final VipEvent USABLE = new VipEvent.LinkChanged(true);
    private static final VipEvent NOT_USABLE = new VipEvent.LinkChanged(false);

    private final Libc libc = new JnrLibc();
    private final List<VipEvent> events = new CopyOnWriteArrayList<>();
    private VirtualIp vip;
    private NetworkNamespace node;
    private NetworkNamespace peer;

    @TempDir
    private Path directory;

    @BeforeEach
    void plugIn() throws UnknownHostException {
        vip = VirtualIp.host(InetAddress.getByName("192.0.2.10"));
        node = NetworkNamespace.create();
        peer = NetworkNamespace.create();
    }

    @AfterEach
    void unplug() {
        node.close();
        peer.close();
    }

    @Test
    void tellsTheLevelAtTheStart() throws Exception {
        // given
        node.cableTo(peer);
        node.ip("addr", "add", "192.0.2.10/24", "dev", "lo");
        awaitCarrier();

        // when
        watching(new NetlinkWatch(libc, "nic0", List.of(vip), false), () -> {
            // then
            awaitEvents(USABLE, new VipEvent.AddressFound(vip, false, true), new VipEvent.AddressLost(vip));
        });
    }

    @Test
    void tellsABindAFlushAndAnUnbind() throws Exception {
        node.cableTo(peer);
        awaitCarrier();
        watching(new NetlinkWatch(libc, "nic0", List.of(vip), false), () -> {
            try (NetlinkAddressBinder binder = new NetlinkAddressBinder(libc, "nic0")) {
                awaitEvents(USABLE, new VipEvent.AddressLost(vip));
                events.clear();

                // when
                assertThat(binder.bind(vip, 30)).isEqualTo(new BindOutcome.Done());
                // then
                awaitEvents(new VipEvent.AddressFound(vip, true, false));
                events.clear();

                // when
                node.ip("addr", "flush", "dev", "nic0");
                // then
                awaitEvents(new VipEvent.AddressLost(vip));
                events.clear();

                // when
                node.ip("addr", "add", "192.0.2.10/24", "dev", "lo", "preferred_lft", "0");
                binder.unbind(vip);
                // then the loss of another prefix elsewhere is none of the VIP's interface
                awaitEvents(new VipEvent.AddressFound(vip, true, true));
            }
        });
    }

    @Test
    void tellsLinkDownCarrierLossAndReturnOnceEach() throws Exception {
        node.cableTo(peer);
        awaitCarrier();
        watching(new NetlinkWatch(libc, "nic0", List.of(vip), false), () -> {
            awaitEvents(USABLE, new VipEvent.AddressLost(vip));

            for (NetworkNamespace end : List.of(node, peer)) {
                String nic = end == node ? "nic0" : "peer0";
                events.clear();
                end.ip("link", "set", nic, "down");
                awaitEvents(NOT_USABLE);
                end.ip("link", "set", nic, "up");
                awaitEvents(NOT_USABLE, USABLE);
            }
        });
    }

    @Test
    void tellsAnInterfaceThatGoesAwayAndComesBack() throws Exception {
        watching(new NetlinkWatch(libc, "nic0", List.of(vip), false), () -> {
            // given no interface at all
            awaitEvents(NOT_USABLE, new VipEvent.AddressLost(vip));
            events.clear();

            // when it appears
            node.cableTo(peer);
            awaitEvents(USABLE);

            // and is deleted and created again, with another index
            node.ip("link", "del", "nic0");
            awaitEvents(USABLE, NOT_USABLE);
            node.cableTo(peer);
            awaitEvents(USABLE, NOT_USABLE, USABLE);

            // then an address on the new one is noticed
            events.clear();
            node.ip("addr", "add", "192.0.2.10/32", "dev", "nic0", "preferred_lft", "0", "valid_lft", "1");
            awaitEvents(new VipEvent.AddressFound(vip, true, false), new VipEvent.AddressLost(vip));
        });
    }

    @Test
    void anExistingInterfaceIsEnoughWhereThatIsAllowed() throws Exception {
        node.cableTo(peer);
        node.ip("link", "set", "nic0", "down");
        watching(new NetlinkWatch(libc, "nic0", List.of(vip), true), () -> {
            awaitEvents(USABLE, new VipEvent.AddressLost(vip));
            node.ip("link", "del", "nic0");
            awaitEvents(USABLE, new VipEvent.AddressLost(vip), NOT_USABLE);
        });
    }

    @Test
    void asksAgainWhenNotificationsWereLost() throws Exception {
        // given a subscriber that hangs, and more notifications than the buffer has room for
        node.cableTo(peer);
        awaitCarrier();
        CountDownLatch hanging = new CountDownLatch(1);
        NetlinkWatch watch = new NetlinkWatch(libc, "nic0", List.of(vip), false, 4096);
        node.inside(() -> {
            Cancellable subscription = watch.events().subscribe().with(event -> {
                events.add(event);
                awaitQuietly(hanging);
            });
            awaitEvents(USABLE);
            node.ip("-batch", batchOfAddresses().toString());
            node.ip("addr", "add", "192.0.2.10/32", "dev", "nic0", "preferred_lft", "0");

            // when it goes on
            hanging.countDown();

            // then the address is found, although its notification did not fit
            awaitContains(new VipEvent.AddressFound(vip, true, true));
            subscription.cancel();
        });
    }

    @Test
    void theThreadEndsWithTheSubscription() throws Exception {
        watching(
                new NetlinkWatch(libc, "nic0", List.of(vip), false),
                () -> awaitEvents(NOT_USABLE, new VipEvent.AddressLost(vip)));
        await().atMost(PROMPTLY).until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("netlink-watch")));
    }

    private void watching(NetlinkWatch watch, NetworkNamespace.Task task) throws Exception {
        node.inside(() -> {
            Cancellable subscription = watch.events().subscribe().with(events::add);
            try {
                task.run();
            } finally {
                subscription.cancel();
            }
        });
    }

    private void awaitEvents(VipEvent... expected) {
        await().atMost(PROMPTLY).pollInterval(Duration.ofMillis(10)).untilAsserted(() -> assertThat(events)
                .containsExactly(expected));
    }

    private void awaitContains(VipEvent expected) {
        await().atMost(PROMPTLY).pollInterval(Duration.ofMillis(10)).untilAsserted(() -> assertThat(events)
                .contains(expected));
    }

    private void awaitCarrier() {
        await().atMost(PROMPTLY).until(() -> node.ip("link", "show", "nic0").contains("state UP"));
    }

    private Path batchOfAddresses() throws Exception {
        String lines = IntStream.range(0, 500)
                .mapToObj(i -> "addr add 198.51.100." + (1 + i % 250) + "/" + (i < 250 ? 31 : 32) + " dev lo")
                .collect(Collectors.joining("\n", "", "\n"));
        return Files.writeString(directory.resolve("batch"), lines);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
