package io.vipkeeper.lease;

/** Decides when this node holds. Pure: times are nanoseconds of one monotonic clock, handed in. */
public interface Election {

    /** One event's consequences; also to be called with a Tick when {@link #wakeAt} has come. */
    LeaseStep step(LeaseState before, LeaseEvent event, long nowNanos);

    /** When the next step is due if nothing else happens. */
    long wakeAt(LeaseState state, long nowNanos);
}
