package io.vipkeeper.grant;

/** The way to the other candidates. */
public interface Peers {

    /** Sends one datagram, or nothing if {@code node} is not known; takes microseconds, throws nothing. */
    void send(String node, Message message);
}
