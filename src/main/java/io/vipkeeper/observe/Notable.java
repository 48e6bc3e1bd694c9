package io.vipkeeper.observe;

import java.time.Duration;

/** From when to when people are told of something, wherever they look. */
public final class Notable {
    /** How long ago a foreign claim or a refusal of the kernel may be. */
    public static final long RECENT_SECONDS = 60;

    /** How long a certificate may last: kubeadm's last a year. */
    public static final Duration CERTIFICATE = Duration.ofDays(14);

    /** How long a holder may be without its fast path after a change: the others must answer, and the Lease be written. */
    public static final Duration GATHERING = Duration.ofSeconds(5);

    private Notable() {}
}
