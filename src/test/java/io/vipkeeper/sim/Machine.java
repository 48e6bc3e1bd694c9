package io.vipkeeper.sim;

/** A node with an elector on it, as the faults see it. */
interface Machine {
    String name();

    /** Whether the neighbours would get an answer from here. */
    boolean answers();

    /** The process dies as by SIGKILL; the kernel lives on. */
    void crash();

    /** A new process. Nothing happens if one runs. */
    void start();

    /** The machine goes dark, kernel and all. */
    void powerOff();

    /** The process stands still, as by SIGSTOP. */
    void pause(long nanos);

    /** SIGTERM. */
    void stop();

    /** Nothing passes between this node and the API server. */
    void cutFromApi(boolean cut);

    /** The watch delivers nothing. */
    void deafenWatch(boolean deaf);

    /** Whether the address is on although by its own rules it should be off: a fault of its own. */
    default boolean outlivesItsRight() {
        return false;
    }

    /** Whether this machine's elector is vipkeeper. */
    boolean keeper();

    /** Whether its process runs, is not paused, and means to go on. */
    boolean well();
}
