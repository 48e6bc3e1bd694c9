package io.vipkeeper.pool.ledger;

import java.util.ArrayList;
import java.util.List;

import io.vipkeeper.pool.Family;

/** {@code spec.ipFamilyPolicy} of a Service. */
public enum FamilyPolicy {
    SINGLE_STACK("SingleStack"),
    PREFER_DUAL_STACK("PreferDualStack"),
    REQUIRE_DUAL_STACK("RequireDualStack");

    private final String text;

    FamilyPolicy(String text) {
        this.text = text;
    }

    /** Single stack unless the text says another one. */
    public static FamilyPolicy of(String text) {
        for (FamilyPolicy policy : values()) {
            if (policy.text.equals(text)) {
                return policy;
            }
        }
        return SINGLE_STACK;
    }

    /**
     * The families that addresses are wanted of, the first one first.
     *
     * @param families of the Service; the API server fills them in, so that one that prefers two and has one is in a
     *     cluster that has one, where an address of the other would lead nowhere
     * @param without what a Service that says nothing gets
     */
    List<Family> wanted(List<Family> families, Family without) {
        Family primary = families.isEmpty() ? without : families.getFirst();
        List<Family> wanted = new ArrayList<>(List.of(primary));
        if (this == REQUIRE_DUAL_STACK || this == PREFER_DUAL_STACK && families.size() != 1) {
            wanted.add(primary.other());
        }
        return wanted;
    }

    @Override
    public String toString() {
        return text;
    }
}
