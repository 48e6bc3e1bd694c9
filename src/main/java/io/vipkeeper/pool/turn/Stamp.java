package io.vipkeeper.pool.turn;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import io.vipkeeper.pool.Address;
import io.vipkeeper.pool.ledger.Grant;

/**
 * What this program remembers on a Service: which of its addresses it chose, so that those of its owner are never
 * changed.
 *
 * @param term of whom it was decided by; for people
 */
record Stamp(long term, List<Grant> grants) {

    /** {@code term=7;192.0.2.10=pool;2001:db8::1=pool}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("term=" + term);
        for (Grant grant : grants) {
            text.append(';')
                    .append(grant.address())
                    .append('=')
                    .append(grant.reason().name().toLowerCase(Locale.ROOT));
        }
        return text.toString();
    }

    /** Empty for what is none, be it that somebody edited it. */
    static Optional<Stamp> parse(String text) {
        String[] parts = text.split(";", -1);
        if (!parts[0].matches("term=[0-9]{1,18}")) {
            return Optional.empty();
        }
        List<Grant> grants = new ArrayList<>();
        for (int i = 1; i < parts.length; i++) {
            Optional<Grant> grant = grant(parts[i]);
            if (grant.isEmpty()) {
                return Optional.empty();
            }
            grants.add(grant.get());
        }
        return Optional.of(new Stamp(Long.parseLong(parts[0].substring("term=".length())), List.copyOf(grants)));
    }

    private static Optional<Grant> grant(String text) {
        int equals = text.indexOf('=');
        Optional<Address> address = equals < 0 ? Optional.empty() : Address.parse(text.substring(0, equals));
        for (Grant.Reason reason : Grant.Reason.values()) {
            if (text.substring(equals + 1).equals(reason.name().toLowerCase(Locale.ROOT))) {
                return address.map(found -> new Grant(found, reason));
            }
        }
        return Optional.empty();
    }

    List<Address> addresses() {
        return grants.stream().map(Grant::address).toList();
    }

    boolean isChosen() {
        return !grants.isEmpty() && grants.stream().allMatch(Grant::isChosen);
    }
}
