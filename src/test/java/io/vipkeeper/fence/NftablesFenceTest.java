package io.vipkeeper.fence;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;

import io.vipkeeper.linux.Errno;
import io.vipkeeper.netlink.NetlinkMessage;
import io.vipkeeper.vip.BindOutcome;
import io.vipkeeper.vip.VirtualIp;

import static io.vipkeeper.fence.FakeNetfilter.DELETE_ELEMENT;
import static io.vipkeeper.fence.FakeNetfilter.DELETE_TABLE;
import static io.vipkeeper.fence.FakeNetfilter.NEW_CHAIN;
import static io.vipkeeper.fence.FakeNetfilter.NEW_ELEMENT;
import static io.vipkeeper.fence.FakeNetfilter.NEW_RULE;
import static org.assertj.core.api.Assertions.assertThat;

final class NftablesFenceTest {
    private static final BindOutcome DONE = new BindOutcome.Done();
    private static final String LIVE4 = "live4 c000020a";
    private static final String GUARDED4 = "guarded4 c000020a";
    private static final long MILLI = 1_000_000;

    private final FakeNetfilter kernel = new FakeNetfilter();
    private final VirtualIp ipv4 = vip("192.0.2.10");
    private final VirtualIp ipv6 = vip("2001:db8::10");
    private long now = -5;

    @Test
    void isReadyBeforeTheFirstAdmission() {
        // when
        NftablesFence fence = fence();

        // then
        assertThat(fence.kind()).isEqualTo("nftables");
        assertThat(fence.inForce()).isTrue();
        assertThat(kernel.state.rules).isEqualTo(Map.of("egress", 4, "ingress", 2));
        assertThat(kernel.state.sets).containsExactly("guarded4", "guarded6", "live4", "live6");
        assertThat(kernel.state.elements).isEmpty();
        assertThat(kernel.transactions).as("but for the rehearsal").hasSize(1);
    }

    @Test
    void eachAdmissionReplacesTheOneBefore() {
        // given
        NftablesFence fence = fence();

        // when
        assertThat(fence.admit(ipv4, 311)).isEqualTo(DONE);
        // then
        assertThat(kernel.state.elements).isEqualTo(Map.of(GUARDED4, 60_000L, LIVE4, 310L));

        // when shorter
        assertThat(fence.admit(ipv4, 95)).isEqualTo(DONE);
        // then
        assertThat(kernel.state.elements).containsEntry(LIVE4, 94L);

        // when longer
        assertThat(fence.admit(ipv4, 5_000)).isEqualTo(DONE);
        // then
        assertThat(kernel.state.elements).containsEntry(LIVE4, 4_999L);
        assertThat(kernel.transactions.getLast())
                .as("in one transaction")
                .containsExactly(NEW_ELEMENT, DELETE_ELEMENT, NEW_ELEMENT);
    }

    @Test
    void aTimeOfATickOrLessBlocks() {
        for (long millis : List.of(10L, 1L, 0L, -1L, Long.MIN_VALUE)) {
            // given
            NftablesFence fence = fence();
            fence.admit(ipv6, 1_000);

            // when
            assertThat(fence.admit(ipv6, millis)).isEqualTo(DONE);

            // then
            assertThat(kernel.state.elements.keySet()).containsExactly("guarded6 20010db8000000000000000000000010");
        }
    }

    @Test
    void blockingGuardsAnAddressThatWasNeverAdmitted() {
        // when
        assertThat(fence().block(ipv4)).isEqualTo(DONE);

        // then
        assertThat(kernel.state.elements).isEqualTo(Map.of(GUARDED4, 60_000L));
    }

    @Test
    void renewsTheGuardEachTenSeconds() {
        // given
        NftablesFence fence = fence();
        fence.admit(ipv4, 300);
        kernel.state.elements.replace(GUARDED4, 50_001L);

        // when
        now += 9_999 * MILLI;
        fence.admit(ipv4, 300);
        // then
        assertThat(kernel.state.elements).containsEntry(GUARDED4, 50_001L);

        // when
        now += MILLI;
        fence.admit(ipv4, 300);
        // then
        assertThat(kernel.state.elements).containsEntry(GUARDED4, 60_000L);
    }

    @Test
    void aCallThatTheKernelHeldUpIsCorrectedBeforeItReturns() {
        // given a kernel that is busy for 120 ms, once
        NftablesFence fence = fence();
        kernel.whileSending = () -> {
            now += 120 * MILLI;
            kernel.whileSending = () -> {};
        };

        // when
        assertThat(fence.admit(ipv4, 300)).isEqualTo(DONE);

        // then
        assertThat(kernel.state.elements).containsEntry(LIVE4, 179L);
    }

    @Test
    void aKernelThatIsAlwaysTooSlowBlocks() {
        // given
        NftablesFence fence = fence();
        kernel.whileSending = () -> now += 40 * MILLI;

        // when
        assertThat(fence.admit(ipv4, 300)).isEqualTo(DONE);

        // then
        assertThat(kernel.state.elements).doesNotContainKey(LIVE4).containsKey(GUARDED4);
    }

    @Test
    void anotherLifeKeepsTheElements() {
        // given
        fence().admit(ipv4, 300);
        Map<String, Long> before = Map.copyOf(kernel.state.elements);
        kernel.transactions.clear();

        // when
        NftablesFence second = fence();

        // then
        assertThat(kernel.state.elements).isEqualTo(before);
        assertThat(kernel.state.rules).isEqualTo(Map.of("egress", 4, "ingress", 2));
        assertThat(kernel.transactions).hasSize(1);
        assertThat(kernel.transactions.getFirst()).doesNotContain(DELETE_TABLE, DELETE_ELEMENT);
        assertThat(second.inForce()).isTrue();
    }

    @Test
    void whatSomebodyTookAwayIsBackWithTheSameCall() {
        // given
        NftablesFence fence = fence();
        fence.admit(ipv4, 300);
        fence.admit(ipv6, 300);
        List<Runnable> losses = List.of(
                () -> kernel.state = new FakeNetfilter.State(),
                () -> kernel.state.rules.clear(),
                () -> kernel.state.rules.replace("egress", 3),
                () -> {
                    kernel.state.sets.remove("live4");
                    kernel.state.elements.clear();
                });
        for (Runnable loss : losses) {
            // when
            loss.run();
            assertThat(fence.admit(ipv4, 300)).isEqualTo(DONE);
            fence.admit(ipv6, 300);

            // then
            assertThat(kernel.state.rules).isEqualTo(Map.of("egress", 4, "ingress", 2));
            assertThat(kernel.state.elements)
                    .hasSize(4)
                    .containsEntry(LIVE4, 299L)
                    .containsEntry(GUARDED4, 60_000L);
        }
    }

    @Test
    void askingWhetherItIsInForcePutsItBack() {
        // given
        NftablesFence fence = fence();
        kernel.state = new FakeNetfilter.State();

        // then
        assertThat(fence.inForce()).isTrue();
        assertThat(kernel.state.rules).isEqualTo(Map.of("egress", 4, "ingress", 2));
    }

    @Test
    void removesTheTableAndIsContentWithoutOne() {
        // given
        NftablesFence fence = fence();
        fence.admit(ipv4, 300);

        // when
        fence.remove();
        fence.remove();

        // then
        assertThat(kernel.state.table).isFalse();
    }

    @Test
    void whatIsMissingInTheKernelIsSaidAndNothingIsDone() {
        // given
        kernel.refusals.put(NEW_CHAIN, Errno.EOPNOTSUPP.negated());
        NftablesFence fence = fence();
        kernel.datagramsSent = 0;

        // then
        assertThat(fence.kind()).contains("none", "NFT_MSG_NEWCHAIN", "lo", "EOPNOTSUPP (not supported)", "Linux 5.16");
        assertThat(fence.inForce()).isFalse();
        assertThat(fence.admit(ipv4, 300)).isEqualTo(DONE);
        assertThat(fence.block(ipv4)).isEqualTo(DONE);
        fence.remove();
        fence.close();
        assertThat(kernel.datagramsSent).isZero();
        assertThat(kernel.openSockets).isZero();
        assertThat(kernel.state.table).isFalse();
    }

    @Test
    void toAskWhatIsPossibleTouchesNoTableAndKeepsNoSocket() {
        // given: somebody's fence
        try (NftablesFence fence = fence()) {
            fence.admit(ipv4, 311);
            Object before = Map.copyOf(kernel.state.elements);
            int transactions = kernel.transactions.size();
            int sockets = kernel.openSockets;

            // when
            String kind = NftablesFence.possibleKind(kernel);

            // then
            assertThat(kind).isEqualTo("nftables");
            assertThat(kernel.state.elements).isEqualTo(before);
            assertThat(kernel.transactions).hasSize(transactions);
            assertThat(kernel.openSockets).isEqualTo(sockets);
        }

        // when: the kernel lacks it
        kernel.refusals.put(0, Errno.EPERM.negated());
        assertThat(NftablesFence.possibleKind(kernel)).contains("EPERM (not permitted");
        assertThat(kernel.openSockets).isZero();
    }

    @Test
    void withoutTheSubsystemOrTheSocketOrThePrivilegeItSaysWhich() {
        kernel.refusals.put(0, Errno.EOPNOTSUPP.negated());
        assertThat(fence().kind()).contains("EOPNOTSUPP");
        kernel.refusals.put(0, Errno.EPERM.negated());
        assertThat(fence().kind()).contains("EPERM (not permitted");
        kernel.socketAnswer = Errno.EPROTONOSUPPORT.negated();
        assertThat(fence().kind()).contains("socket AF_NETLINK", "EPROTONOSUPPORT");
        assertThat(kernel.openSockets).isZero();
    }

    @Test
    void aRefusalNamesOperationObjectAndError() {
        // given
        NftablesFence fence = fence();
        kernel.refusals.put(NEW_ELEMENT, Errno.ENOMEM.negated());

        // then
        assertThat(fence.admit(ipv4, 300))
                .isEqualTo(new BindOutcome.Refused(
                        "NFT_MSG_NEWSETELEM 192.0.2.10/32 in guarded4 failed: ENOMEM (out of memory)"));
    }

    @Test
    void anInterfaceThatIsNotThereIsRefusedUntilItIs() {
        // given a kernel before 6.16, which needs the interface for a chain
        NftablesFence fence = fence();
        kernel.state = new FakeNetfilter.State();
        kernel.refusals.put(NEW_CHAIN, Errno.ENOENT.negated());

        // then
        assertThat(fence.inForce()).isFalse();
        assertThat(fence.admit(ipv4, 300))
                .isInstanceOfSatisfying(BindOutcome.Refused.class, refused -> assertThat(refused.reason())
                        .contains("NFT_MSG_NEWCHAIN", "nic0", "ENOENT"));
        assertThat(kernel.state.table).isFalse();

        // when
        kernel.refusals.clear();
        // then
        assertThat(fence.admit(ipv4, 300)).isEqualTo(DONE);
        assertThat(kernel.state.elements).containsKey(LIVE4);
    }

    @Test
    void objectsOfAnotherMakeAreReplacedInOneTransaction() {
        // given
        NftablesFence fence = fence();
        fence.admit(ipv6, 300);
        kernel.state.rules.clear();
        kernel.refusals.put(NEW_RULE, Errno.EEXIST.negated());
        kernel.whileSending = new Runnable() {
            private int sent;

            @Override
            public void run() {
                if (++sent == 2) {
                    kernel.refusals.clear();
                }
            }
        };

        // when
        assertThat(fence.admit(ipv4, 300)).isEqualTo(DONE);

        // then
        assertThat(kernel.transactions.getLast()).contains(DELETE_TABLE).endsWith(NEW_ELEMENT);
        assertThat(kernel.state.elements.keySet()).containsExactly(GUARDED4, LIVE4);
    }

    @Test
    void chainsOfAnotherInterfaceAreReplacedInOneTransaction() {
        // given
        fence().admit(ipv4, 300);
        kernel.device = "nic1";
        kernel.transactions.clear();

        // when
        fence();

        // then
        assertThat(kernel.transactions.getFirst()).contains(DELETE_TABLE);
        assertThat(kernel.state.rules).isEqualTo(Map.of("egress", 4, "ingress", 2));
    }

    @Test
    void aKernelThatSaysNothingIsRefusedAndAnAnswerThatComesLateIsLeftOut() {
        // given
        NftablesFence fence = fence();
        kernel.onTheWay = answer -> {
            answer[8] ^= 0x40; // the sequence number
            return answer;
        };
        // then
        assertThat(fence.admit(ipv4, 300))
                .isInstanceOfSatisfying(BindOutcome.Refused.class, refused -> assertThat(refused.reason())
                        .contains("EAGAIN"));

        // when
        kernel.onTheWay = answer -> answer;
        kernel.answers.add(
                new NetlinkMessage(NetlinkMessage.ERROR, 0, 1, 1, HexFormat.of().parseHex("ffffffff")).encode());
        // then
        assertThat(fence.admit(ipv4, 300)).isEqualTo(DONE);
    }

    @Test
    void noAnswerMakesItThrow() {
        long seed = System.nanoTime();
        System.out.println("NftablesFenceTest seed " + seed);
        Random random = new Random(seed);
        NftablesFence fence = fence();
        int refused = 0;
        kernel.onTheWay = answer -> {
            for (int i = random.nextInt(3); i > 0; i--) {
                answer[random.nextInt(answer.length)] = (byte) random.nextInt();
            }
            return random.nextInt(4) == 0 ? Arrays.copyOf(answer, random.nextInt(answer.length + 9)) : answer;
        };
        for (int round = 0; round < 20_000; round++) {
            VirtualIp vip = random.nextBoolean() ? ipv4 : ipv6;
            BindOutcome outcome = random.nextBoolean() ? fence.admit(vip, random.nextInt(400)) : fence.block(vip);
            refused += outcome instanceof BindOutcome.Refused ? 1 : 0;
            fence.inForce();
            kernel.answers.clear();
        }
        assertThat(refused).as("seed %d", seed).isBetween(2_000, 20_000);
    }

    private NftablesFence fence() {
        return new NftablesFence(kernel, "nic0", "kube-system", "plndr-cp-lock", () -> now);
    }

    private static VirtualIp vip(String address) {
        try {
            return VirtualIp.host(InetAddress.getByName(address));
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
