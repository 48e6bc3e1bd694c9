package io.vipkeeper.cli;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.MultiEmitter;
import org.junit.jupiter.api.Test;

import io.vipkeeper.vip.VipEvent;
import io.vipkeeper.vip.VirtualIp;

import static org.assertj.core.api.Assertions.assertThat;

class ServiceWatchesTest {
    private static final VirtualIp A = vip("192.0.2.10");
    private static final VirtualIp B = vip("192.0.2.11");

    private final List<VipEvent> told = new ArrayList<>();
    private final List<String> begun = new ArrayList<>();
    private final Map<String, MultiEmitter<? super VipEvent>> emitters = new HashMap<>();
    private final ServiceWatches watches = new ServiceWatches(this::sources, told::add);

    private List<Multi<VipEvent>> sources(String nic, List<VirtualIp> vips) {
        begun.add(nic + vips);
        return List.of(Multi.createFrom().emitter(emitter -> emitters.put(nic, emitter)));
    }

    private static VirtualIp vip(String text) {
        try {
            return VirtualIp.host(InetAddress.getByName(text));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Test
    void onlyTheInterfaceWhoseAddressesChangedIsWatchedAnew() {
        // given
        watches.want(Map.of(A, "eth0", B, "eth1"));
        watches.follow();
        MultiEmitter<? super VipEvent> first = emitters.get("eth1");

        // when
        watches.want(Map.of(A, "eth0"));
        watches.follow();
        watches.follow();

        // then
        assertThat(begun).containsExactly("eth0[" + A + "]", "eth1[" + B + "]");
        assertThat(first.isCancelled()).isTrue();
        assertThat(emitters.get("eth0").isCancelled()).isFalse();
    }

    @Test
    void whatHappensToAnAddressIsToldAndWhatHappensToTheLinkIsNot() {
        // given
        watches.want(Map.of(A, "eth0"));
        watches.follow();

        // when
        emitters.get("eth0").emit(new VipEvent.LinkChanged(false)).emit(new VipEvent.AddressLost(A));

        // then
        assertThat(told).containsExactly(new VipEvent.AddressLost(A));
    }
}
