package io.vipkeeper.netlink;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.vipkeeper.linux.Nic;
import io.vipkeeper.vip.VipEvent.AddressFound;
import io.vipkeeper.vip.VipEvent.AddressLost;
import io.vipkeeper.vip.VipEvent.LinkChanged;
import io.vipkeeper.vip.VirtualIp;

import static org.assertj.core.api.Assertions.assertThat;

final class WatchedLevelTest {
    private static final Nic UP = new Nic("nic0", 3, "02:00:5e:10:00:01", 1, true);
    private static final Nic NO_CARRIER = new Nic("nic0", 3, "02:00:5e:10:00:01", 1, false);
    private static final Nic ADMIN_DOWN = new Nic("nic0", 3, "02:00:5e:10:00:01", 0, true);

    private VirtualIp vip;
    private WatchedLevel level;

    @BeforeEach
    void watch() throws UnknownHostException {
        vip = VirtualIp.host(InetAddress.getByName("192.0.2.10"));
        level = new WatchedLevel("nic0", List.of(vip), false);
    }

    @Test
    void tellsALinkOnlyWhenItChanges() {
        assertThat(level.link(link(UP), false)).containsExactly(new LinkChanged(true));
        assertThat(level.link(link(UP), false)).isEmpty();
        assertThat(level.link(link(NO_CARRIER), false)).containsExactly(new LinkChanged(false));
        assertThat(level.link(link(ADMIN_DOWN), false)).isEmpty();
        assertThat(level.link(link(UP), false)).containsExactly(new LinkChanged(true));
        assertThat(level.link(link(UP), true)).as("deleted").containsExactly(new LinkChanged(false));
    }

    @Test
    void leavesOtherInterfacesAndBridgePortMessagesAlone() {
        level.link(link(UP), false);
        assertThat(level.link(link(new Nic("nic1", 4, "", 0, false)), false)).isEmpty();
        assertThat(level.link(new LinkMessage(7, UP), true))
                .as("left its bridge")
                .isEmpty();
    }

    @Test
    void aRenamedInterfaceIsGone() {
        level.link(link(UP), false);
        assertThat(level.link(link(new Nic("nic9", 3, "", 1, true)), false)).containsExactly(new LinkChanged(false));
        assertThat(level.link(link(UP), false)).containsExactly(new LinkChanged(true));
    }

    @Test
    void existingIsEnoughWhereAllowed() {
        WatchedLevel lenient = new WatchedLevel("nic0", List.of(vip), true);
        assertThat(lenient.link(link(ADMIN_DOWN), false)).containsExactly(new LinkChanged(true));
        assertThat(lenient.link(link(ADMIN_DOWN), true)).containsExactly(new LinkChanged(false));
    }

    @Test
    void findsTheAddressAnywhereButLosesItOnlyInItsPlace() throws UnknownHostException {
        level.link(link(UP), false);
        assertThat(level.address(address(32, 3, 0x76), false)).containsExactly(new AddressFound(vip, true, false));
        assertThat(level.address(address(24, 8, 0), false)).containsExactly(new AddressFound(vip, false, false));
        assertThat(level.address(address(24, 8, 0), true)).isEmpty();
        assertThat(level.address(address(24, 3, 0), true)).isEmpty();
        assertThat(level.address(address(32, 3, 0x76), true)).containsExactly(new AddressLost(vip));
    }

    @Test
    void aDumpTellsTheWholeLevel() throws UnknownHostException {
        assertThat(level.resync(Optional.empty(), List.of()))
                .containsExactly(new LinkChanged(false), new AddressLost(vip));
        assertThat(level.resync(Optional.of(UP), List.of(address(32, 3, 0x76), address(24, 8, 0))))
                .containsExactly(
                        new LinkChanged(true), new AddressFound(vip, true, false), new AddressFound(vip, false, false));
        assertThat(level.resync(Optional.of(UP), List.of(address(24, 8, 0))))
                .containsExactly(new AddressFound(vip, false, false), new AddressLost(vip));
    }

    private AddressMessage address(int prefix, int index, int protocol) throws UnknownHostException {
        return new AddressMessage(InetAddress.getByName("192.0.2.10"), prefix, index, 0, protocol, 60, 60);
    }

    private static LinkMessage link(Nic nic) {
        return new LinkMessage(0, nic);
    }
}
