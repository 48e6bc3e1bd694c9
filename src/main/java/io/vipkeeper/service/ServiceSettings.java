package io.vipkeeper.service;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Set;

import io.vipkeeper.lease.ElectorId;
import io.vipkeeper.lease.Timing;

/**
 * What the core is made for.
 *
 * @param timing of every Lease
 * @param arpRate the steady pause between announcements
 * @param writesStatus false: kube-vip's disable_service_updates
 * @param reserved the control plane's virtual IPs
 */
public record ServiceSettings(
        ElectorId elector, Timing timing, Duration arpRate, boolean writesStatus, Set<InetAddress> reserved) {
    public ServiceSettings {
        reserved = Set.copyOf(reserved);
    }

    String node() {
        return elector.identity();
    }
}
