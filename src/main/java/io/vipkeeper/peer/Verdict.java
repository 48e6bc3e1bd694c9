package io.vipkeeper.peer;

/** What became of a datagram. */
enum Verdict {
    PASSED,
    BAD_LENGTH,
    BAD_VERSION,
    UNKNOWN_SENDER,
    REPLAYED,
    BAD_AUTHENTICATION,
    MALFORMED
}
