package io.vipkeeper.pool.turn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.vipkeeper.pool.Address;
import io.vipkeeper.pool.ledger.Grant;
import io.vipkeeper.pool.ledger.Grant.Reason;

/**
 * What the texts of a Service mean.
 *
 * @param has what was accepted or chosen for it
 * @param requested what its owner asks for; empty if an address is to be chosen
 * @param settled whether what it has was accepted
 * @param nonsense what its owner wrote and is no address
 */
record Reading(List<Grant> has, List<Address> requested, boolean settled, Optional<String> nonsense) {

    static Reading of(Applicant.Texts texts) {
        List<Address> written = new ArrayList<>();
        Optional<String> nonsense =
                parse(texts.annotation().isBlank() ? texts.loadBalancerIp() : texts.annotation(), written);
        if (nonsense.isPresent()) {
            return new Reading(List.of(), written, false, nonsense);
        }
        Optional<Stamp> stamp = Stamp.parse(texts.stamp());
        if (stamp.isEmpty()) {
            return new Reading(granted(written, Reason.REQUEST), written, texts.labelled(), Optional.empty());
        }
        return stamped(texts, stamp.get(), written);
    }

    private static Reading stamped(Applicant.Texts texts, Stamp stamp, List<Address> written) {
        List<Address> whole = stamp.addresses();
        boolean onlyFirst = texts.annotation().isBlank() && !whole.isEmpty() && written.equals(whole.subList(0, 1));
        boolean untouched = written.equals(whole) || onlyFirst;
        if (!untouched) {
            return new Reading(granted(written, Reason.REQUEST), written, false, Optional.empty());
        }
        if (!stamp.isChosen()) {
            return new Reading(stamp.grants(), written, true, Optional.empty());
        }
        Optional<Address> other =
                Address.parse(texts.loadBalancerIp().strip()).filter(address -> !address.equals(whole.getFirst()));
        return new Reading(stamp.grants(), other.stream().toList(), other.isEmpty(), Optional.empty());
    }

    /** All addresses that the Service may be using, each once. */
    List<Grant> inUse(Applicant applicant, List<Grant> promised) {
        Map<Address, Grant> all = new LinkedHashMap<>();
        has.forEach(grant -> all.putIfAbsent(grant.address(), grant));
        promised.forEach(grant -> all.put(grant.address(), grant));
        Reason kind = applicant.stage() == Applicant.Stage.OTHER ? Reason.FOREIGN : Reason.REQUEST;
        granted(requested, Reason.REQUEST).forEach(grant -> all.putIfAbsent(grant.address(), grant));
        applicant.elsewhere().forEach(address -> all.putIfAbsent(address, new Grant(address, kind)));
        return List.copyOf(all.values());
    }

    private static List<Grant> granted(List<Address> addresses, Reason reason) {
        return addresses.stream().map(address -> new Grant(address, reason)).toList();
    }

    /** Reads addresses with commas between, up to what is none, which it returns. */
    private static Optional<String> parse(String text, List<Address> into) {
        for (String entry : text.isBlank() ? new String[0] : text.split(",", -1)) {
            Optional<Address> address = Address.parse(entry.strip());
            if (address.isEmpty()) {
                return Optional.of(entry.strip());
            }
            into.add(address.get());
        }
        return Optional.empty();
    }
}
