package io.vipkeeper.pool.turn;

import java.time.Instant;
import java.util.List;
import java.util.Set;

import io.vipkeeper.pool.Address;
import io.vipkeeper.pool.Family;
import io.vipkeeper.pool.ledger.FamilyPolicy;
import io.vipkeeper.pool.ledger.Port;
import io.vipkeeper.pool.ledger.ServiceId;

/**
 * A Service as the API server shows it; any Service, since all of their addresses are in use.
 *
 * @param version its resourceVersion
 * @param texts what its owner and this program wrote
 * @param elsewhere its other addresses: in its status, its external ones, its cluster's
 */
public record Applicant(
        ServiceId id,
        String uid,
        String version,
        Instant created,
        Stage stage,
        List<Family> families,
        FamilyPolicy policy,
        Set<Port> ports,
        Texts texts,
        Set<Address> elsewhere) {

    /** What it is to whoever hands out addresses. */
    public enum Stage {
        /** A LoadBalancer of ours. */
        WANTS,
        /** One that is being deleted: its addresses are in use until it is gone. */
        LEAVING,
        /** Any other Service. */
        OTHER
    }

    /**
     * Each empty if it is not there.
     *
     * @param annotation {@code kube-vip.io/loadbalancerIPs}
     * @param loadBalancerIp of its spec
     * @param stamp {@link AddressWrite#STAMP}
     * @param labelled whether it has the label that kube-vip-cloud-provider puts onto what it dealt with
     */
    public record Texts(String annotation, String loadBalancerIp, String stamp, boolean labelled) {}

    /** Whether this is a younger version than that; of versions that are no numbers, any is. */
    boolean isNewerThan(String other) {
        return isNewer(version, other);
    }

    static boolean isNewer(String version, String other) {
        boolean numbers = version.matches("[0-9]{1,18}") && other.matches("[0-9]{1,18}");
        return numbers ? Long.parseLong(version) > Long.parseLong(other) : !version.equals(other);
    }
}
