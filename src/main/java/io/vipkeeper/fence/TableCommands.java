package io.vipkeeper.fence;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import io.vipkeeper.fence.Transaction.Command;
import io.vipkeeper.netlink.NetlinkMessage;
import io.vipkeeper.vip.VirtualIp;

/** The commands of nf_tables about one table of the netdev family, as {@code nft} would send them. */
final class TableCommands {
    static final int GET_CHAIN = type(4);

    private static final int NEW_TABLE = type(0);
    private static final int DELETE_TABLE = type(2);
    private static final int NEW_CHAIN = type(3);
    private static final int NEW_RULE = type(6);
    private static final int DELETE_RULE = type(8);
    private static final int NEW_SET = type(9);
    private static final int NEW_ELEMENT = type(12);
    private static final int DELETE_ELEMENT = type(14);

    private static final byte FAMILY_NETDEV = 5;
    /**
     * Before the chains and flow tables of others, customarily at -300 to 0, of which some send packets on by
     * themselves: what they take never reaches the chains behind them. Their own verdicts cannot undo a drop.
     */
    private static final int PRIORITY = -400;

    private static final int ACCEPT = 1;
    private static final int SET_WITH_TIMEOUTS = 0x10;
    /** NFTNL_UDATA_SET_KEYBYTEORDER, four bytes, network byte order: for the program nft, in host byte order. */
    private static final byte[] KEY_IN_NETWORK_ORDER = ByteBuffer.allocate(6)
            .order(ByteOrder.nativeOrder())
            .put((byte) 0)
            .put((byte) Integer.BYTES)
            .putInt(2)
            .array();

    private final String table;

    TableCommands(String table) {
        this.table = table;
    }

    /** Makes whatever is missing of the table and its sets, and leaves elements and what is there as they are. */
    List<Command> tableAndSets() {
        List<Command> commands = new ArrayList<>();
        commands.add(create());
        for (AddressSet set : AddressSet.values()) {
            commands.add(create(set));
        }
        return commands;
    }

    /** Makes the chains and replaces their rules. */
    List<Command> chainsAndRules(String interfaceName) {
        List<Command> commands = new ArrayList<>();
        for (Chain chain : Chain.values()) {
            commands.add(create(chain, interfaceName));
            commands.add(flush(chain));
            chain.rules().forEach(rule -> commands.add(append(chain, rule)));
        }
        return commands;
    }

    Command create() {
        return command(NEW_TABLE, 0, named().number(2, 0), "NFT_MSG_NEWTABLE", table);
    }

    /** With everything in it. */
    Command delete() {
        return command(DELETE_TABLE, 0, named(), "NFT_MSG_DELTABLE", table);
    }

    Command create(AddressSet set) {
        Attributes attributes = named().text(2, set.kernelName())
                .number(3, SET_WITH_TIMEOUTS)
                .number(4, set.keyType())
                .number(5, set.keyLength())
                .number(10, set.id())
                .bytes(13, KEY_IN_NETWORK_ORDER);
        return command(NEW_SET, NetlinkMessage.CREATE, attributes, "NFT_MSG_NEWSET", set.kernelName());
    }

    Command create(Chain chain, String interfaceName) {
        Attributes hook =
                new Attributes().number(1, chain.hook()).number(2, PRIORITY).text(3, interfaceName);
        Attributes attributes = named().text(3, chain.kernelName())
                .text(7, "filter")
                .number(5, ACCEPT)
                .nest(4, hook);
        String object = chain.kernelName() + " of " + interfaceName;
        return command(NEW_CHAIN, NetlinkMessage.CREATE, attributes, "NFT_MSG_NEWCHAIN", object);
    }

    Command flush(Chain chain) {
        return command(DELETE_RULE, 0, named().text(2, chain.kernelName()), "NFT_MSG_DELRULE", chain.kernelName());
    }

    Command append(Chain chain, Rule rule) {
        Attributes attributes = named().text(2, chain.kernelName()).nest(4, rule.expressions());
        int flags = NetlinkMessage.CREATE | NetlinkMessage.APPEND;
        return command(NEW_RULE, flags, attributes, "NFT_MSG_NEWRULE", chain.kernelName());
    }

    /**
     * The address in the set for so long from now, whether it was there or not. Adding an element that is there is no
     * error, and changes nothing before Linux 6.12; deleting one that is not there is one: thus add, delete, add.
     */
    List<Command> put(AddressSet set, VirtualIp vip, long millis) {
        Command add = add(set, vip, millis);
        return List.of(add, delete(set, vip), add);
    }

    /** The address not in the set, whether it was there or not. */
    List<Command> take(AddressSet set, VirtualIp vip) {
        return List.of(add(set, vip, 1_000), delete(set, vip));
    }

    Command add(AddressSet set, VirtualIp vip, long millis) {
        Attributes element = new Attributes().longNumber(4, millis).nest(1, key(vip));
        Attributes attributes =
                named().text(2, set.kernelName()).number(4, set.id()).nest(3, new Attributes().nest(1, element));
        return command(NEW_ELEMENT, NetlinkMessage.CREATE, attributes, "NFT_MSG_NEWSETELEM", set, vip);
    }

    Command delete(AddressSet set, VirtualIp vip) {
        Attributes element = new Attributes().nest(1, key(vip));
        Attributes attributes = named().text(2, set.kernelName()).nest(3, new Attributes().nest(1, element));
        return command(DELETE_ELEMENT, 0, attributes, "NFT_MSG_DELSETELEM", set, vip);
    }

    /** The body of a question for a chain, to be asked outside of transactions. */
    byte[] question(Chain chain) {
        return named().text(3, chain.kernelName()).encode();
    }

    private static Attributes key(VirtualIp vip) {
        return new Attributes().bytes(1, vip.address().getAddress());
    }

    private Attributes named() {
        return new Attributes(new byte[] {FAMILY_NETDEV, 0, 0, 0}).text(1, table);
    }

    private Command command(
            int type, int flags, Attributes attributes, String operation, AddressSet set, VirtualIp vip) {
        return command(type, flags, attributes, operation, () -> vip + " in " + set.kernelName());
    }

    private static Command command(int type, int flags, Attributes attributes, String operation, String object) {
        return command(type, flags, attributes, operation, () -> object);
    }

    private static Command command(
            int type, int flags, Attributes attributes, String operation, Supplier<String> object) {
        int all = flags | NetlinkMessage.REQUEST;
        return new Command(new NetlinkMessage(type, all, 0, 0, attributes.encode()), operation, object);
    }

    private static int type(int message) {
        return 10 << 8 | message;
    }
}
