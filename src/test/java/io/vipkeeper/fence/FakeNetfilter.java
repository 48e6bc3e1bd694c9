package io.vipkeeper.fence;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

import io.vipkeeper.linux.Errno;
import io.vipkeeper.linux.FakeSocket;
import io.vipkeeper.netlink.MalformedMessageException;
import io.vipkeeper.netlink.NetlinkMessage;
import io.vipkeeper.netlink.RouteAttributes;

/** As much of nf_tables as a fence needs: one table, its sets with their elements, its chains with their rules. */
final class FakeNetfilter extends FakeSocket {
    static final int NEW_TABLE = 0;
    static final int DELETE_TABLE = 2;
    static final int NEW_CHAIN = 3;
    static final int GET_CHAIN = 4;
    static final int NEW_RULE = 6;
    static final int DELETE_RULE = 8;
    static final int NEW_SET = 9;
    static final int NEW_ELEMENT = 12;
    static final int DELETE_ELEMENT = 14;

    private static final int SUBSYSTEM = 0x0a00;
    private static final int BEGIN = 0x10;
    private static final int END = 0x11;

    /** What a transaction changes, and what is copied to undo it. */
    static final class State {
        boolean table;
        final Map<String, Integer> rules = new TreeMap<>();
        final Set<String> sets = new TreeSet<>();
        /** Milliseconds by set and address in hexadecimal. */
        final Map<String, Long> elements = new TreeMap<>();

        State copy() {
            State copy = new State();
            copy.table = table;
            copy.rules.putAll(rules);
            copy.sets.addAll(sets);
            copy.elements.putAll(elements);
            return copy;
        }
    }

    State state = new State();
    /** Of each transaction that was carried out, its commands. */
    final List<List<Integer>> transactions = new ArrayList<>();

    /** The interface that all chains are hooked in. */
    String device = "nic0";

    int datagramsSent;
    int socketAnswer = 5;
    /** Refusals by command, negated errnos; zero is of the batch as a whole. */
    final Map<Integer, Integer> refusals = new HashMap<>();

    Runnable whileSending = () -> {};
    UnaryOperator<byte[]> onTheWay = datagram -> datagram;
    final Deque<byte[]> answers = new ArrayDeque<>();
    int openSockets;

    @Override
    public int socket(int domain, int type, int protocol) {
        openSockets += socketAnswer > 0 ? 1 : 0;
        return protocol == 12 ? socketAnswer : Errno.EINVAL.negated();
    }

    @Override
    public int bind(int socket, byte[] address) {
        return 0;
    }

    @Override
    public int sendto(int socket, byte[] message, int flags, byte[] address) {
        datagramsSent++;
        try {
            List<NetlinkMessage> messages = NetlinkMessage.decodeAll(message, message.length);
            if (messages.getFirst().type() == BEGIN) {
                whileSending.run();
                batch(messages);
            } else {
                getChain(messages.getFirst());
            }
        } catch (MalformedMessageException e) {
            throw new AssertionError(e);
        }
        return message.length;
    }

    @Override
    public int recv(int socket, byte[] buffer, int flags) {
        byte[] answer = answers.poll();
        if (answer == null) {
            return Errno.EAGAIN.negated();
        }
        return handOut(onTheWay.apply(answer), buffer);
    }

    @Override
    public int close(int socket) {
        openSockets--;
        return 0;
    }

    /** As nfnetlink: goes on after an error, answers when all are through, keeps nothing without an end. */
    private void batch(List<NetlinkMessage> messages) throws MalformedMessageException {
        if (refusals.containsKey(0)) {
            acknowledge(messages.getFirst(), refusals.get(0));
            return;
        }
        State before = state.copy();
        List<Integer> commands = new ArrayList<>();
        boolean refused = false;
        for (NetlinkMessage message : messages.subList(1, messages.size())) {
            if (message.type() == END) {
                break;
            }
            commands.add(message.type() - SUBSYSTEM);
            int answer = carryOut(message);
            refused |= answer != 0;
            if (answer != 0 || (message.flags() & NetlinkMessage.ACKNOWLEDGE) != 0) {
                acknowledge(message, answer);
            }
        }
        if (refused || messages.getLast().type() != END) {
            state = before;
        } else {
            transactions.add(commands);
        }
    }

    private int carryOut(NetlinkMessage message) throws MalformedMessageException {
        RouteAttributes attributes = message.attributes(4);
        int command = message.type() - SUBSYSTEM;
        if (refusals.getOrDefault(command, 0) != 0) {
            return refusals.get(command);
        }
        if (!state.table && command != NEW_TABLE) {
            return Errno.ENOENT.negated();
        }
        switch (command) {
            case NEW_TABLE -> state.table = true;
            case DELETE_TABLE -> state = new State();
            case NEW_SET -> state.sets.add(text(attributes, 2));
            case NEW_CHAIN -> state.rules.putIfAbsent(text(attributes, 3), 0);
            case DELETE_RULE -> state.rules.put(text(attributes, 2), 0);
            case NEW_RULE -> state.rules.merge(text(attributes, 2), 1, Integer::sum);
            case NEW_ELEMENT, DELETE_ELEMENT -> {
                return element(command, attributes);
            }
            default -> throw new AssertionError("command " + command);
        }
        return 0;
    }

    /** As Linux before 6.12: adding what is there changes nothing. */
    private int element(int command, RouteAttributes attributes) throws MalformedMessageException {
        String set = text(attributes, 2);
        RouteAttributes element = nested(nested(attributes, 3), 1);
        String name =
                set + " " + HexFormat.of().formatHex(nested(element, 1).bytes(1).orElseThrow());
        if (!state.sets.contains(set) || command == DELETE_ELEMENT && !state.elements.containsKey(name)) {
            return Errno.ENOENT.negated();
        }
        if (command == DELETE_ELEMENT) {
            state.elements.remove(name);
        } else {
            long millis = ByteBuffer.wrap(element.bytes(4).orElseThrow()).getLong();
            state.elements.putIfAbsent(name, millis);
        }
        return 0;
    }

    private void getChain(NetlinkMessage question) throws MalformedMessageException {
        String chain = text(question.attributes(4), 3);
        if (!state.rules.containsKey(chain)) {
            acknowledge(question, Errno.ENOENT.negated());
            return;
        }
        byte[] body = new Attributes(new byte[4])
                .nest(4, new Attributes().text(3, device))
                .number(6, state.rules.get(chain))
                .encode();
        answers.add(new NetlinkMessage(SUBSYSTEM | NEW_CHAIN, 0, question.sequence(), 1, body).encode());
        acknowledge(question, 0);
    }

    private void acknowledge(NetlinkMessage question, int answer) {
        ByteBuffer errno = ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt(answer);
        answers.add(
                new NetlinkMessage(NetlinkMessage.ERROR, 0, question.sequence(), 1, Arrays.copyOf(errno.array(), 20))
                        .encode());
    }

    private static RouteAttributes nested(RouteAttributes outer, int type) throws MalformedMessageException {
        return RouteAttributes.decode(outer.bytes(type).orElseThrow());
    }

    private static String text(RouteAttributes attributes, int type) {
        byte[] bytes = attributes.bytes(type).orElseThrow();
        return new String(bytes, 0, bytes.length - 1, StandardCharsets.UTF_8);
    }
}
