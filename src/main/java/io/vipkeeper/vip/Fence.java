package io.vipkeeper.vip;

/**
 * A filter in the kernel that lets a virtual IP be answered for only for so long, whatever becomes of this process. Calls
 * take microseconds, throw nothing, and come from one thread.
 */
public interface Fence {

    /**
     * Lets frames and packets of the address pass, from now for {@code millis}; the kernel itself ends that. A call
     * replaces the one before, also by a shorter time.
     */
    BindOutcome admit(VirtualIp vip, long millis);

    /** Stops them at once. Fine if they are stopped already. */
    BindOutcome block(VirtualIp vip);

    /** Whether the kernel does what the other methods ask for; while it is false they do nothing and say Done. */
    boolean inForce();

    /** Takes the whole filter away. For an orderly end, when no address is on. */
    void remove();

    /** Walks the path of the other calls without an effect, so that the first real one finds it walked. */
    default void rehearse() {}
}
