package io.vipkeeper.kubernetes;

/** Told of every exchange with an API server that has ended or was given up, on the thread that asked. */
@FunctionalInterface
public interface ApiListener {

    /**
     * @param server what was dialled, for example {@code https://127.0.0.1:6443}
     * @param status the HTTP status; zero when no whole answer came in time
     * @param nanos from the question until then
     */
    void asked(String server, int status, long nanos);
}
