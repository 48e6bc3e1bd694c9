package io.vipkeeper.lease;

/** Why a request has no usable answer; the values are label values of a metric. */
public enum ApiFailure {
    /** 401: the credentials are not (or no longer) accepted. */
    UNAUTHORIZED,
    /** 403: this user may not do that. */
    FORBIDDEN,
    /** 410, and every other 4xx that is not named here. */
    REJECTED,
    /** 429: the server asks for patience. */
    THROTTLED,
    /** 5xx. */
    SERVER_ERROR,
    /** Nothing came back in time. */
    TIMEOUT,
    /** No connection: refused, unreachable, reset, TLS not trusted. */
    UNREACHABLE,
    /** Something came back that is no Lease: truncated, not JSON, another kind. */
    NONSENSE,
    /** No way to reach a server is known yet: no kubeconfig, or none that can be read. */
    NOT_CONFIGURED
}
