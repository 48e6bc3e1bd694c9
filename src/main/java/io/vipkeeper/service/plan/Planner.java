package io.vipkeeper.service.plan;

import java.net.InetAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Draws the plan. The same objects give the same plan on every node, in whatever order they came. */
public final class Planner {
    private static final Comparator<ServiceView> AGE = Comparator.comparing(ServiceView::created)
            .thenComparing(ServiceView::uid)
            .thenComparing(ServiceView::key);

    private final ServiceRules rules;
    private final Function<String, Optional<InetAddress>> literal;

    /** @param literal reads an address that is written as numbers, and asks nobody */
    public Planner(ServiceRules rules, Function<String, Optional<InetAddress>> literal) {
        this.rules = rules;
        this.literal = literal;
    }

    /** The Leases that are there without any Service. */
    public List<LeaseRef> standing() {
        return rules.sharing().standing();
    }

    /** Whether a holder of this Lease is chosen with endpoints in view. */
    public boolean isOwn(LeaseRef lease) {
        return rules.sharing().isOwn(lease);
    }

    /**
     * @param nodeAddresses the Nodes' own addresses and whose they are: none of them is given to a Service
     * @param reserved addresses that are somebody else's as well: the control plane's
     */
    public Plan plan(Snapshot snapshot, Map<InetAddress, String> nodeAddresses, Set<InetAddress> reserved) {
        Draft draft = new Draft(rules, snapshot, literal);
        snapshot.services().stream().sorted(AGE).forEach(service -> {
            if (!rules.manages(service)) {
                draft.forsake(service);
                return;
            }
            switch (Asked.of(service, literal)) {
                case Asked.Nothing() ->
                    draft.tell(
                            service,
                            false,
                            "AddressWanted",
                            "there is no address yet: name one in the annotation " + ServiceView.PREFIX
                                    + "loadbalancerIPs, or have an address provider name it");
                case Asked.Refused(String reason, String note) -> draft.refuse(service, reason, note);
                case Asked.Addresses asked ->
                    draft.taken(asked.vips(), nodeAddresses, reserved)
                            .ifPresentOrElse(
                                    note -> draft.refuse(service, "AddressInUse", note),
                                    () -> draft.place(service, asked.vips()));
            }
        });
        return draft.finish();
    }
}
