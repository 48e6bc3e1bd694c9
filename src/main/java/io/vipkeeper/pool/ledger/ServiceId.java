package io.vipkeeper.pool.ledger;

/** Which Service. */
public record ServiceId(String namespace, String name) {

    /** {@code namespace/name}, for people. */
    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
