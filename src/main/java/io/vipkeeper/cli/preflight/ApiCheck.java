package io.vipkeeper.cli.preflight;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.function.Supplier;

import io.vipkeeper.cli.Printable;
import io.vipkeeper.config.VipkeeperConfig;
import io.vipkeeper.kubernetes.ApiAccess;
import io.vipkeeper.kubernetes.ApiSettings;
import io.vipkeeper.kubernetes.ElectionClient;
import io.vipkeeper.kubernetes.KubernetesLeaseStore;
import io.vipkeeper.kubernetes.LeaseName;
import io.vipkeeper.lease.ApiFailure;
import io.vipkeeper.lease.LeaseAnswer;

/** Whether the API server answers, and how fast. Reads the Lease, writes nothing. */
final class ApiCheck {
    private static final String SUBJECT = "API";
    private static final int READS = 5;

    private final LeaseName lease;
    private final Duration bound;
    private final Supplier<LeaseAnswer> read;

    /** @param bound how long one request may take */
    ApiCheck(LeaseName lease, Duration bound, Supplier<LeaseAnswer> read) {
        this.lease = lease;
        this.bound = bound;
        this.read = read;
    }

    /** By the same way as the manager goes. */
    static Finding of(VipkeeperConfig config, ApiSettings settings) {
        LeaseName lease =
                new LeaseName(config.election().namespace(), config.election().leaseName());
        Duration bound = config.election().timing().requestBound();
        try (ElectionClient client = new ElectionClient(new ApiAccess(settings), bound)) {
            KubernetesLeaseStore store = new KubernetesLeaseStore(client, lease, InstantSource.system());
            store.warm();
            return new ApiCheck(lease, bound, store::read).run();
        }
    }

    /** Reads a few times; the first answer that is of no use ends it. */
    Finding run() {
        long[] nanos = new long[READS];
        LeaseAnswer answer = new LeaseAnswer.Missing();
        for (int i = 0; i < READS; i++) {
            long began = System.nanoTime();
            answer = read.get();
            nanos[i] = System.nanoTime() - began;
            if (answer instanceof LeaseAnswer.Failed(ApiFailure cause, String detail)) {
                return new Finding(
                        Finding.Level.FAILURE, SUBJECT, "no usable answer: " + Printable.of(detail) + remedy(cause));
            }
        }
        Arrays.sort(nanos);
        String what = "%s; %d reads took %s in the median, %s at most"
                .formatted(holder(answer), READS, millis(nanos[READS / 2]), millis(nanos[READS - 1]));
        return nanos[READS - 1] > bound.toNanos() / 2
                ? Finding.warning(
                        SUBJECT,
                        what,
                        "that is more than half of the " + bound.toMillis()
                                + " ms that one request may take: find out why, or lengthen vip_retryperiod")
                : Finding.ok(SUBJECT, what);
    }

    private String holder(LeaseAnswer answer) {
        if (answer instanceof LeaseAnswer.Found(var record)) {
            String holder = record.holderIdentity();
            return "Lease " + lease + (holder.isEmpty() ? " is free" : " is held by " + Printable.of(holder));
        }
        return "there is no Lease " + lease + " yet";
    }

    private static String millis(long nanos) {
        return "%.1f ms".formatted(nanos / 1e6);
    }

    private static String remedy(ApiFailure cause) {
        return switch (cause) {
            case FORBIDDEN, UNAUTHORIZED -> "; give its user the rights of k8s/010-rbac.yaml";
            case NOT_CONFIGURED -> ""; // The detail says what is missing, and where.
            case REJECTED, THROTTLED, SERVER_ERROR, TIMEOUT, UNREACHABLE, NONSENSE ->
                "; look at the API server of this node; on a first node there is none before kubeadm init";
        };
    }
}
