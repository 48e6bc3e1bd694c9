package io.vipkeeper.service;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

import io.vipkeeper.lease.Moments;
import io.vipkeeper.service.plan.LeaseRef;
import io.vipkeeper.service.plan.Placement;
import io.vipkeeper.service.plan.Plan.Ward;
import io.vipkeeper.service.plan.ServiceKey;
import io.vipkeeper.vip.VirtualIp;

/**
 * What the statuses say and should say. About each address speaks the holder of its Lease and nobody else: it adds an
 * address that is on, and takes back one that is not to be.
 */
final class StatusDesk {
    private static final long MILLI = 1_000_000L;
    private static final long LONGEST_PAUSE = 30_000 * MILLI;
    private static final long FIRST_PAUSE = 1_000 * MILLI;

    private final String node;
    private final Laws laws;
    private final Addresses addresses;
    private final Predicate<LeaseRef> holds;
    private final Map<ServiceKey, Desk> desks = new HashMap<>();
    private final Set<ServiceKey> dirty = new HashSet<>();
    private Map<ServiceKey, Ward> wards = Map.of();

    /** One Service's writes. */
    private static final class Desk {
        boolean underWay;
        boolean sent;
        String version = "";
        long notBeforeNanos;
        long sentNanos;
        long pause = FIRST_PAUSE;
    }

    StatusDesk(String node, Laws laws, Addresses addresses, Predicate<LeaseRef> holds) {
        this.node = node;
        this.laws = laws;
        this.addresses = addresses;
        this.holds = holds;
    }

    void plan(Map<ServiceKey, Ward> next) {
        next.forEach((key, ward) -> {
            if (!ward.equals(wards.get(key))) {
                dirty.add(key);
            }
        });
        desks.keySet().removeIf(key -> !next.containsKey(key));
        wards = next;
    }

    void touch(ServiceKey service) {
        dirty.add(service);
    }

    /** Every Service that has to do with these Leases is looked at again. */
    void touch(Set<LeaseRef> leases) {
        if (leases.isEmpty()) {
            return;
        }
        wards.forEach((key, ward) -> {
            if (leases.contains(ward.speaker())
                    || ward.leases().values().stream().anyMatch(leases::contains)) {
                dirty.add(key);
            }
        });
    }

    void written(ServiceKey service, StatusAnswer answer, long now) {
        Desk desk = desks.get(service);
        if (desk == null) {
            return;
        }
        desk.underWay = false;
        dirty.add(service);
        switch (answer) {
            case DONE, MISSING -> {
                desk.pause = FIRST_PAUSE;
                desk.notBeforeNanos = now + laws.staleNanos();
            }
            case CONFLICT -> desk.notBeforeNanos = now + laws.staleNanos();
            case FAILED -> {
                desk.version = "";
                desk.notBeforeNanos = now + desk.pause;
                desk.pause = Math.min(2 * desk.pause, LONGEST_PAUSE);
            }
        }
    }

    List<ServiceAction> act(long now) {
        List<ServiceAction> actions = new ArrayList<>();
        for (ServiceKey key : List.copyOf(dirty)) {
            Ward ward = wards.get(key);
            Optional<StatusDraft> draft = ward == null ? Optional.empty() : draft(ward);
            if (draft.isEmpty()) {
                dirty.remove(key);
                continue;
            }
            Desk desk = desks.computeIfAbsent(key, fresh -> new Desk());
            if (desk.underWay) {
                dirty.remove(key);
            } else if (!isTooSoon(desk, draft.get(), now)) {
                dirty.remove(key);
                desk.underWay = true;
                desk.sent = true;
                desk.version = draft.get().version();
                desk.sentNanos = now;
                actions.add(new ServiceAction.SetStatus(draft.get()));
            }
        }
        return actions;
    }

    /** A version that was written over already is waited for to be shown as what it is now. */
    private boolean isTooSoon(Desk desk, StatusDraft draft, long now) {
        if (desk.sent && nextAfter(desk) - now > 0) {
            return true;
        }
        boolean early = desk.notBeforeNanos - now > 0;
        boolean failed = desk.version.isEmpty();
        return early && (failed || desk.version.equals(draft.version()));
    }

    private long nextAfter(Desk desk) {
        return desk.sentNanos + laws.pauseBetweenWritesNanos();
    }

    long wakeAt(long now) {
        long wake = now + LONGEST_PAUSE;
        for (ServiceKey key : dirty) {
            Desk desk = desks.get(key);
            if (desk != null) {
                long due = nextAfter(desk) - now > 0 ? nextAfter(desk) : desk.notBeforeNanos;
                wake = Moments.earlier(wake, due);
            }
        }
        return wake;
    }

    /** What to write; empty when the status says what it should, or it is for others to say. */
    private Optional<StatusDraft> draft(Ward ward) {
        List<String> said = ward.view().ingress();
        List<String> next = new ArrayList<>();
        for (VirtualIp vip : ward.addresses()) {
            String text = text(vip);
            if (isMine(ward, text) ? belongs(ward, vip, said.contains(text)) : said.contains(text)) {
                next.add(text);
            }
        }
        List<String> wanted = ward.addresses().stream().map(StatusDesk::text).toList();
        said.stream()
                .filter(text -> !wanted.contains(text) && !isMine(ward, text))
                .forEach(next::add);
        String host = host(ward, next);
        boolean same = new HashSet<>(next).equals(new HashSet<>(said)) && next.size() == said.size();
        return same && host.equals(ward.view().host())
                ? Optional.empty()
                : Optional.of(new StatusDraft(
                        ward.view().key(), ward.view().uid(), ward.view().version(), same ? said : next, host));
    }

    private String host(Ward ward, List<String> next) {
        if (next.isEmpty()) {
            boolean mine = holds.test(ward.speaker())
                    || ward.leases().values().stream().anyMatch(holds);
            return mine ? "" : ward.view().host();
        }
        String first = next.getFirst();
        return isMine(ward, first)
                        && ward.addresses().stream().anyMatch(vip -> text(vip).equals(first))
                ? node
                : ward.view().host();
    }

    private boolean isMine(Ward ward, String text) {
        LeaseRef lease = ward.leases().get(text);
        return lease != null && holds.test(lease);
    }

    /** One that is said already stays so while it is about to be on here. */
    private boolean belongs(Ward ward, VirtualIp vip, boolean said) {
        Optional<Placement> placement = addresses.placement(vip);
        boolean served = placement.isPresent()
                && placement.get().served().contains(ward.view().key());
        return served
                && addresses
                        .find(vip)
                        .filter(held -> held.isOn() || said && held.isComing())
                        .isPresent();
    }

    static String text(VirtualIp vip) {
        String whole = vip.toString();
        return whole.substring(0, whole.indexOf('/'));
    }
}
