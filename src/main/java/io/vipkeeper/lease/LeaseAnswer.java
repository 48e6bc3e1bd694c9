package io.vipkeeper.lease;

/** What became of one request to the API server. */
public sealed interface LeaseAnswer {

    /** A read or a write succeeded; {@code record} is what the server stores now. */
    record Found(LeaseRecord record) implements LeaseAnswer {}

    /** There is no such Lease (404). */
    record Missing() implements LeaseAnswer {}

    /** The Lease has another version than the one named, or exists already (409). */
    record Conflict() implements LeaseAnswer {}

    /**
     * No usable answer. A write that failed like this may still have been applied.
     *
     * @param detail one line for people, without secrets
     */
    record Failed(ApiFailure cause, String detail) implements LeaseAnswer {}
}
