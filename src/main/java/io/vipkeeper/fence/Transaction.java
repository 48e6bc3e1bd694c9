package io.vipkeeper.fence;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import io.vipkeeper.linux.Errno;
import io.vipkeeper.linux.KernelException;
import io.vipkeeper.netlink.NetlinkConnection;
import io.vipkeeper.netlink.NetlinkMessage;

/** Commands of which the kernel carries out all at one moment, between two packets, or none. */
final class Transaction {
    private static final int BATCH_BEGIN = 0x10;
    private static final int BATCH_END = 0x11;
    private static final int SUBSYSTEM = 10;
    private static final NetlinkMessage BEGIN = boundary(BATCH_BEGIN);
    private static final NetlinkMessage END = boundary(BATCH_END);

    private final List<Command> commands = new ArrayList<>();

    /**
     * One message and its name for people.
     *
     * @param operation the kernel's constant
     * @param object what it is done to
     */
    record Command(NetlinkMessage message, String operation, Supplier<String> object) {}

    /** Why the kernel carried out none of the commands. */
    record Refusal(Command command, int answer) {

        boolean is(Errno errno) {
            return errno.is(answer);
        }

        /** One line: operation, object, errno. */
        String reason() {
            return new KernelException(command.operation(), command.object().get(), answer).getMessage();
        }
    }

    Transaction add(Command command) {
        commands.add(command);
        return this;
    }

    Transaction addAll(List<Command> more) {
        commands.addAll(more);
        return this;
    }

    Optional<Refusal> commit(NetlinkConnection connection) {
        List<NetlinkMessage> messages = messages();
        messages.add(END);
        return send(connection, messages);
    }

    /** Has the kernel try all commands and undo them, which is what it does with a batch that has no end. */
    Optional<Refusal> rehearse(NetlinkConnection connection) {
        return send(connection, messages());
    }

    private List<NetlinkMessage> messages() {
        List<NetlinkMessage> messages = new ArrayList<>(commands.size() + 2);
        messages.add(BEGIN);
        for (Command command : commands) {
            messages.add(command.message());
        }
        NetlinkMessage last = messages.removeLast();
        messages.add(new NetlinkMessage(
                last.type(), last.flags() | NetlinkMessage.ACKNOWLEDGE, last.sequence(), last.port(), last.body()));
        return messages;
    }

    private Optional<Refusal> send(NetlinkConnection connection, List<NetlinkMessage> messages) {
        return connection.batch(messages).map(refused -> {
            boolean whole = refused.index() < 1 || refused.index() > commands.size();
            Command command = whole ? whole() : commands.get(refused.index() - 1);
            return new Refusal(command, refused.answer());
        });
    }

    private Command whole() {
        Command last = commands.getLast();
        return new Command(last.message(), "nf_tables transaction with " + last.operation(), last.object());
    }

    private static NetlinkMessage boundary(int type) {
        byte[] structure = ByteBuffer.allocate(4)
                .putShort((short) 0)
                .putShort((short) SUBSYSTEM)
                .array();
        return new NetlinkMessage(type, NetlinkMessage.REQUEST, 0, 0, structure);
    }
}
