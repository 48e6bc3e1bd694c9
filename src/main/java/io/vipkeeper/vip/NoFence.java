package io.vipkeeper.vip;

/** Where the kernel has no filter: the address's lifetime is all that ends it. */
public final class NoFence implements Fence {
    private static final BindOutcome DONE = new BindOutcome.Done();

    @Override
    public BindOutcome admit(VirtualIp vip, long millis) {
        return DONE;
    }

    @Override
    public BindOutcome block(VirtualIp vip) {
        return DONE;
    }

    @Override
    public boolean inForce() {
        return false;
    }

    @Override
    public void remove() {}
}
