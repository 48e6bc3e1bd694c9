package io.vipkeeper.pool.turn;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import io.vipkeeper.pool.Address;
import io.vipkeeper.pool.ledger.Grant;
import io.vipkeeper.pool.ledger.ServiceId;

/**
 * What is to be stored on a Service, in the places where kube-vip-cloud-provider stores it, if it still is at that
 * version.
 *
 * @param version the resourceVersion that it was decided for
 * @param loadBalancerIp empty where the spec's is not to be touched
 * @param interfaceName for {@code kube-vip.io/serviceInterface}; empty where that is not to be touched
 * @param stamp for {@link #STAMP}
 */
public record AddressWrite(
        ServiceId id,
        String version,
        List<Grant> grants,
        Optional<String> loadBalancerIp,
        Optional<String> interfaceName,
        String stamp) {

    public static final String ADDRESSES = "kube-vip.io/loadbalancerIPs";
    public static final String INTERFACE = "kube-vip.io/serviceInterface";
    public static final String STAMP = "vipkeeper.io/allocated";
    public static final String LABEL = "implementation";
    public static final String LABEL_VALUE = "kube-vip";

    /** For {@link #ADDRESSES}. */
    public String annotation() {
        return text(grants.stream().map(Grant::address).toList());
    }

    static String text(List<Address> addresses) {
        return addresses.stream().map(Address::toString).collect(Collectors.joining(","));
    }
}
