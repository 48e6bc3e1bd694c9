package io.vipkeeper.manifest.careful;

import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetBuilder;

import io.vipkeeper.manifest.PodRequest;
import io.vipkeeper.manifest.Yaml;

/** One pod on each node of the control plane, for a cluster that exists already; replaced one after the other. */
public final class ControlPlaneDaemonSet {
    private ControlPlaneDaemonSet() {}

    /** As YAML, with a line break at its end. */
    public static String yaml(PodRequest request) {
        return Yaml.of(daemonSet(request));
    }

    static DaemonSet daemonSet(PodRequest request) {
        return new DaemonSetBuilder()
                .withNewMetadata()
                .withName(CarefulSpec.NAME)
                .withNamespace(CarefulSpec.NAMESPACE)
                .addToLabels(CarefulSpec.NAME_LABEL, CarefulSpec.NAME)
                .endMetadata()
                .withNewSpec()
                .withNewSelector()
                .addToMatchLabels(CarefulSpec.NAME_LABEL, CarefulSpec.NAME)
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .addToLabels(CarefulSpec.NAME_LABEL, CarefulSpec.NAME)
                .addToLabels("app.kubernetes.io/version", request.version())
                .endMetadata()
                .withSpec(spec(request))
                .endTemplate()
                .withNewUpdateStrategy()
                .withType("RollingUpdate")
                .withNewRollingUpdate()
                .withNewMaxUnavailable(1)
                .endRollingUpdate()
                .endUpdateStrategy()
                .endSpec()
                .build();
    }

    private static PodSpec spec(PodRequest request) {
        return CarefulSpec.of(request)
                .withServiceAccountName(request.inCluster() ? CarefulSpec.NAME : null)
                .withAutomountServiceAccountToken(request.inCluster())
                .withEnableServiceLinks(false)
                .withNewAffinity()
                .withNewNodeAffinity()
                .withNewRequiredDuringSchedulingIgnoredDuringExecution()
                .addNewNodeSelectorTerm()
                .addNewMatchExpression()
                .withKey("node-role.kubernetes.io/control-plane")
                .withOperator("Exists")
                .endMatchExpression()
                .endNodeSelectorTerm()
                .endRequiredDuringSchedulingIgnoredDuringExecution()
                .endNodeAffinity()
                .endAffinity()
                .build();
    }
}
