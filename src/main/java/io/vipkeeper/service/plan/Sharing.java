package io.vipkeeper.service.plan;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import io.vipkeeper.vip.VirtualIp;

/** Which Lease decides over which address. */
public sealed interface Sharing {

    /**
     * The Leases that are campaigned for whether or not a Service needs them, so that the first one finds a holder.
     */
    List<LeaseRef> standing();

    /** The Lease of this address of this Service. */
    LeaseRef of(ServiceView service, InetAddress address);

    /** Whether a holder of this Lease may be chosen with a Service's endpoints in view. */
    boolean isOwn(LeaseRef lease);

    /**
     * A fixed number of Leases. An address stays with its group whatever becomes of the Services that want it, so those
     * who share one are together, and two nodes that see different Services never disagree about it. A Service with the
     * Local policy cannot go where its group is: its address has a Lease of its own.
     */
    record Groups(String namespace, int count) implements Sharing {
        private static final String GROUP = "vipkeeper-services-";
        private static final String ADDRESS = "vipkeeper-service-";

        @Override
        public List<LeaseRef> standing() {
            return IntStream.range(0, count).mapToObj(this::group).toList();
        }

        @Override
        public LeaseRef of(ServiceView service, InetAddress address) {
            if (service.local()) {
                String name = Sharing.text(address).replaceAll("[.:]+", "-").replaceAll("^-|-$", "0");
                return new LeaseRef(namespace, ADDRESS + name);
            }
            // The hash of an array is specified, and spreads neighbouring addresses evenly.
            return group(Math.floorMod(Arrays.hashCode(address.getAddress()), count));
        }

        @Override
        public boolean isOwn(LeaseRef lease) {
            return lease.name().startsWith(ADDRESS);
        }

        private LeaseRef group(int number) {
            return new LeaseRef(namespace, GROUP + number);
        }
    }

    /** One Lease for all, as kube-vip has it; a Service with the Local policy is served while its holder can. */
    record Single(LeaseRef lease) implements Sharing {
        @Override
        public List<LeaseRef> standing() {
            return List.of(lease);
        }

        @Override
        public LeaseRef of(ServiceView service, InetAddress address) {
            return lease;
        }

        @Override
        public boolean isOwn(LeaseRef other) {
            return false;
        }
    }

    /**
     * kube-vip's {@code svc_election}: {@code kubevip-} and the Service's name, beside the Service, unless an annotation
     * names another.
     */
    record PerService() implements Sharing {
        private static final String PREFIX = "kubevip-";

        /** Of what the API server would refuse anyway nothing is to be made of a path. */
        private static final Pattern NAME =
                Pattern.compile("(?:[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?/)?[a-z0-9](?:[-a-z0-9]{0,251}[a-z0-9])?");

        @Override
        public List<LeaseRef> standing() {
            return List.of();
        }

        @Override
        public LeaseRef of(ServiceView service, InetAddress address) {
            return of(service);
        }

        LeaseRef of(ServiceView service) {
            String named = service.annotation(ServiceView.LEASE);
            String own = service.key().namespace();
            if (!NAME.matcher(named).matches()) {
                return new LeaseRef(own, PREFIX + service.key().name());
            }
            return LeaseRef.of(named, own);
        }

        @Override
        public boolean isOwn(LeaseRef lease) {
            return true;
        }
    }

    /** kube-vip's {@code per_service_election_on_demand}: annotated Services have their own, the rest has {@code base}. */
    record OnDemand(Sharing base) implements Sharing {
        private static final PerService OWN = new PerService();

        @Override
        public List<LeaseRef> standing() {
            return base.standing();
        }

        @Override
        public LeaseRef of(ServiceView service, InetAddress address) {
            return (service.says(ServiceView.OWN_ELECTION) ? OWN : base).of(service, address);
        }

        @Override
        public boolean isOwn(LeaseRef lease) {
            return !standing().contains(lease);
        }
    }

    /** The address alone, in the form of RFC 5952 for IPv6. */
    static String text(InetAddress address) {
        String whole = VirtualIp.host(address).toString();
        return whole.substring(0, whole.indexOf('/'));
    }
}
