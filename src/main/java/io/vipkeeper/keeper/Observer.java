package io.vipkeeper.keeper;

/** Listens to the core. Called on the pipeline's thread: must not block and must not throw. */
@FunctionalInterface
public interface Observer {

    void observed(Observation observation);

    /** A step was made; told after its observations. */
    default void turned(KeeperStatus status) {}
}
