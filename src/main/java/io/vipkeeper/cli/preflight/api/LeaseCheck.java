package io.vipkeeper.cli.preflight.api;

import io.vipkeeper.cli.common.Printable;
import io.vipkeeper.cli.preflight.finding.Finding;
import io.vipkeeper.kubernetes.LeaseName;
import io.vipkeeper.lease.ApiFailure;
import io.vipkeeper.lease.ElectorId;
import io.vipkeeper.lease.Kinship;
import io.vipkeeper.lease.LeaseAnswer;
import io.vipkeeper.lease.LeaseRecord;

/** Whether the Lease can be read, and who has it. */
final class LeaseCheck {
    private static final String CHECK = "Lease";

    private LeaseCheck() {}

    static Finding of(LeaseAnswer answer, ElectorId self, LeaseName lease) {
        return switch (answer) {
            case LeaseAnswer.Found(LeaseRecord record) -> held(record, self, lease);
            case LeaseAnswer.Missing missing -> Finding.ok(CHECK, "there is no " + lease + " yet");
            case LeaseAnswer.Conflict conflict -> Finding.ok(CHECK, lease + " can be read");
            case LeaseAnswer.Failed(ApiFailure cause, String detail) ->
                Finding.failure(CHECK, "no usable answer", Printable.of(detail), remedy(cause));
        };
    }

    private static Finding held(LeaseRecord record, ElectorId self, LeaseName lease) {
        if (record.isFree()) {
            return Finding.ok(CHECK, lease + " is free");
        }
        String what = lease + " is held by " + Printable.of(record.holderIdentity());
        Kinship kinship = self.kinship(record);
        return switch (kinship) {
            case TWIN ->
                Finding.failure(
                        CHECK,
                        what + " on another machine",
                        "two machines with one identity take each other for themselves",
                        "give each node its own vip_nodename (--nodeName)");
            case NAMESAKE ->
                Finding.warning(
                        CHECK,
                        what + ", which is this node's name, but not by vipkeeper",
                        "the manager would wait for it to end",
                        "take the other elector away from this node, or give it another name with vip_nodename");
            case OWN, PREVIOUS_LIFE, KEEPER, FOREIGN, FREED_BY_KEEPER, FREED -> Finding.ok(CHECK, what);
        };
    }

    private static String remedy(ApiFailure cause) {
        return switch (cause) {
            case FORBIDDEN, UNAUTHORIZED -> Rights.REMEDY;
            case NOT_CONFIGURED -> "mend the kubeconfig";
            case REJECTED, THROTTLED, SERVER_ERROR, TIMEOUT, UNREACHABLE, NONSENSE ->
                "look at the API server of this node with 'crictl ps -a --name kube-apiserver'; on a first node there"
                        + " is none before kubeadm init";
        };
    }
}
