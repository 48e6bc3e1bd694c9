package io.vipkeeper.service;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import io.vipkeeper.service.plan.LeaseRef;
import io.vipkeeper.service.plan.Notice;
import io.vipkeeper.service.plan.Placement;
import io.vipkeeper.service.plan.Plan;
import io.vipkeeper.service.plan.ServiceKey;

/** What the owners of Services were told: each thing once, and again if it was over in between. */
final class Told {
    private static final int MOST = 10_000;

    private final Set<Notice> said = new HashSet<>();

    /** What this node could not do, which nobody says is over; forgotten all at once when it is too much. */
    private final Set<Notice> saidRefused = new HashSet<>();

    private Plan last = Plan.EMPTY;
    private final List<Notice> refused = new ArrayList<>();

    /** An address cannot be had, whoever else could have it: this is said by every node that finds so. */
    void refused(Placement placement, Plan plan, String reason, String note) {
        for (ServiceKey key : placement.services()) {
            Plan.Ward ward = plan.services().get(key);
            if (ward != null) {
                refused.add(new Notice(key, ward.view().uid(), true, reason, note));
            }
        }
    }

    /**
     * What is to be told now.
     *
     * @param speaks whether this node speaks for the Services of a Lease
     */
    List<ServiceAction> news(Plan plan, Predicate<LeaseRef> speaks) {
        if (plan != last) {
            said.retainAll(Set.copyOf(plan.notices()));
            saidRefused.removeIf(
                    notice -> saidRefused.size() > MOST || !plan.services().containsKey(notice.service()));
            last = plan;
        }
        List<ServiceAction> news = new ArrayList<>();
        for (Notice notice : plan.notices()) {
            if (speaks.test(plan.services().get(notice.service()).speaker())) {
                tell(said, notice, news);
            }
        }
        refused.forEach(notice -> tell(saidRefused, notice, news));
        refused.clear();
        return news;
    }

    private static void tell(Set<Notice> before, Notice notice, List<ServiceAction> news) {
        if (before.add(notice)) {
            news.add(new ServiceAction.Tell(notice));
        }
    }
}
