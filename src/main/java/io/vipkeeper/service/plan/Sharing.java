package io.vipkeeper.service.plan;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

    /** Why the Service cannot have the Lease that it names, as a sentence. */
    default Optional<String> problem(ServiceView service) {
        return Optional.empty();
    }

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
     * names another there. Whoever may annotate a Service may not reach for a Lease of another namespace by that, nor
     * for one that decides over something else.
     *
     * @param reserved no Service's: the control plane's
     */
    record PerService(Set<LeaseRef> reserved) implements Sharing {
        private static final String PREFIX = "kubevip-";
        private static final String OURS = "vipkeeper-";

        public PerService {
            reserved = Set.copyOf(reserved);
        }

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
            return named.isEmpty() || problem(service).isPresent() ? usual(service) : named(service, named);
        }

        @Override
        public Optional<String> problem(ServiceView service) {
            String named = service.annotation(ServiceView.LEASE);
            LeaseRef lease = named.isEmpty() ? usual(service) : named(service, named);
            String subject = named.isEmpty()
                    ? "the Lease " + lease
                    : "annotation " + ServiceView.PREFIX + ServiceView.LEASE + "=\"" + Asked.shown(named) + "\"";
            if (!lease.namespace().equals(service.key().namespace())) {
                return Optional.of(subject + " names a Lease of another namespace: name one of namespace "
                        + service.key().namespace());
            }
            if (!DnsName.isSubdomain(lease.name())) {
                return Optional.of(subject + " is no name that a Lease can have: write lower-case letters, digits,"
                        + " dashes and dots");
            }
            return reserved.contains(lease) || lease.name().startsWith(OURS)
                    ? Optional.of(subject + " is taken for something else than a Service: name another Lease in the"
                            + " annotation " + ServiceView.PREFIX + ServiceView.LEASE)
                    : Optional.empty();
        }

        private static LeaseRef usual(ServiceView service) {
            return new LeaseRef(
                    service.key().namespace(), PREFIX + service.key().name());
        }

        private static LeaseRef named(ServiceView service, String named) {
            return LeaseRef.of(named, service.key().namespace());
        }

        @Override
        public boolean isOwn(LeaseRef lease) {
            return true;
        }
    }

    /**
     * kube-vip's {@code per_service_election_on_demand}: annotated Services have their own, the rest has {@code base}.
     */
    record OnDemand(Sharing base, PerService own) implements Sharing {
        @Override
        public List<LeaseRef> standing() {
            return base.standing();
        }

        @Override
        public LeaseRef of(ServiceView service, InetAddress address) {
            return chosen(service).of(service, address);
        }

        @Override
        public Optional<String> problem(ServiceView service) {
            return chosen(service).problem(service);
        }

        private Sharing chosen(ServiceView service) {
            return service.says(ServiceView.OWN_ELECTION) ? own : base;
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
