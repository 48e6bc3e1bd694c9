package io.vipkeeper.fence;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import io.vipkeeper.fence.Transaction.Command;
import io.vipkeeper.fence.Transaction.Refusal;
import io.vipkeeper.linux.Errno;
import io.vipkeeper.linux.KernelException;
import io.vipkeeper.linux.Libc;
import io.vipkeeper.netlink.NetlinkConnection;
import io.vipkeeper.vip.VirtualIp;

/** One instance's table in the kernel, whether it is there or not, and the socket to speak of it. */
final class FenceTable implements AutoCloseable {
    private static final int NETLINK_NETFILTER = 12;
    private static final String LOOPBACK = "lo";
    private static final String PREFIX = "vipkeeper/";
    private static final int LONGEST_NAME = 128;

    private final NetlinkConnection connection;
    private final TableCommands commands;
    private final String interfaceName;

    /** @throws KernelException if the kernel gives no socket */
    FenceTable(Libc libc, String interfaceName, String namespace, String lease) {
        this.connection = new NetlinkConnection(libc, NETLINK_NETFILTER);
        this.commands = new TableCommands(name(namespace, lease));
        this.interfaceName = interfaceName;
    }

    TableCommands commands() {
        return commands;
    }

    /** Has the kernel try all that a fence needs, on the loopback interface, and undo it. */
    Optional<Refusal> rehearse() {
        TableCommands rehearsed = new TableCommands(PREFIX + UUID.randomUUID());
        Transaction transaction =
                new Transaction().addAll(rehearsed.tableAndSets()).addAll(rehearsed.chainsAndRules(LOOPBACK));
        for (VirtualIp nowhere : VirtualIp.NOWHERE) {
            transaction.addAll(rehearsed.put(AddressSet.guarded(nowhere), nowhere, 1_000));
            transaction.addAll(rehearsed.take(AddressSet.live(nowhere), nowhere));
        }
        return transaction.rehearse(connection);
    }

    /** Walks the path of an admission: what it puts in, it takes out again in the same transaction. */
    void walk() {
        for (VirtualIp nowhere : VirtualIp.NOWHERE) {
            if (isInPlace(Chain.EGRESS)) {
                commit(commands.take(AddressSet.live(nowhere), nowhere));
            }
        }
    }

    /** The chains of one interface come and go together, so that the question for one of them tells. */
    boolean isInPlace(Chain chain) {
        return describe(chain, answer -> chain.isInPlace(answer, interfaceName)).orElse(false);
    }

    /** As after a change of the configured interface. */
    private boolean isElsewhere(Chain chain) {
        return !describe(chain, answer -> Chain.isHookedOnlyIn(answer, interfaceName))
                .orElse(true);
    }

    private Optional<Boolean> describe(Chain chain, NetlinkConnection.Decoder<Boolean> decoder) {
        try {
            return connection.get(TableCommands.GET_CHAIN, commands.question(chain), decoder);
        } catch (KernelException e) {
            return Optional.empty();
        }
    }

    Optional<Refusal> commit(List<Command> elements) {
        return new Transaction().addAll(elements).commit(connection);
    }

    /**
     * Everything that is missing, the rules anew, and these elements, in one transaction; elements that are there stay.
     * Where there are chains of another interface, or objects of another version of this program that are made
     * otherwise, the table is replaced as a whole: then the elements of other addresses are lost until the next call for
     * each.
     */
    Optional<Refusal> restore(List<Command> elements) {
        if (Arrays.stream(Chain.values()).anyMatch(this::isElsewhere)) {
            return replace(elements);
        }
        Optional<Refusal> refusal = whole(new Transaction(), elements).commit(connection);
        return refusal.filter(FenceTable::isOtherMake).isPresent() ? replace(elements) : refusal;
    }

    private Optional<Refusal> replace(List<Command> elements) {
        Transaction replacement = new Transaction().add(commands.create()).add(commands.delete());
        return whole(replacement, elements).commit(connection);
    }

    Optional<Refusal> delete() {
        return new Transaction().add(commands.delete()).commit(connection);
    }

    /** Leaves the table where it is. */
    @Override
    public void close() {
        connection.close();
    }

    private Transaction whole(Transaction transaction, List<Command> elements) {
        return transaction
                .addAll(commands.tableAndSets())
                .addAll(commands.chainsAndRules(interfaceName))
                .addAll(elements);
    }

    private static boolean isOtherMake(Refusal refusal) {
        return refusal.is(Errno.EEXIST)
                || refusal.is(Errno.EINVAL)
                || refusal.is(Errno.EBUSY)
                || refusal.is(Errno.EOPNOTSUPP);
    }

    /** A slash is in no name of Kubernetes, so that two pairs of names never make one. */
    private static String name(String namespace, String lease) {
        String name = PREFIX + namespace + "/" + lease;
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return bytes.length <= LONGEST_NAME ? name : PREFIX + UUID.nameUUIDFromBytes(bytes);
    }
}
