package io.vipkeeper.pool.ledger;

/** A port that a Service listens on. @param protocol as the Service says it: TCP, UDP, SCTP */
public record Port(String protocol, int number) {

    /** {@code 53/UDP}, for people. */
    @Override
    public String toString() {
        return number + "/" + protocol;
    }
}
