package io.vipkeeper.vip;

/** What the kernel said to a bind or an unbind. */
public sealed interface BindOutcome {

    /** Done. */
    record Done() implements BindOutcome {}

    /**
     * Not done.
     *
     * @param reason one line for people: operation, object, errno
     */
    record Refused(String reason) implements BindOutcome {}
}
