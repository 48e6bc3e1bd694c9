package io.vipkeeper.manifest.compatible;

import java.util.Map;

import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import io.fabric8.kubernetes.api.model.NodeSelectorTermBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.DaemonSetBuilder;

import io.vipkeeper.manifest.Parts;
import io.vipkeeper.manifest.PodRequest;
import io.vipkeeper.manifest.Yaml;

/** kube-vip's DaemonSet. */
public final class KubeVipDaemonSet {
    private static final String NAME = KubeVipPod.NAME + "-ds";
    private static final String NAME_LABEL = "app.kubernetes.io/name";

    private KubeVipDaemonSet() {}

    /** As YAML; {@code taint} keeps it on the control plane. */
    public static String yaml(PodRequest request, boolean taint) {
        Map<String, String> labels = Map.of(NAME_LABEL, NAME, "app.kubernetes.io/version", request.version());
        return Yaml.of(new DaemonSetBuilder()
                        .withNewMetadata()
                        .withName(NAME)
                        .withNamespace(KubeVipPod.namespace(request))
                        .withLabels(labels)
                        .endMetadata()
                        .withNewSpec()
                        .withNewSelector()
                        .addToMatchLabels(NAME_LABEL, NAME)
                        .endSelector()
                        .withNewTemplate()
                        .withNewMetadata()
                        .withLabels(labels)
                        .endMetadata()
                        .withSpec(taint ? onControlPlane(KubeVipPod.spec(request)) : KubeVipPod.spec(request))
                        .endTemplate()
                        .withNewUpdateStrategy()
                        .endUpdateStrategy()
                        .endSpec()
                        .build())
                + "\n";
    }

    private static PodSpec onControlPlane(PodSpec spec) {
        return spec.edit()
                .withTolerations(Parts.tolerations())
                .withNewAffinity()
                .withNewNodeAffinity()
                .withNewRequiredDuringSchedulingIgnoredDuringExecution()
                .withNodeSelectorTerms(has("master"), has("control-plane"))
                .endRequiredDuringSchedulingIgnoredDuringExecution()
                .endNodeAffinity()
                .endAffinity()
                .build();
    }

    private static NodeSelectorTerm has(String role) {
        return new NodeSelectorTermBuilder()
                .addNewMatchExpression()
                .withKey("node-role.kubernetes.io/" + role)
                .withOperator("Exists")
                .endMatchExpression()
                .build();
    }
}
