package io.vipkeeper.observe;

import java.util.Arrays;
import java.util.List;

import io.vipkeeper.keeper.KeeperStatus;

/** Why a node could not take over now, for people. */
public final class Hindrances {
    private Hindrances() {}

    /** A few words each; empty exactly when {@link KeeperStatus#couldHold()}. */
    public static List<String> of(KeeperStatus status) {
        return Arrays.stream(Hindrance.values())
                .filter(hindrance -> hindrance.isPresent(status))
                .map(Hindrance::text)
                .toList();
    }
}
