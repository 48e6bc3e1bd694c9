package io.vipkeeper.fence;

import java.io.InputStream;
import java.net.InetAddress;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.vipkeeper.netlink.MalformedMessageException;
import io.vipkeeper.netlink.NetlinkMessage;
import io.vipkeeper.vip.VirtualIp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The commands against those of the program nft for the same things, byte for byte. */
final class TableCommandsTest {
    private static final String CAPTURE = "nft-1.0.6.txt";
    private static final String DESCRIPTION = "a8000000 030a 0000 07000000 23660000 05000005" // NFT_MSG_NEWCHAIN
            + "28000100 7669706b65657065722f6b7562652d73797374656d2f706c6e64722d63702d6c6f636b00" // table
            + "0c000300 696e677265737300 0c000200 0000000000000002" // ingress, handle
            + "30000400 08000100 00000000 08000200 fffffe70" // hook, priority -400
            + "10000400 09000100 6e696330 00000000 09000300 6e696330 00000000" // nic0
            + "08000500 00000001 0b000700 66696c746572 0000 08000a00 00000001 08000600 00000002"; // used twice

    private final TableCommands commands = new TableCommands("vipkeeper/kube-system/plndr-cp-lock");
    private List<NetlinkMessage> captured;
    private VirtualIp ipv4;
    private VirtualIp ipv6;

    @BeforeEach
    void read() throws Exception {
        assumeTrue(ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN, "captured on a little-endian machine");
        try (InputStream file = TableCommandsTest.class.getResourceAsStream(CAPTURE)) {
            captured = new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(TableCommandsTest::message)
                    .toList();
        }
        ipv4 = VirtualIp.host(InetAddress.getByName("192.0.2.10"));
        ipv6 = VirtualIp.host(InetAddress.getByName("2001:db8::10"));
    }

    @Test
    void theTableItsSetsAndItsChainsAreTheSame() {
        assertSame(commands.create(), captured.get(0));
        assertSame(commands.create(Chain.EGRESS, "nic0"), captured.get(1));
        assertSame(commands.create(Chain.INGRESS, "nic0"), captured.get(2));
        for (AddressSet set : AddressSet.values()) {
            assertSame(commands.create(set), captured.get(3 + set.ordinal()));
        }
    }

    @Test
    void theRulesAreTheSame() {
        List<Rule> egress = Chain.EGRESS.rules();
        List<Rule> ingress = Chain.INGRESS.rules();
        for (int i = 0; i < 3; i++) {
            assertSame(commands.append(Chain.EGRESS, egress.get(i)), captured.get(7 + i));
        }
        for (int i = 0; i < 2; i++) {
            assertSame(commands.append(Chain.INGRESS, ingress.get(i)), captured.get(10 + i));
        }
    }

    /** This nft has no word for the target, and compares it with one address instead of looking it up. */
    @Test
    void theRuleForAdvertisementsBeginsTheSame() {
        // given the expressions up to the load of the target
        int upToTheTarget = 4 + 40 + 12 + 4 + 36 + 44 + 36 + 44 + 52 + 44 + 52;
        byte[] ours = commands.append(Chain.EGRESS, Chain.EGRESS.rules().getLast())
                .message()
                .body();
        byte[] theirs = captured.get(12).body();
        int expressions = 4 + 40 + 12; // whose list has another length

        // then
        HexFormat hex = HexFormat.of();
        assertThat(hex.formatHex(ours, 0, expressions)).isEqualTo(hex.formatHex(theirs, 0, expressions));
        assertThat(hex.formatHex(ours, expressions + 4, upToTheTarget))
                .isEqualTo(hex.formatHex(theirs, expressions + 4, upToTheTarget))
                .endsWith("08000300000000080800040000000010");
    }

    @Test
    void theElementsAreTheSame() {
        assertSame(commands.add(AddressSet.GUARDED4, ipv4, 60_000), captured.get(13));
        assertSame(commands.add(AddressSet.LIVE4, ipv4, 300), captured.get(14));
        assertSame(commands.delete(AddressSet.LIVE4, ipv4), captured.get(15));
        assertSame(commands.add(AddressSet.LIVE6, ipv6, 300), captured.get(16));
    }

    @Test
    void flushingAndDeletingAreTheSame() {
        assertSame(commands.flush(Chain.EGRESS), captured.get(17));
        assertSame(commands.delete(), captured.get(18));
        assertThat(captured).hasSize(19);
    }

    @Test
    void readsWhetherAChainIsInPlace() throws Exception {
        // given what Linux 6.18 answered
        String answer = DESCRIPTION.replace(" ", "");

        // then
        assertThat(Chain.INGRESS.isInPlace(message(answer), "nic0")).isTrue();
        assertThat(Chain.INGRESS.isInPlace(message(answer), "nic")).isFalse();
        assertThat(Chain.INGRESS.isInPlace(message(answer), "nic1")).isFalse();
        assertThat(Chain.EGRESS.isInPlace(message(answer), "nic0"))
                .as("too few rules")
                .isFalse();
        assertThat(Chain.INGRESS.isInPlace(message(answer.replace("09000300", "09000900")), "nic0"))
                .as("a chain that lost its interface")
                .isFalse();
    }

    private static void assertSame(Transaction.Command command, NetlinkMessage captured) {
        NetlinkMessage message = command.message();
        assertThat(message.type()).isEqualTo(captured.type());
        assertThat(message.flags()).isEqualTo(captured.flags());
        assertThat(HexFormat.of().formatHex(message.body()))
                .as(command.operation() + " " + command.object().get())
                .isEqualTo(HexFormat.of().formatHex(captured.body()));
    }

    private static NetlinkMessage message(String hex) {
        try {
            byte[] bytes = HexFormat.of().parseHex(hex);
            return NetlinkMessage.decodeAll(bytes, bytes.length).getFirst();
        } catch (MalformedMessageException e) {
            throw new AssertionError(e);
        }
    }
}
