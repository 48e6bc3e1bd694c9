package io.vipkeeper.cli.manifest;

import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ManifestCommandsTest {
    private static final String USUAL =
            " --interface eth0 --address 192.0.2.10 --controlplane --services --arp --leaderElection";

    @ParameterizedTest
    @ValueSource(strings = {"manifest pod", "manifest daemonset", "manifest rbac", "kubeadm init", "kubeadm join"})
    void aLineForKubeVipIsPrintedWithServicesIgnoredInOneSentence(String command) {
        Typed typed = Typed.line(command + USUAL);

        assertThat(typed.code()).isZero();
        assertThat(typed.out()).contains("name: vipkeeper\n");
        assertThat(typed.err().lines().filter(line -> line.contains("--services")))
                .singleElement()
                .asString()
                .contains("has no effect");
    }

    @ParameterizedTest
    @CsvSource({
        "manifest pod --arp --controlplane --address vip.example, no IP address",
        "manifest pod --arp --controlplane, no address is given",
        "manifest daemonset --arp --controlplane --address 192.0.2.10 --bgp, BGP",
        "manifest daemonset --arp --address 192.0.2.10, no features",
        "manifest rbac --leaseName No, --leaseName=No",
        "manifest rbac --nodes cp_1, cp_1",
        "manifest rbac --nodes cp-1 --services=perhaps, neither true nor false",
        "manifest pod --arp --controlplane --address 192.0.2.10 --leaderElection --inCluster, --inCluster",
        "manifest pod --arp --controlplane --address 192.0.2.10 --leaderElection --style fancy, --style=fancy",
        "manifest pod --arp --controlplane --address 192.0.2.10 --leaderElection --image=, --image=",
        "kubeadm init --address 192.0.2.10, kubeadm init needs --interface",
        "kubeadm join --address 192.0.2.10, kubeadm join needs --interface",
        "kubeadm init --interface eth0, no address is given",
        "kubeadm join --interface eth0 --address 192.0.2.10 --inCluster, --inCluster",
    })
    void aRefusalIsOneSentenceOnStderrAndNothingOnStdout(String line, String reason) {
        Typed typed = Typed.line(line);

        assertThat(typed.code()).isEqualTo(2);
        assertThat(typed.out()).isEmpty();
        assertThat(typed.err().lines().filter(said -> !said.startsWith("vipkeeper: warning: ")))
                .singleElement()
                .asString()
                .startsWith("vipkeeper: ")
                .contains(reason);
    }

    @Test
    void joiningNeedsNoKubeconfigUnlessOneIsNamed() {
        // given
        String line = "kubeadm join --interface eth0 --address 192.0.2.10";
        Path absent = Path.of("absent.conf");

        // then
        assertThat(Typed.line(line).code()).isZero();
        assertThat(Typed.line(line + " --config pom.xml").code()).isZero();
        Typed named = Typed.line(line + " --config " + absent);
        assertThat(named.code()).isEqualTo(2);
        assertThat(named.out()).isEmpty();
        assertThat(named.err()).contains("--config=absent.conf does not exist");
    }

    @Test
    void kubeadmsPodNeedsNoWordOfItsPurpose() {
        String purpose = " --arp --controlplane --leaderElection";
        String rest = " --interface eth0 --address 192.0.2.10";

        assertThat(Typed.line("kubeadm join" + rest).out())
                .isEqualTo(Typed.line("manifest pod" + purpose + rest).out())
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"careful", "compatible"})
    void theEnvironmentIsTakenOverOnlyWhenAsked(String style) {
        // given
        Map<String, String> environment = Map.of("vip_interface", "bond0", "vip_leaseduration", "33", "HOME", "/h");
        String line = "manifest pod --address 192.0.2.10 --controlplane --arp --leaderElection --style " + style;

        // when
        Typed without = Typed.line(line, environment);
        Typed with = Typed.line(line + " --from-env", environment);

        // then
        assertThat(without.out()).isEqualTo(Typed.line(line).out());
        assertThat(without.err().lines()).singleElement().asString().contains("vip_interface", "--from-env");
        assertThat(with.out()).contains("value: bond0\n", "value: \"33\"\n");
        assertThat(with.err()).isEmpty();
    }

    @Test
    void aNodeNameIsNotPrintedAndThatIsSaid() {
        Typed typed = Typed.line("manifest pod" + USUAL + " --nodeName cp-9");

        assertThat(typed.out()).doesNotContain("cp-9");
        assertThat(typed.err()).contains("--nodeName is not printed");
    }

    @Test
    void rightsWithoutNodesLeaveTheFastPathOutAndSaySo() {
        Typed without = Typed.line("manifest rbac");
        Typed with = Typed.line("manifest rbac --nodes cp-1,CP-2 --leaseName locks/other");

        assertThat(without.err().lines()).singleElement().asString().contains("--nodes", "fast path");
        assertThat(without.out()).contains("- plndr-cp-lock\n").doesNotContain("delete", "vipkeeper-token");
        assertThat(with.err()).isEmpty();
        assertThat(with.out())
                .contains("  - vipkeeper.other.cp-1\n  - vipkeeper.other.cp-2\n", "namespace: locks\n", "delete");
    }
}
