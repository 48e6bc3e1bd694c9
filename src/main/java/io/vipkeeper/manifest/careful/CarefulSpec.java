package io.vipkeeper.manifest.careful;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;

import io.vipkeeper.manifest.Parts;
import io.vipkeeper.manifest.PodRequest;

/** What the pods of both kinds are made of. */
final class CarefulSpec {
    static final String NAME = "vipkeeper";
    static final String NAMESPACE = "kube-system";
    static final String NAME_LABEL = "app.kubernetes.io/name";

    private CarefulSpec() {}

    static PodSpecBuilder of(PodRequest request) {
        Mounts mounts = new Mounts(request);
        return new PodSpecBuilder()
                .withHostNetwork(true)
                .withPriorityClassName("system-node-critical")
                .withNewSecurityContext()
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .withTolerations(Parts.tolerations())
                .withContainers(container(request, mounts))
                .withVolumes(mounts.volumes());
    }

    private static Container container(PodRequest request, Mounts mounts) {
        ContainerBuilder container = new ContainerBuilder()
                .withName(NAME)
                .withImage(request.image())
                .withImagePullPolicy("IfNotPresent")
                .withArgs(request.arguments())
                .withEnv(new PodEnvironment(request).list())
                .withSecurityContext(securityContext())
                .withVolumeMounts(mounts.mounts());
        // No limit on the CPU: being throttled is being late.
        container
                .withNewResources()
                .addToRequests("cpu", new Quantity("50m"))
                .addToRequests("memory", new Quantity("128Mi"))
                .addToLimits("memory", new Quantity("256Mi"))
                .endResources();
        Probes.of(request.config().http()).ifPresent(found -> container
                .withStartupProbe(found.startup())
                .withLivenessProbe(found.liveness())
                .withReadinessProbe(found.readiness()));
        return container.build();
    }

    private static SecurityContext securityContext() {
        return new SecurityContextBuilder()
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withNewCapabilities()
                .addToAdd("NET_ADMIN", "NET_RAW")
                .addToDrop("ALL")
                .endCapabilities()
                .build();
    }
}
