package io.vipkeeper.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.UnaryOperator;

import io.vipkeeper.linux.Errno;
import io.vipkeeper.linux.FakeSocket;
import io.vipkeeper.linux.LinuxConstants;

/** A kernel with one interface and a list of addresses behind one netlink socket. */
final class FakeKernel extends FakeSocket {
    static final String INTERFACE = "nic0";

    final List<AddressMessage> addresses = new ArrayList<>();
    final List<Integer> requests = new ArrayList<>();
    int interfaceIndex = 3;
    boolean knowsProtocol = true;
    boolean refusesProtocol;
    boolean withoutIpv6;
    int refusal;
    /** Changes what the kernel sends, datagram by datagram. */
    UnaryOperator<byte[]> onTheWay = datagram -> datagram;

    final Deque<byte[]> datagrams = new ArrayDeque<>();
    int openSockets;

    @Override
    public int socket(int domain, int type, int protocol) {
        openSockets++;
        return 5;
    }

    @Override
    public int bind(int socket, byte[] address) {
        return 0;
    }

    @Override
    public int sendto(int socket, byte[] message, int flags, byte[] address) {
        try {
            answer(NetlinkMessage.decodeAll(message, message.length).getFirst());
        } catch (MalformedMessageException e) {
            return Errno.EINVAL.negated();
        }
        return message.length;
    }

    @Override
    public int recv(int socket, byte[] buffer, int flags) {
        byte[] datagram = datagrams.poll();
        if (datagram == null) {
            return Errno.EAGAIN.negated();
        }
        return handOut(onTheWay.apply(datagram), buffer);
    }

    @Override
    public int close(int socket) {
        openSockets--;
        return 0;
    }

    private void answer(NetlinkMessage request) throws MalformedMessageException {
        requests.add(request.type());
        switch (request.type()) {
            case NetlinkMessage.GET_LINK -> getLink(request);
            case NetlinkMessage.GET_ADDRESS -> dumpAddresses(request);
            case NetlinkMessage.NEW_ADDRESS -> acknowledge(request, put(AddressMessage.decode(request)));
            case NetlinkMessage.DELETE_ADDRESS -> acknowledge(request, remove(AddressMessage.decode(request)));
            default -> acknowledge(request, Errno.EOPNOTSUPP.negated());
        }
    }

    /** As Linux: renewing changes the lifetime only, and never the flags or the mark. */
    private int put(AddressMessage wanted) {
        if (wanted.index() != interfaceIndex) {
            return Errno.ENODEV.negated();
        }
        if (refusal != 0) {
            return refusal;
        }
        if (refusesProtocol && wanted.protocol() != 0) {
            return Errno.EINVAL.negated();
        }
        for (int i = 0; i < addresses.size(); i++) {
            AddressMessage known = addresses.get(i);
            if (same(known, wanted)) {
                addresses.set(i, with(known, known.flags(), known.protocol(), wanted));
                return 0;
            }
        }
        int protocol = knowsProtocol ? wanted.protocol() : 0;
        addresses.add(with(wanted, wanted.flags() | AddressMessage.DEPRECATED, protocol, wanted));
        return 0;
    }

    private int remove(AddressMessage wanted) {
        return addresses.removeIf(known -> same(known, wanted)) ? 0 : Errno.EADDRNOTAVAIL.negated();
    }

    private static boolean same(AddressMessage one, AddressMessage other) {
        return one.address().equals(other.address()) && one.prefix() == other.prefix() && one.index() == other.index();
    }

    private static AddressMessage with(AddressMessage base, int flags, int protocol, AddressMessage lifetimes) {
        return new AddressMessage(
                base.address(),
                base.prefix(),
                base.index(),
                flags,
                protocol,
                lifetimes.preferredSeconds(),
                lifetimes.validSeconds());
    }

    private void getLink(NetlinkMessage request) {
        if (interfaceIndex == 0) {
            acknowledge(request, Errno.ENODEV.negated());
            return;
        }
        byte[] structure = ByteBuffer.allocate(16)
                .order(ByteOrder.nativeOrder())
                .putInt(4, interfaceIndex)
                .putInt(8, 1)
                .array();
        byte[] body = new RouteAttributes.Writer(structure)
                .put(3, (INTERFACE + "\0").getBytes(StandardCharsets.UTF_8))
                .put(16, new byte[] {6})
                .bytes();
        send(new NetlinkMessage(NetlinkMessage.NEW_LINK, 0, request.sequence(), 1, body));
        acknowledge(request, 0);
    }

    private void dumpAddresses(NetlinkMessage request) {
        for (AddressMessage address : addresses) {
            int asked = request.body()[0];
            boolean unknownFamily = withoutIpv6 && asked == LinuxConstants.AF_INET6;
            if (unknownFamily || AddressMessage.family(address.address()) == asked) {
                send(new NetlinkMessage(NetlinkMessage.NEW_ADDRESS, 2, request.sequence(), 1, address.encode()));
            }
        }
        send(new NetlinkMessage(NetlinkMessage.DONE, 2, request.sequence(), 1, new byte[4]));
    }

    private void acknowledge(NetlinkMessage request, int answer) {
        byte[] body = Arrays.copyOf(
                ByteBuffer.allocate(4)
                        .order(ByteOrder.nativeOrder())
                        .putInt(answer)
                        .array(),
                20);
        send(new NetlinkMessage(NetlinkMessage.ERROR, 0, request.sequence(), 1, body));
    }

    private void send(NetlinkMessage message) {
        datagrams.add(message.encode());
    }
}
