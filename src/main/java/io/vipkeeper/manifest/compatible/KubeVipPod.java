package io.vipkeeper.manifest.compatible;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.HostAliasBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;

import io.vipkeeper.manifest.PodRequest;
import io.vipkeeper.manifest.Yaml;

/** kube-vip's pod. Like kube-vip's it is followed by an empty line. */
public final class KubeVipPod {
    static final String NAME = "vipkeeper";
    private static final String KUBECONFIG = "/etc/kubernetes/admin.conf";

    private KubeVipPod() {}

    /** As YAML. */
    public static String yaml(PodRequest request) {
        return Yaml.of(new PodBuilder()
                        .withNewMetadata()
                        .withName(NAME)
                        .withNamespace(namespace(request))
                        .endMetadata()
                        .withSpec(spec(request))
                        .withNewStatus()
                        .endStatus()
                        .build())
                + "\n";
    }

    /** The namespace of Services, where kube-vip was told one, else the system's. */
    public static String namespace(PodRequest request) {
        String ofServices = request.value("svc_namespace");
        return request.flag("svc_enable") && !ofServices.isEmpty() ? ofServices : "kube-system";
    }

    static PodSpec spec(PodRequest request) {
        PodSpecBuilder spec = new PodSpecBuilder().withHostNetwork(true).withContainers(container(request));
        if (request.inCluster()) {
            return spec.withServiceAccountName(NAME).build();
        }
        return spec.withHostAliases(new HostAliasBuilder()
                        .withHostnames("kubernetes")
                        .withIp("127.0.0.1")
                        .build())
                .withVolumes(new VolumeBuilder()
                        .withName("kubeconfig")
                        .withNewHostPath()
                        .withPath(request.value("k8s_config_file"))
                        .endHostPath()
                        .build())
                .build();
    }

    private static Container container(PodRequest request) {
        ContainerBuilder container = new ContainerBuilder()
                .withName(NAME)
                .withImage(request.image())
                .withImagePullPolicy("IfNotPresent")
                .withArgs(request.arguments())
                .withEnv(new KubeVipEnvironment(request).list())
                .withNewResources()
                .endResources()
                .withNewSecurityContext()
                .withNewCapabilities()
                .withAdd("NET_ADMIN", "NET_RAW")
                .withDrop("ALL")
                .endCapabilities()
                .endSecurityContext();
        if (!request.inCluster()) {
            container.withVolumeMounts(new VolumeMountBuilder()
                    .withName("kubeconfig")
                    .withMountPath(KUBECONFIG)
                    .build());
        }
        return container.build();
    }
}
