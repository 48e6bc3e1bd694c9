package io.vipkeeper.lease;

/** What the election wants done at the API server; each is answered by {@link LeaseEvent.Answered}. */
public sealed interface LeaseAction {

    /** The number by which the answer is told from others. */
    long request();

    record Read(long request) implements LeaseAction {}

    record Create(long request, LeaseDraft draft) implements LeaseAction {}

    record Replace(long request, LeaseRecord base, LeaseDraft draft) implements LeaseAction {}
}
