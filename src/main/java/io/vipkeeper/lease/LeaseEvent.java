package io.vipkeeper.lease;

/** What the election is told. */
public sealed interface LeaseEvent {

    /** Time went by; nothing else. */
    record Tick() implements LeaseEvent {}

    /** The watch delivered a version, possibly late or out of order. */
    record Seen(LeaseRecord record) implements LeaseEvent {}

    /** The watch said that the Lease was deleted. */
    record Gone() implements LeaseEvent {}

    /** The request with this number was answered. */
    record Answered(long request, LeaseAnswer answer) implements LeaseEvent {}

    /** Whether this node may hold at all; {@code reason} says why not, and means nothing if it may. */
    record Eligible(boolean eligible, LossReason reason) implements LeaseEvent {}

    /** What the fast path allows and forbids from now on. */
    record Accorded(Accord accord) implements LeaseEvent {}

    /**
     * Nobody can have held a Lease that is missing: this node itself has answered for the address for long enough. It may
     * be created at once.
     */
    record Vouched() implements LeaseEvent {}

    /** The address is off this node: a Lease that is being given up may be released now. */
    record AddressOff() implements LeaseEvent {}

    /** The process ends: give up for good. */
    record Stop() implements LeaseEvent {}
}
