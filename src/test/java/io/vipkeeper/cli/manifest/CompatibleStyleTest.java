package io.vipkeeper.cli.manifest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The files hold what kube-vip 1.2.3 prints for these command lines, with its name and image. */
class CompatibleStyleTest {
    private static final String IMAGE = "registry.example/vipkeeper:1";
    private static final String USUAL = " --interface eth0 --controlplane --arp";
    private static final String ADDRESS = " --address 192.0.2.10";
    private static final String SERVICES = " --services";
    private static final String ELECTION = " --leaderElection";
    private static final String ALL = USUAL + ADDRESS + SERVICES + ELECTION;

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "pod, pod, ALL",
        "pod-kubeconfig, pod, ALL --k8sConfigPath /etc/kubernetes/super-admin.conf",
        "pod-in-cluster, pod, ALL --inCluster",
        "pod-dual-stack, pod, 'USUAL SERVICES ELECTION --address 2001:db8::10,192.0.2.10'",
        "pod-ipv6, pod, USUAL SERVICES ELECTION --address 2001:db8::10",
        "pod-vip, pod, USUAL SERVICES ELECTION --vip 192.0.2.10 --vipSubnet 24",
        "pod-without-election, pod, USUAL ADDRESS SERVICES",
        "pod-without-services, pod, USUAL ADDRESS ELECTION",
        "daemonset, daemonset, ALL",
        "daemonset-in-cluster-taint, daemonset, ALL --inCluster --taint",
        "rbac, rbac, ''",
        "rbac-role, rbac, ' --role'",
        "rbac-rolebinding, rbac, ' --rolebinding'",
    })
    void theTextIsThatOfKubeVipButForNameAndImage(String file, String command, String flags) throws IOException {
        Typed typed = compatible(command, expanded(flags), Map.of());

        assertThat(typed.err()).doesNotContain("vipkeeper: --");
        assertThat(typed.out()).isEqualTo(golden(file));
        assertThat(typed.code()).isZero();
    }

    @Test
    void everyOptionHasItsPlaceInTheOrderOfTheVariables() throws IOException {
        // given: those with a flag, and the one that has a variable only
        String flags = USUAL + SERVICES + ELECTION
                + " --address 192.0.2.10,2001:db8::10 --vipSubnet 24,64 --serviceInterface eth1 --allowInterfaceNotUp"
                + " --port 7443 -n other --servicesElection --lbClassOnly --onlyAllowTrafficServicePorts"
                + " --leaseName locks/vip --leaseDuration 5 --leaseRenewDuration 3 --leaseRetry 1 --enableEndpoints"
                + " --disableServiceUpdates --healthCheckPort 8080 --preserveVipOnLeadershipLoss --debounceTime 1s"
                + " --from-env";

        // when
        Typed typed = compatible("pod", flags, Map.of("instance_name", "blue"));

        // then
        assertThat(typed.out()).isEqualTo(golden("pod-every-option"));
    }

    @Test
    void theNamespaceOfServicesBecomesThatOfTheObjects() throws IOException {
        Map<String, String> environment = Map.of("svc_enable", "true", "svc_namespace", "tenant");

        assertThat(compatible("pod", ALL + " --from-env", environment).out())
                .isEqualTo(golden("pod-of-services-namespace"));
        assertThat(compatible("rbac", " --role --from-env", environment).out())
                .isEqualTo(golden("rbac-of-services-namespace"));
    }

    @ParameterizedTest
    @CsvSource({"kubeadm init", "kubeadm join"})
    void kubeadmPrintsTheSamePod(String command) throws IOException {
        Typed typed = Typed.line(command + ALL + " --style compatible --image " + IMAGE);

        assertThat(typed.out()).isEqualTo(golden("pod"));
    }

    /** kube-vip prints the number as a second vip_loseleadership, with which it does not start. */
    @Test
    void theTimeoutOfALostLinkHasItsOwnVariable() throws IOException {
        Typed typed = compatible("pod", USUAL + ADDRESS + ELECTION + " --loseLeadership", Map.of());

        assertThat(typed.out()).isEqualTo(golden("pod-lose-leadership"));
    }

    /** kube-vip's generator leaves them out, so that the pod does not do what was asked for. */
    @Test
    void whatKubeVipDropsFollowsAtTheEnd() throws IOException {
        Typed typed = compatible("pod", ALL + " --log -4 --weight 7 --prometheusHTTPServer=", Map.of());

        assertThat(typed.out())
                .contains("    - --prometheusHTTPServer=\n")
                .containsSubsequence(
                        "name: address\n", "name: vip_loglevel\n", "\"-4\"\n", "name: vip_weight\n", "\"7\"\n")
                .doesNotContain("prometheus_server");
    }

    @Test
    void whatIsNotInKubeVipsFormIsRefused() {
        Typed typed = Typed.line("manifest rbac --style compatible --nodes cp-1");

        assertThat(typed.code()).isEqualTo(2);
        assertThat(typed.out()).isEmpty();
        assertThat(typed.err().lines()).singleElement().asString().contains("--nodes");
    }

    private static Typed compatible(String command, String flags, Map<String, String> environment) {
        return Typed.line("manifest " + command + flags + " --style compatible --image " + IMAGE, environment);
    }

    private static String expanded(String flags) {
        String words = flags.replace("ALL", ALL)
                .replace("USUAL", USUAL)
                .replace("ADDRESS", ADDRESS)
                .replace("SERVICES", SERVICES)
                .replace("ELECTION", ELECTION);
        return words.isEmpty() ? "" : " " + words.strip().replaceAll(" +", " ");
    }

    private static String golden(String file) throws IOException {
        try (InputStream in = CompatibleStyleTest.class.getResourceAsStream(file + ".yaml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("ghcr.io/kube-vip/kube-vip:v1.2.3", IMAGE)
                    .replace("version: v1.2.3", "version: " + io.vipkeeper.cli.common.VersionCommand.version())
                    .replace("kube-vip", "vipkeeper");
        }
    }
}
