package io.vipkeeper.cli.preflight.api;

import java.util.Map;

import org.junit.jupiter.api.Test;

import io.vipkeeper.cli.preflight.finding.Finding;
import io.vipkeeper.cli.preflight.finding.Finding.Level;
import io.vipkeeper.kubernetes.LeaseName;
import io.vipkeeper.lease.ApiFailure;
import io.vipkeeper.lease.ElectorId;
import io.vipkeeper.lease.LeaseAnswer;
import io.vipkeeper.lease.LeaseRecord;

import static org.assertj.core.api.Assertions.assertThat;

class LeaseCheckTest {
    private static final LeaseName LEASE = new LeaseName("kube-system", "plndr-cp-lock");
    private static final ElectorId SELF = new ElectorId("n1", "02:00:5e:10:00:01", "");

    @Test
    void aServerThatAnswersIsWellAlsoWithoutALease() {
        assertThat(check(new LeaseAnswer.Missing()))
                .isEqualTo(Finding.ok("Lease", "there is no kube-system/plndr-cp-lock yet"));
        assertThat(check(held("", Map.of()))).isEqualTo(Finding.ok("Lease", "kube-system/plndr-cp-lock is free"));
        assertThat(check(held("n2", Map.of())))
                .isEqualTo(Finding.ok("Lease", "kube-system/plndr-cp-lock is held by n2"));
    }

    @Test
    void anotherMachineUnderThisNodesNameIsAFailureAndThisOneNone() {
        assertThat(check(held("n1", marks("02:00:5e:10:00:99"))).level()).isEqualTo(Level.FAILURE);
        assertThat(check(held("n1", marks("02:00:5e:10:00:99"))).remedy()).contains("vip_nodename");
        assertThat(check(held("n1", marks(SELF.machine()))).level()).isEqualTo(Level.OK);
    }

    @Test
    void anotherElectorUnderThisNodesNameIsAWarning() {
        assertThat(check(held("n1", Map.of())).level()).isEqualTo(Level.WARNING);
    }

    @Test
    void noUsableAnswerIsAFailureWithItsRemedy() {
        assertThat(check(new LeaseAnswer.Failed(ApiFailure.FORBIDDEN, "user \u0007 may not")))
                .isEqualTo(Finding.failure("Lease", "no usable answer", "user ? may not", Rights.REMEDY));
        assertThat(check(new LeaseAnswer.Failed(ApiFailure.UNREACHABLE, "refused"))
                        .remedy())
                .contains("crictl", "before kubeadm init");
    }

    private static Finding check(LeaseAnswer answer) {
        return LeaseCheck.of(answer, SELF, LEASE);
    }

    private static LeaseAnswer held(String holder, Map<String, String> annotations) {
        return new LeaseAnswer.Found(new LeaseRecord("7", holder, 15, 3, "then", "now", annotations));
    }

    private static Map<String, String> marks(String machine) {
        return Map.of(
                "vipkeeper.io/written-for", "n1/3",
                "vipkeeper.io/machine", machine,
                "vipkeeper.io/process", "p",
                "vipkeeper.io/renewed", "now");
    }
}
