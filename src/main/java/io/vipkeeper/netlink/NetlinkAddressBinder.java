package io.vipkeeper.netlink;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import io.vipkeeper.linux.Errno;
import io.vipkeeper.linux.KernelException;
import io.vipkeeper.linux.Libc;
import io.vipkeeper.linux.Nic;
import io.vipkeeper.vip.AddressBinder;
import io.vipkeeper.vip.BindOutcome;
import io.vipkeeper.vip.VirtualIp;

import static io.vipkeeper.netlink.AddressMessage.DUPLICATE_DETECTION_FAILED;
import static io.vipkeeper.netlink.AddressMessage.NO_DUPLICATE_DETECTION;
import static io.vipkeeper.netlink.AddressMessage.NO_PREFIX_ROUTE;
import static io.vipkeeper.netlink.AddressMessage.OPTIMISTIC;
import static io.vipkeeper.netlink.AddressMessage.TENTATIVE;

/**
 * Binds with a lifetime after which the kernel removes the address without any code running here; never chosen as a
 * source (preferred lifetime 0), without a prefix route, without duplicate address detection (its second would be the
 * clients' second), and marked with IFA_PROTO, which kernels before 5.18 ignore.
 *
 * <p>The kernel removes the address some 20 ms before to 250 ms after the lifetime's end, but up to one second after it
 * when any other address with a lifetime was changed shortly before: Linux looks at most once a second.
 *
 * <p>An IPv4 VIP with a prefix shorter than /32 that is on the interface before the node's own address of that subnet is
 * its primary address: when it goes, Linux deletes the node's address too, unless promote_secondaries is set.
 *
 * <p>Touches only addresses that an elector put there ({@link AddressMessage#byElector}).
 */
public final class NetlinkAddressBinder implements AddressBinder, AutoCloseable {
    private static final int NO_INTERFACE = 0;
    private static final int UNSETTLED = TENTATIVE | DUPLICATE_DETECTION_FAILED | OPTIMISTIC;

    private final NetlinkConnection connection;
    private final String interfaceName;
    private OptionalInt index = OptionalInt.empty();
    private int protocol = AddressMessage.OUR_PROTOCOL;

    /**
     * Opens the socket and asks once around, so that the first bind finds everything loaded.
     *
     * @param interfaceName of the NIC for the VIPs; it need not exist yet
     * @throws KernelException if the kernel gives no socket or does not answer
     */
    public NetlinkAddressBinder(Libc libc, String interfaceName) {
        this.interfaceName = interfaceName;
        this.connection = new NetlinkConnection(libc);
        walk();
    }

    @Override
    public void rehearse() {
        try {
            walk();
        } catch (KernelException e) {
            // The next bind looks again, and tells.
            index = OptionalInt.empty();
        }
    }

    private void walk() {
        VirtualIp.NOWHERE.forEach(this::rehearse);
        lookUp();
    }

    @Override
    public BindOutcome bind(VirtualIp vip, int validSeconds) {
        try {
            List<AddressMessage> present = present(vip);
            Optional<AddressMessage> foreign = foreign(present);
            if (foreign.isPresent()) {
                return refusedForeign(vip, foreign.get());
            }
            int answer = put(vip, validSeconds, present);
            if (Errno.ENODEV.is(answer)) {
                lookUp();
                answer = put(vip, validSeconds, present);
            }
            if (answer < 0) {
                return refused("RTM_NEWADDR", vip, interfaceName, answer);
            }
            deleteElsewhere(vip, present);
            return new BindOutcome.Done();
        } catch (KernelException e) {
            return new BindOutcome.Refused(e.getMessage());
        }
    }

    @Override
    public BindOutcome unbind(VirtualIp vip) {
        try {
            BindOutcome outcome = new BindOutcome.Done();
            for (AddressMessage address : present(vip)) {
                if (!address.byElector()) {
                    outcome = refusedForeign(vip, address);
                    continue;
                }
                int answer = delete(address);
                if (answer < 0 && !Errno.EADDRNOTAVAIL.is(answer) && !Errno.ENODEV.is(answer)) {
                    outcome = refused("RTM_DELADDR", vip, "interface " + address.index(), answer);
                }
            }
            return outcome;
        } catch (KernelException e) {
            return new BindOutcome.Refused(e.getMessage());
        }
    }

    @Override
    public void close() {
        connection.close();
    }

    /**
     * Walks the path of a bind and an unbind without changing anything, so that class loading, call-site linkage and
     * the first system calls are paid for before a take-over: the kernel refuses interface 0 as unknown.
     */
    private void rehearse(VirtualIp nowhere) {
        index = OptionalInt.of(NO_INTERFACE);
        List<AddressMessage> present = present(nowhere);
        int answer = foreign(present).isPresent() ? 0 : put(nowhere, 1, present);
        deleteElsewhere(nowhere, present);
        refused("RTM_NEWADDR", nowhere, interfaceName, answer);
        unbind(nowhere);
    }

    /**
     * One request renews the lifetime of an address that is as it should be. Nothing else about an address can be
     * changed in place: for IPv4 the kernel keeps flags and mark, for IPv6 the prefix, so such a one is deleted first.
     */
    private int put(VirtualIp vip, int validSeconds, List<AddressMessage> present) {
        if (index.isEmpty()) {
            lookUp();
        }
        if (index.isEmpty()) {
            return Errno.ENODEV.negated();
        }
        present.stream()
                .filter(address -> address.index() == index.getAsInt())
                .filter(address -> isInPlace(address, vip) ? !isRenewable(address) : vip.isIpv6())
                .forEach(this::delete);
        int answer = add(vip, validSeconds);
        if (protocol != 0 && (Errno.EINVAL.is(answer) || Errno.EOPNOTSUPP.is(answer))) {
            return addWithoutMark(vip, validSeconds, answer);
        }
        return answer;
    }

    /** A kernel that knows IFA_PROTO's place in the message but not the attribute may refuse it. */
    private int addWithoutMark(VirtualIp vip, int validSeconds, int refusal) {
        int marked = protocol;
        protocol = 0;
        int answer = add(vip, validSeconds);
        if (answer < 0) {
            protocol = marked;
            return refusal;
        }
        return answer;
    }

    private int add(VirtualIp vip, int validSeconds) {
        int flags = NO_PREFIX_ROUTE | (vip.isIpv6() ? NO_DUPLICATE_DETECTION : 0);
        AddressMessage address =
                new AddressMessage(vip.address(), vip.prefix(), index.getAsInt(), flags, protocol, 0, validSeconds);
        return connection.change(
                NetlinkMessage.NEW_ADDRESS, NetlinkMessage.CREATE | NetlinkMessage.REPLACE, address.encode());
    }

    private int delete(AddressMessage address) {
        return connection.change(NetlinkMessage.DELETE_ADDRESS, 0, address.encode());
    }

    private List<AddressMessage> present(VirtualIp vip) {
        return Interfaces.addresses(connection, AddressMessage.family(vip.address())).stream()
                .filter(address -> address.isAddressOf(vip))
                .toList();
    }

    private static Optional<AddressMessage> foreign(List<AddressMessage> present) {
        return present.stream().filter(address -> !address.byElector()).findFirst();
    }

    private void deleteElsewhere(VirtualIp vip, List<AddressMessage> present) {
        present.stream().filter(address -> !isInPlace(address, vip)).forEach(this::delete);
    }

    private boolean isInPlace(AddressMessage address, VirtualIp vip) {
        return index.isPresent() && address.index() == index.getAsInt() && address.prefix() == vip.prefix();
    }

    /** Not by its mark, which an old kernel does not keep: kube-vip's addresses differ by their prefix route as well. */
    private static boolean isRenewable(AddressMessage address) {
        return (address.flags() & NO_PREFIX_ROUTE) != 0 && (address.flags() & UNSETTLED) == 0;
    }

    private void lookUp() {
        Optional<Nic> nic = Interfaces.find(connection, interfaceName);
        index = nic.isPresent() ? OptionalInt.of(nic.get().index()) : OptionalInt.empty();
    }

    private static BindOutcome refusedForeign(VirtualIp vip, AddressMessage address) {
        return new BindOutcome.Refused(vip.address().getHostAddress() + "/" + address.prefix() + " on interface "
                + address.index() + " was not put there by an elector and stays: choose another VIP or remove it");
    }

    private static BindOutcome refused(String operation, VirtualIp vip, String nic, int answer) {
        return new BindOutcome.Refused(new KernelException(operation, vip + " on " + nic, answer).getMessage());
    }
}
