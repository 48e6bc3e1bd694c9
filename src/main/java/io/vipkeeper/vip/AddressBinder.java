package io.vipkeeper.vip;

/**
 * The address on this node's interfaces. Calls take microseconds, throw nothing, and come from one thread.
 */
public interface AddressBinder {

    /**
     * Puts the address on the VIP's interface, or renews the lifetime of the one that is there.
     *
     * @param validSeconds after which the kernel removes the address by itself, counted from this call
     */
    BindOutcome bind(VirtualIp vip, int validSeconds);

    /**
     * Removes the address from every interface, with any prefix, wherever an elector put it there. Absent is fine.
     */
    BindOutcome unbind(VirtualIp vip);

    /** Walks the path of the other calls without an effect, so that the first real one finds it walked. */
    default void rehearse() {}
}
