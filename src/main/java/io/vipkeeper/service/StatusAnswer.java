package io.vipkeeper.service;

/** What became of the writing of a status. */
public enum StatusAnswer {
    DONE,
    /** There is another version by now, or another Service of that name. */
    CONFLICT,
    MISSING,
    FAILED
}
