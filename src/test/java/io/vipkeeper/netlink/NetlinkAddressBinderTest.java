package io.vipkeeper.netlink;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.vipkeeper.linux.Errno;
import io.vipkeeper.vip.BindOutcome;
import io.vipkeeper.vip.VirtualIp;

import static org.assertj.core.api.Assertions.assertThat;

final class NetlinkAddressBinderTest {
    private static final BindOutcome DONE = new BindOutcome.Done();
    private static final int OURS = AddressMessage.OUR_PROTOCOL;
    private static final int BOUND_FLAGS = AddressMessage.NO_PREFIX_ROUTE | AddressMessage.DEPRECATED;

    private final FakeKernel kernel = new FakeKernel();
    private final VirtualIp vip = vip("192.0.2.10", 32);

    @Test
    void bindsWithMarkAndLifetimeAndRenewsInPlace() {
        // given
        NetlinkAddressBinder binder = binder();

        // when
        assertThat(binder.bind(vip, 4)).isEqualTo(DONE);
        // then
        assertThat(kernel.addresses).containsExactly(address("192.0.2.10", 32, 3, BOUND_FLAGS, OURS, 0, 4));

        // when
        kernel.requests.clear();
        assertThat(binder.bind(vip, 5)).isEqualTo(DONE);
        // then
        assertThat(kernel.addresses).containsExactly(address("192.0.2.10", 32, 3, BOUND_FLAGS, OURS, 0, 5));
        assertThat(kernel.requests).doesNotContain(NetlinkMessage.DELETE_ADDRESS);
    }

    @Test
    void bindsIpv6WithoutDuplicateAddressDetection() {
        // when
        assertThat(binder().bind(vip("2001:db8::10", 128), 4)).isEqualTo(DONE);

        // then
        int flags = BOUND_FLAGS | AddressMessage.NO_DUPLICATE_DETECTION;
        assertThat(kernel.addresses).containsExactly(address("2001:db8::10", 128, 3, flags, OURS, 0, 4));
    }

    @Test
    void replacesAnAddressWhoseFlagsAreNotTheRightOnes() {
        // given what kube-vip leaves, a failed duplicate detection, and stale ones elsewhere
        kernel.addresses.add(address("192.0.2.10", 32, 3, 0xa0, 0, 0, AddressMessage.FOREVER));
        kernel.addresses.add(address("192.0.2.10", 24, 3, 0xa0, 0, 0, AddressMessage.FOREVER));
        kernel.addresses.add(address("192.0.2.10", 32, 7, BOUND_FLAGS, OURS, 0, 9));
        int failed = BOUND_FLAGS | AddressMessage.DUPLICATE_DETECTION_FAILED;
        kernel.addresses.add(address("2001:db8::10", 128, 3, failed, OURS, 0, 9));
        kernel.addresses.add(address("192.0.2.11", 32, 3, 0xa0, 0, 0, AddressMessage.FOREVER));
        NetlinkAddressBinder binder = binder();

        // when
        assertThat(binder.bind(vip, 4)).isEqualTo(DONE);
        assertThat(binder.bind(vip("2001:db8::10", 128), 4)).isEqualTo(DONE);

        // then
        assertThat(kernel.addresses)
                .containsExactlyInAnyOrder(
                        address("192.0.2.10", 32, 3, BOUND_FLAGS, OURS, 0, 4),
                        address(
                                "2001:db8::10",
                                128,
                                3,
                                BOUND_FLAGS | AddressMessage.NO_DUPLICATE_DETECTION,
                                OURS,
                                0,
                                4),
                        address("192.0.2.11", 32, 3, 0xa0, 0, 0, AddressMessage.FOREVER));
    }

    @Test
    void managesWithAKernelThatIgnoresTheMark() {
        // given
        kernel.knowsProtocol = false;
        NetlinkAddressBinder binder = binder();
        assertThat(binder.bind(vip, 4)).isEqualTo(DONE);
        kernel.requests.clear();

        // when
        assertThat(binder.bind(vip, 5)).isEqualTo(DONE);

        // then it is renewed in place all the same, and known as an elector's
        assertThat(kernel.requests).doesNotContain(NetlinkMessage.DELETE_ADDRESS);
        assertThat(binder.unbind(vip)).isEqualTo(DONE);
        assertThat(kernel.addresses).isEmpty();
    }

    @Test
    void managesWithAKernelThatRefusesTheMark() {
        // given
        kernel.refusesProtocol = true;

        // when
        assertThat(binder().bind(vip, 4)).isEqualTo(DONE);

        // then
        assertThat(kernel.addresses).containsExactly(address("192.0.2.10", 32, 3, BOUND_FLAGS, 0, 0, 4));
    }

    @Test
    void leavesAnAddressOfTheNodeAlone() {
        // given
        AddressMessage own = address("192.0.2.10", 24, 7, 0x80, 0, AddressMessage.FOREVER, AddressMessage.FOREVER);
        kernel.addresses.add(own);
        NetlinkAddressBinder binder = binder();

        // when
        BindOutcome bound = binder.bind(vip, 4);
        BindOutcome unbound = binder.unbind(vip);

        // then
        assertThat(List.of(bound, unbound))
                .containsOnly(new BindOutcome.Refused("192.0.2.10/24 on interface 7 was not put there by an elector"
                        + " and stays: choose another VIP or remove it"));
        assertThat(kernel.addresses).containsExactly(own);
    }

    @Test
    void looksTheInterfaceUpAgainWhenItsIndexIsGone() {
        // given
        NetlinkAddressBinder binder = binder();
        kernel.interfaceIndex = 12;

        // when
        assertThat(binder.bind(vip, 4)).isEqualTo(DONE);

        // then
        assertThat(kernel.addresses).extracting(AddressMessage::index).containsExactly(12);
    }

    @Test
    void refusesWhileTheInterfaceIsAbsentAndBindsWhenItAppears() {
        // given
        kernel.interfaceIndex = 0;
        NetlinkAddressBinder binder = binder();

        // when
        BindOutcome absent = binder.bind(vip, 4);
        kernel.interfaceIndex = 3;

        // then
        assertThat(absent)
                .isEqualTo(new BindOutcome.Refused(
                        "RTM_NEWADDR 192.0.2.10/32 on nic0 failed: ENODEV (no such interface)"));
        assertThat(binder.bind(vip, 4)).isEqualTo(DONE);
    }

    @Test
    void tellsTheRefusalOfTheKernel() {
        // given
        NetlinkAddressBinder binder = binder();
        kernel.refusal = Errno.EPERM.negated();

        // then
        assertThat(binder.bind(vip, 4))
                .isEqualTo(new BindOutcome.Refused("RTM_NEWADDR 192.0.2.10/32 on nic0 failed: EPERM"
                        + " (not permitted: NET_ADMIN or NET_RAW is missing)"));
    }

    @Test
    void anAbsentAddressIsUnbound() {
        assertThat(binder().unbind(vip)).isEqualTo(DONE);
    }

    @Test
    void aSilentOrBrokenKernelIsARefusalAndNotAnException() {
        // given
        NetlinkAddressBinder binder = binder();

        // when the answer is lost
        kernel.onTheWay = datagram -> new byte[0];
        // then
        assertThat(binder.bind(vip, 4)).isInstanceOf(BindOutcome.Refused.class);
        assertThat(binder.unbind(vip)).isInstanceOf(BindOutcome.Refused.class);

        // when it makes no sense
        kernel.onTheWay = datagram -> new byte[] {1, 2, 3};
        // then
        assertThat(binder.bind(vip, 4)).isInstanceOf(BindOutcome.Refused.class);

        // when it is well again, with answers to earlier questions still under way
        kernel.onTheWay = datagram -> datagram;
        // then
        assertThat(binder.bind(vip, 4)).isEqualTo(DONE);
    }

    @Test
    void closesItsSocket() {
        binder().close();
        assertThat(kernel.openSockets).isZero();
    }

    private NetlinkAddressBinder binder() {
        return new NetlinkAddressBinder(kernel, FakeKernel.INTERFACE);
    }

    private static AddressMessage address(
            String address, int prefix, int index, int flags, int protocol, long preferred, long valid) {
        return new AddressMessage(inet(address), prefix, index, flags, protocol, preferred, valid);
    }

    private static VirtualIp vip(String address, int prefix) {
        return new VirtualIp(inet(address), prefix);
    }

    private static InetAddress inet(String address) {
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
