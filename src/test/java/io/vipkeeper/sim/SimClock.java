package io.vipkeeper.sim;

/** A machine's clocks: a monotonic one with a rate of its own, and a wall clock that may be an hour off. */
record SimClock(World world, double rate, long offset, long wallOffset) {

    static SimClock random(World world) {
        return new SimClock(
                world,
                0.99 + 0.02 * (world.sharp ? 2 * world.random.nextInt(2) : world.random.nextInt(3)) / 2,
                world.random.nextLong(),
                world.between(-20 * World.SECOND, 20 * World.SECOND));
    }

    long now() {
        return offset + (long) (world.now() * rate);
    }

    long wall() {
        return 1_000_000 * World.SECOND + world.now() + wallOffset;
    }

    /** How long this clock's {@code nanos} take in true time. */
    long toTrue(long nanos) {
        return (long) (nanos / rate);
    }
}
