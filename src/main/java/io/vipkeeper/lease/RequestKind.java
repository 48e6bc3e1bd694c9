package io.vipkeeper.lease;

/** What a request to the API server is for. */
public enum RequestKind {
    READ,
    ACQUIRE,
    RENEW,
    RELEASE
}
