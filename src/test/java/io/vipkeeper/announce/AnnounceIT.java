package io.vipkeeper.announce;

import java.io.BufferedReader;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import io.smallrye.mutiny.subscription.Cancellable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.vipkeeper.linux.JnrLibc;
import io.vipkeeper.linux.Libc;
import io.vipkeeper.linux.NetworkNamespace;
import io.vipkeeper.linux.Nic;
import io.vipkeeper.vip.BindOutcome;
import io.vipkeeper.vip.VipEvent;
import io.vipkeeper.vip.VipEvent.ClaimSeen;
import io.vipkeeper.vip.VirtualIp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Announcements and claims over a cable between two namespaces. */
final class AnnounceIT {
    private static final String NODE_MAC = "02:00:5e:10:00:01";
    private static final String PEER_MAC = "02:00:5e:10:00:02";
    private static final BindOutcome DONE = new BindOutcome.Done();

    private final Libc libc = new JnrLibc();
    private final List<VipEvent> claims = new CopyOnWriteArrayList<>();
    private VirtualIp ipv4;
    private VirtualIp ipv6;
    private NetworkNamespace node;
    private NetworkNamespace peer;

    @BeforeEach
    void plugIn() throws Exception {
        ipv4 = VirtualIp.host(InetAddress.getByName("192.0.2.10"));
        ipv6 = VirtualIp.host(InetAddress.getByName("2001:db8::10"));
        node = NetworkNamespace.create();
        peer = NetworkNamespace.create();
        plugCable();
    }

    @AfterEach
    void unplug() {
        node.close();
        peer.close();
    }

    @Test
    void theNeighbourReadsARequestAReplyAndAnAdvertisement() throws Exception {
        // given
        Process tcpdump = peer.start(
                "tcpdump",
                "-i",
                "peer0",
                "-n",
                "-e",
                "-v",
                "-l",
                "-c",
                "3",
                "ether src " + NODE_MAC + " and (arp or (icmp6 and ip6[40] == 136))");
        awaitListening(tcpdump.errorReader());

        // when
        announceFrom(node, NODE_MAC, ipv4);
        announceFrom(node, NODE_MAC, ipv6);

        // then
        String seen = new String(tcpdump.getInputStream().readAllBytes());
        assertThat(seen)
                .contains(NODE_MAC + " > ff:ff:ff:ff:ff:ff, ethertype ARP (0x0806), length 42")
                .contains("Request who-has 192.0.2.10 tell 192.0.2.10, length 28")
                .contains("Reply 192.0.2.10 is-at " + NODE_MAC + ", length 28")
                .contains(NODE_MAC + " > 33:33:00:00:00:01, ethertype IPv6 (0x86dd), length 86")
                .contains("hlim 255")
                .contains("2001:db8::10 > ff02::1: [icmp6 sum ok] ICMP6, neighbor advertisement, length 32")
                .contains("tgt is 2001:db8::10, Flags [override]")
                .contains("destination link-address option (2), length 8 (1): " + NODE_MAC);
    }

    @Test
    void theNeighbourLearnsTheNewHardwareAddress() throws Exception {
        // given a neighbour that believes an earlier holder
        peer.ip("neigh", "add", "192.0.2.10", "lladdr", "02:00:5e:10:00:99", "dev", "peer0", "nud", "stale");
        peer.ip("neigh", "add", "2001:db8::10", "lladdr", "02:00:5e:10:00:99", "dev", "peer0", "nud", "stale");

        // when
        announceFrom(node, NODE_MAC, ipv4);
        announceFrom(node, NODE_MAC, ipv6);

        // then
        for (String address : List.of("192.0.2.10", "2001:db8::10")) {
            await().atMost(Duration.ofSeconds(3)).untilAsserted(() -> assertThat(peer.ip("neigh", "show", address))
                    .contains(NODE_MAC));
        }
    }

    @Test
    void announcesWithTheHardwareAddressAsItIsNow() throws Exception {
        node.inside(() -> {
            String[] mac = {NODE_MAC};
            try (PacketAnnouncer announcer =
                    new PacketAnnouncer(libc, () -> Optional.of(nic(node, "nic0", mac[0])), new FrameCounters())) {
                // given an interface that went down, was deleted and came back with another address
                assertThat(announcer.announce(ipv4)).isEqualTo(DONE);
                node.ip("link", "del", "nic0");
                plugCable();
                mac[0] = "02:00:5e:10:00:03";
                node.ip("link", "set", "nic0", "address", mac[0]);
                peer.ip("neigh", "add", "192.0.2.10", "lladdr", NODE_MAC, "dev", "peer0", "nud", "stale");

                // when
                assertThat(announcer.announce(ipv4)).isEqualTo(DONE);

                // then
                await().atMost(Duration.ofSeconds(3))
                        .untilAsserted(() -> assertThat(peer.ip("neigh", "show", "192.0.2.10"))
                                .contains(mac[0]));

                // when it is down
                node.ip("link", "set", "nic0", "down");

                // then
                assertThat(announcer.announce(ipv4))
                        .isInstanceOfSatisfying(BindOutcome.Refused.class, refused -> assertThat(refused.reason())
                                .contains("192.0.2.10/32 on nic0", "ENETDOWN"));
            }
        });
    }

    @Test
    void seesTheClaimOfAnotherMachineAndNotItsOwn() throws Exception {
        node.inside(() -> {
            Cancellable watching = watch();
            try {
                // when both announce
                announceFrom(node, NODE_MAC, ipv4);
                announceFrom(node, NODE_MAC, ipv6);
                announceUntilSeen(new ClaimSeen(ipv4, PEER_MAC));
                announceUntilSeen(new ClaimSeen(ipv6, PEER_MAC));
                announceFrom(peer, PEER_MAC, VirtualIp.host(InetAddress.getByName("192.0.2.11")));

                // then
                assertThat(claims).containsOnly(new ClaimSeen(ipv4, PEER_MAC), new ClaimSeen(ipv6, PEER_MAC));
            } finally {
                watching.cancel();
            }
        });
    }

    @Test
    void seesClaimsAgainAfterTheInterfaceWasCreatedAgain() throws Exception {
        node.inside(() -> {
            Cancellable watching = watch();
            try {
                // given
                announceUntilSeen(new ClaimSeen(ipv4, PEER_MAC));
                node.ip("link", "del", "nic0");
                plugCable();
                claims.clear();

                // then
                announceUntilSeen(new ClaimSeen(ipv4, PEER_MAC));
            } finally {
                watching.cancel();
            }
        });
    }

    @Test
    void theKernelThatHasTheAddressAnswersAProbeAndAProcessHearsThatItIsWanted() throws Exception {
        node.inside(() -> {
            Cancellable watching = watch();
            try {
                // when nobody has it
                probeUntil(peer, PEER_MAC, true, new VipEvent.Wanted(ipv4, PEER_MAC));
                probeUntil(peer, PEER_MAC, true, new VipEvent.Wanted(ipv6, PEER_MAC));
                claims.clear();

                // then a mere question is answered by the kernel of who has it, and told to nobody
                peer.ip("addr", "add", "192.0.2.10/32", "dev", "peer0");
                peer.ip("addr", "add", "2001:db8::10/128", "dev", "peer0", "nodad");
                probeUntil(node, NODE_MAC, false, new ClaimSeen(ipv4, PEER_MAC));
                probeUntil(node, NODE_MAC, false, new ClaimSeen(ipv6, PEER_MAC));
                probeFrom(peer, PEER_MAC, false, ipv4);
                probeFrom(peer, PEER_MAC, false, ipv6);
                assertThat(claims).containsOnly(new ClaimSeen(ipv4, PEER_MAC), new ClaimSeen(ipv6, PEER_MAC));
            } finally {
                watching.cancel();
            }
        });
    }

    @Test
    void theThreadEndsWithTheSubscription() throws Exception {
        node.inside(() -> watch().cancel());
        await().atMost(Duration.ofSeconds(3)).until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("claim-watch")));
    }

    private Cancellable watch() {
        List<Nic> own = List.of(nic(node, "nic0", NODE_MAC));
        return new ClaimWatch(
                        libc,
                        "nic0",
                        () -> own.stream()
                                .map(nic -> nic(node, "nic0", NODE_MAC))
                                .toList(),
                        List.of(ipv4, ipv6))
                .events()
                .subscribe()
                .with(claims::add);
    }

    private void announceUntilSeen(ClaimSeen expected) {
        await().atMost(Duration.ofSeconds(5))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    announceFrom(peer, PEER_MAC, expected.vip());
                    return claims.contains(expected);
                });
    }

    private void probeUntil(NetworkNamespace end, String mac, boolean wants, VipEvent expected) {
        VirtualIp vip =
                switch (expected) {
                    case VipEvent.Wanted wanted -> wanted.vip();
                    case ClaimSeen claim -> claim.vip();
                    default -> throw new IllegalArgumentException("no frame: " + expected);
                };
        await().atMost(Duration.ofSeconds(5))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    probeFrom(end, mac, wants, vip);
                    return claims.contains(expected);
                });
    }

    private void probeFrom(NetworkNamespace end, String mac, boolean wants, VirtualIp vip) throws Exception {
        Nic nic = nic(end, end == node ? "nic0" : "peer0", mac);
        end.inside(() -> {
            try (PacketAnnouncer announcer = new PacketAnnouncer(libc, () -> Optional.of(nic), new FrameCounters())) {
                assertThat(announcer.probe(vip, wants)).isEqualTo(DONE);
            }
        });
    }

    private void announceFrom(NetworkNamespace end, String mac, VirtualIp vip) throws Exception {
        Nic nic = nic(end, end == node ? "nic0" : "peer0", mac);
        end.inside(() -> {
            try (PacketAnnouncer announcer = new PacketAnnouncer(libc, () -> Optional.of(nic), new FrameCounters())) {
                assertThat(announcer.announce(vip)).isEqualTo(DONE);
            }
        });
    }

    private void plugCable() {
        node.cableTo(peer);
        node.ip("link", "set", "nic0", "address", NODE_MAC);
        peer.ip("link", "set", "peer0", "address", PEER_MAC);
        peer.ip("addr", "add", "192.0.2.1/24", "dev", "peer0");
        peer.ip("addr", "add", "2001:db8::1/64", "dev", "peer0", "nodad");
        await().atMost(Duration.ofSeconds(3))
                .until(() -> node.ip("link", "show", "nic0").contains("state UP"));
    }

    /** Read with ip, for this room does not know netlink. */
    private static Nic nic(NetworkNamespace end, String name, String mac) {
        String line = end.ip("-o", "link", "show", name);
        return new Nic(name, Integer.parseInt(line.substring(0, line.indexOf(':'))), mac, 1, true);
    }

    private static void awaitListening(BufferedReader errors) throws Exception {
        for (String line = errors.readLine(); line != null; line = errors.readLine()) {
            if (line.contains("listening on")) {
                return;
            }
        }
        throw new AssertionError("tcpdump does not listen");
    }
}
