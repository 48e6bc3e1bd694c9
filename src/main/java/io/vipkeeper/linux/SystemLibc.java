package io.vipkeeper.linux;

/** The one place that chooses how this process calls libc; a native executable replaces it with a choice of its own. */
public final class SystemLibc {
    private SystemLibc() {}

    /** Costs some hundred milliseconds the first time on a JVM ({@link JnrLibc}). */
    public static Libc open() {
        return new JnrLibc();
    }
}
