package io.vipkeeper.manifest.careful;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ControlPlaneDaemonSetTest {

    @Test
    void theFileForTheClusterIsWhatTheProgramPrints() throws IOException {
        assertThat(ControlPlaneDaemonSet.yaml(Requests.of(Requests.USUAL, Map.of(), true)))
                .isEqualTo(Files.readString(Path.of("k8s/daemonset.yaml")));
    }

    @Test
    void inTheClusterThereIsAServiceAccountAndNothingOfTheHost() {
        PodSpec spec = spec(Requests.USUAL, true);

        assertThat(spec.getServiceAccountName()).isEqualTo("vipkeeper");
        assertThat(spec.getAutomountServiceAccountToken()).isTrue();
        assertThat(spec.getVolumes()).extracting(Volume::getName).containsExactly("tmp");
    }

    @Test
    void withAKubeconfigThereIsNoTokenInThePod() {
        PodSpec spec = spec(Requests.USUAL, false);

        assertThat(spec.getServiceAccountName()).isNull();
        assertThat(spec.getAutomountServiceAccountToken()).isFalse();
        assertThat(spec.getVolumes()).extracting(Volume::getName).containsExactly("kubeconfig", "no-pki", "tmp");
    }

    @Test
    void itRunsOnTheControlPlaneAloneWhateverTheTaints() {
        PodSpec spec = spec(Requests.USUAL, true);

        assertThat(spec.getTolerations())
                .hasSize(2)
                .allMatch(toleration -> toleration.getOperator().equals("Exists") && toleration.getKey() == null);
        assertThat(spec.getAffinity()
                        .getNodeAffinity()
                        .getRequiredDuringSchedulingIgnoredDuringExecution()
                        .getNodeSelectorTerms())
                .singleElement()
                .satisfies(term -> assertThat(term.getMatchExpressions())
                        .extracting(NodeSelectorRequirement::getKey)
                        .containsExactly("node-role.kubernetes.io/control-plane"));
    }

    /** There the ServiceAccount's namespace would be taken for the Lease's. */
    @Test
    void inTheClusterALeaseOfAnotherNamespaceIsNamedWithIt() {
        Map<String, String> typed = new HashMap<>(Requests.USUAL);
        typed.put("namespace", "locks");

        assertThat(spec(typed, true).getContainers().getFirst().getEnv())
                .filteredOn(variable -> variable.getName().equals("vip_leasename"))
                .extracting(EnvVar::getValue)
                .containsExactly("locks/plndr-cp-lock");
    }

    private static PodSpec spec(Map<String, String> typed, boolean inCluster) {
        return ControlPlaneDaemonSet.daemonSet(Requests.of(typed, Map.of(), inCluster))
                .getSpec()
                .getTemplate()
                .getSpec();
    }
}
