package io.vipkeeper.pool.ledger;

import io.vipkeeper.pool.Address;

/** An address that a Service has, and for what reason. */
public record Grant(Address address, Reason reason) {

    /** Their names are written on Services, in lower case. */
    public enum Reason {
        /** Chosen from a pool; nobody else had it. */
        POOL,
        /** Chosen from a pool though another Service had it: their ports differ. */
        SHARE,
        /** Its owner asked for it. */
        REQUEST,
        /** Some other program's, which shares with nobody. */
        FOREIGN
    }

    /** Whether this program chose it, and so may choose another. */
    public boolean isChosen() {
        return reason == Reason.POOL || reason == Reason.SHARE;
    }
}
