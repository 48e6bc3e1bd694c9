package io.vipkeeper.service.plan;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.vipkeeper.service.plan.Plan.Ward;
import io.vipkeeper.vip.VirtualIp;

/** A plan while it is drawn: Services come one after the other, and the earlier one has the right. */
final class Draft {
    private static final List<String> UNSUPPORTED =
            List.of("loadbalancerHostname", "ddns", "macvlanName", "serviceVLAN", "rp_filter", "forwardUPNP", "egress");

    private final ServiceRules rules;
    private final Snapshot snapshot;
    private final Function<String, Optional<InetAddress>> literal;
    private final Map<VirtualIp, Claim> claims = new LinkedHashMap<>();
    private final Map<ServiceKey, Ward> wards = new LinkedHashMap<>();
    private final Set<LeaseRef> leases;
    private final List<Notice> notices = new ArrayList<>();

    /** Those who share an address. */
    private record Claim(LeaseRef lease, String nic, boolean local, List<ServiceView> services) {}

    Draft(ServiceRules rules, Snapshot snapshot, Function<String, Optional<InetAddress>> literal) {
        this.rules = rules;
        this.snapshot = snapshot;
        this.literal = literal;
        leases = new LinkedHashSet<>(rules.sharing().standing());
    }

    /** A Service that is no concern; if it says that an elector announces it, that is to be taken back. */
    void forsake(ServiceView service) {
        if (!service.host().isEmpty()) {
            ward(service, List.of());
        }
    }

    void refuse(ServiceView service, String reason, String note) {
        tell(service, true, reason, note);
    }

    /** The Service has no address, and is told why. */
    void tell(ServiceView service, boolean warning, String reason, String note) {
        ward(service, List.of());
        notices.add(new Notice(service.key(), service.uid(), warning, reason, note));
    }

    /** Whose an address is that cannot be a Service's, as a sentence. */
    Optional<String> taken(List<VirtualIp> vips, Map<InetAddress, String> nodes, Set<InetAddress> reserved) {
        for (VirtualIp vip : vips) {
            String owner = reserved.contains(vip.address())
                    ? "the control plane's virtual IP"
                    : Optional.ofNullable(nodes.get(vip.address()))
                            .map(node -> "an address of Node " + node)
                            .orElse("");
            if (!owner.isEmpty()) {
                return Optional.of(Sharing.text(vip.address()) + " is " + owner + ": choose another");
            }
        }
        return Optional.empty();
    }

    /** All of its addresses or none. */
    void place(ServiceView service, List<VirtualIp> vips) {
        Optional<String> misnamed = rules.sharing().problem(service);
        if (misnamed.isPresent()) {
            refuse(service, "LeaseRefused", misnamed.get());
            return;
        }
        for (VirtualIp vip : vips) {
            Optional<String> conflict =
                    Optional.ofNullable(claims.get(vip)).flatMap(claim -> conflict(claim, service, vip));
            if (conflict.isPresent()) {
                refuse(service, "AddressConflict", conflict.get());
                return;
            }
        }
        for (VirtualIp vip : vips) {
            claims.computeIfAbsent(
                            vip,
                            fresh -> new Claim(
                                    rules.sharing().of(service, fresh.address()),
                                    rules.nic(service),
                                    service.local(),
                                    new ArrayList<>()))
                    .services()
                    .add(service);
        }
        ward(service, vips);
        mentionUnsupported(service);
    }

    private Optional<String> conflict(Claim claim, ServiceView service, VirtualIp vip) {
        ServiceKey first = claim.services().getFirst().key();
        String address = Sharing.text(vip.address());
        for (ServiceView other : claim.services()) {
            if (!Collections.disjoint(other.ports(), service.ports())) {
                return Optional.of(address + " has the same port at Service " + other.key()
                        + ": choose another port or another address");
            }
        }
        if (claim.local() != service.local()) {
            return Optional.of(address + " is shared with Service " + first
                    + ", which has another externalTrafficPolicy: give both the same");
        }
        if (!claim.lease().equals(rules.sharing().of(service, vip.address()))) {
            return Optional.of(address + " is shared with Service " + first + ", which has the Lease " + claim.lease()
                    + ": name that in the annotation " + ServiceView.PREFIX + ServiceView.LEASE);
        }
        return claim.nic().equals(rules.nic(service))
                ? Optional.empty()
                : Optional.of(address + " is shared with Service " + first + ", which is on interface " + claim.nic()
                        + ": name that in the annotation " + ServiceView.PREFIX + ServiceView.INTERFACE);
    }

    private void mentionUnsupported(ServiceView service) {
        String found = UNSUPPORTED.stream()
                .filter(name -> !service.annotation(name).isEmpty()
                        && !service.annotation(name).equals("false"))
                .map(name -> ServiceView.PREFIX + name)
                .collect(Collectors.joining(", "));
        if (!found.isEmpty()) {
            notices.add(
                    new Notice(service.key(), service.uid(), true, "NotSupported", "vipkeeper does not obey " + found));
        }
    }

    private void ward(ServiceView service, List<VirtualIp> vips) {
        Map<String, LeaseRef> responsible = new HashMap<>();
        vips.forEach(vip ->
                responsible.put(Sharing.text(vip.address()), rules.sharing().of(service, vip.address())));
        for (String said : service.ingress()) {
            literal.apply(said)
                    .ifPresent(address -> responsible.put(said, rules.sharing().of(service, address)));
        }
        LeaseRef speaker =
                rules.sharing() instanceof Sharing.PerService own ? own.of(service) : standing(service.key());
        leases.addAll(responsible.values());
        leases.add(speaker);
        wards.put(service.key(), new Ward(service, vips, responsible, speaker));
    }

    private LeaseRef standing(ServiceKey key) {
        List<LeaseRef> all = rules.sharing().standing();
        return all.get(Math.floorMod(key.toString().hashCode(), all.size()));
    }

    Plan finish() {
        Map<VirtualIp, Placement> placements = new LinkedHashMap<>();
        claims.forEach((vip, claim) -> placements.put(vip, placement(vip, claim)));
        return new Plan(placements, wards, leases, notices);
    }

    private Placement placement(VirtualIp vip, Claim claim) {
        Set<ServiceKey> served = claim.services().stream()
                .filter(this::isServed)
                .map(ServiceView::key)
                .collect(Collectors.toSet());
        Optional<Set<String>> nodes = claim.local() ? Optional.of(common(served)) : Optional.empty();
        List<ServiceKey> keys = claim.services().stream().map(ServiceView::key).toList();
        return new Placement(vip, claim.lease(), claim.nic(), keys, served, nodes);
    }

    private boolean isServed(ServiceView service) {
        Endpoints endpoints = snapshot.of(service.key());
        return endpoints.any() || !service.local() && service.says(ServiceView.WITHOUT_ENDPOINTS);
    }

    /** The nodes that serve all of them, or, where there is none, those that serve any. */
    private Set<String> common(Collection<ServiceKey> served) {
        Set<String> any = new HashSet<>();
        served.forEach(key -> any.addAll(snapshot.of(key).nodes()));
        Set<String> all = new HashSet<>(any);
        served.forEach(key -> all.retainAll(snapshot.of(key).nodes()));
        return all.isEmpty() ? any : all;
    }
}
