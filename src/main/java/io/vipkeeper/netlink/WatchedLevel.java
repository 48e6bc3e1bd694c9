package io.vipkeeper.netlink;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import io.vipkeeper.linux.Nic;
import io.vipkeeper.vip.VipEvent;
import io.vipkeeper.vip.VirtualIp;

/**
 * What is known of the VIPs' interface, folded from notifications and dumps into events. Pure: no socket, thread or
 * clock.
 */
final class WatchedLevel {
    private final String interfaceName;
    private final List<VirtualIp> vips;
    private final boolean allowInterfaceNotUp;
    private OptionalInt index = OptionalInt.empty();
    private Optional<Boolean> usable = Optional.empty();

    WatchedLevel(String interfaceName, List<VirtualIp> vips, boolean allowInterfaceNotUp) {
        this.interfaceName = interfaceName;
        this.vips = List.copyOf(vips);
        this.allowInterfaceNotUp = allowInterfaceNotUp;
    }

    /** An interface is there, perhaps changed, or gone. */
    List<VipEvent> link(LinkMessage link, boolean gone) {
        if (!link.isInterface()) {
            return List.of();
        }
        Nic nic = link.nic();
        if (!gone && nic.name().equals(interfaceName)) {
            return changeTo(Optional.of(nic));
        }
        boolean deletedOrRenamed = index.isPresent() && index.getAsInt() == nic.index();
        return deletedOrRenamed ? changeTo(Optional.empty()) : List.of();
    }

    /** An address was put on or renewed, or it is gone. */
    List<VipEvent> address(AddressMessage address, boolean gone) {
        List<VipEvent> events = new ArrayList<>();
        for (VirtualIp vip : vips) {
            if (!address.isAddressOf(vip)) {
                continue;
            }
            if (!gone) {
                events.add(found(vip, address));
            } else if (isInPlace(address, vip)) {
                events.add(new VipEvent.AddressLost(vip));
            }
        }
        return events;
    }

    /** Everything as it is now. */
    List<VipEvent> resync(Optional<Nic> nic, List<AddressMessage> addresses) {
        List<VipEvent> events = new ArrayList<>(changeTo(nic));
        for (VirtualIp vip : vips) {
            List<AddressMessage> ofVip = addresses.stream()
                    .filter(address -> address.isAddressOf(vip))
                    .toList();
            ofVip.forEach(address -> events.add(found(vip, address)));
            if (ofVip.stream().noneMatch(address -> isInPlace(address, vip))) {
                events.add(new VipEvent.AddressLost(vip));
            }
        }
        return events;
    }

    private List<VipEvent> changeTo(Optional<Nic> nic) {
        index = nic.isPresent() ? OptionalInt.of(nic.get().index()) : OptionalInt.empty();
        boolean now = nic.isPresent() && (allowInterfaceNotUp || nic.get().usable());
        if (usable.isPresent() && usable.get() == now) {
            return List.of();
        }
        usable = Optional.of(now);
        return List.of(new VipEvent.LinkChanged(now));
    }

    private boolean isInPlace(AddressMessage address, VirtualIp vip) {
        return index.isPresent() && index.getAsInt() == address.index() && address.prefix() == vip.prefix();
    }

    private static VipEvent found(VirtualIp vip, AddressMessage address) {
        return new VipEvent.AddressFound(vip, address.byElector(), address.permanent());
    }
}
