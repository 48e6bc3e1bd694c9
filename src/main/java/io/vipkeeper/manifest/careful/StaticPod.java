package io.vipkeeper.manifest.careful;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;

import io.vipkeeper.manifest.PodRequest;
import io.vipkeeper.manifest.Yaml;

/** The static pod of one control-plane node, for /etc/kubernetes/manifests; never one in the cluster's hands. */
public final class StaticPod {
    private StaticPod() {}

    /**
     * As YAML, with a line break at its end.
     *
     * @throws IllegalArgumentException if it is to use a ServiceAccount, which no kubelet lets a static pod do
     */
    public static String yaml(PodRequest request) {
        return Yaml.of(pod(request));
    }

    static Pod pod(PodRequest request) {
        if (request.inCluster()) {
            throw new IllegalArgumentException("a static pod cannot use a ServiceAccount");
        }
        return new PodBuilder()
                .withNewMetadata()
                .withName(CarefulSpec.NAME)
                .withNamespace(CarefulSpec.NAMESPACE)
                .addToLabels(CarefulSpec.NAME_LABEL, CarefulSpec.NAME)
                .endMetadata()
                .withSpec(CarefulSpec.of(request).build())
                .build();
    }
}
