package io.vipkeeper.keeper;

/** Listens to the core. Called on a thread that only observers share, after the step's actions were handed on. */
@FunctionalInterface
public interface Observer {

    /** @param atNanos when the step was made, on the core's clock */
    void observed(Observation observation, long atNanos);

    /** Steps were made; told after their observations, and at most a few times a second of those without any. */
    default void turned(KeeperStatus status) {}
}
