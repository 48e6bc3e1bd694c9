package io.vipkeeper.manifest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;

import io.vipkeeper.config.VipkeeperConfig;

/**
 * The static pod of one control-plane node, for /etc/kubernetes/manifests.
 *
 * <p>The directory of the kubeconfig is mounted, not the file: a mounted file stays the old one when it is replaced by
 * renaming, and one that does not exist yet when the pod starts would be made a directory by the runtime. kubeadm's own
 * directory also holds the keys of the cluster's authorities, so an empty one is laid over {@code pki}.
 */
public final class StaticPod {
    private static final Path KUBEADM = Path.of("/etc/kubernetes");

    private final VipkeeperConfig config;
    private final String image;

    public StaticPod(VipkeeperConfig config, String image) {
        this.config = config;
        this.image = image;
    }

    /** As YAML, with a line break at its end. */
    public String yaml() {
        return Serialization.asYaml(pod()).replaceFirst("^---\n", "");
    }

    Pod pod() {
        return new PodBuilder()
                .withNewMetadata()
                .withName("vipkeeper")
                .withNamespace("kube-system")
                .addToLabels("app.kubernetes.io/name", "vipkeeper")
                .endMetadata()
                .withNewSpec()
                .withHostNetwork(true)
                .withPriorityClassName("system-node-critical")
                .withNewSecurityContext()
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .withContainers(container())
                .withVolumes(volumes())
                .endSpec()
                .build();
    }

    private Container container() {
        ContainerBuilder container = new ContainerBuilder()
                .withName("vipkeeper")
                .withImage(image)
                .withImagePullPolicy("IfNotPresent")
                .withArgs(arguments())
                .withEnv(PodEnvironment.of(config))
                .withSecurityContext(securityContext())
                .withVolumeMounts(mounts());
        // No limit on the CPU: being throttled is being late.
        container
                .withNewResources()
                .addToRequests("cpu", new Quantity("50m"))
                .addToRequests("memory", new Quantity("128Mi"))
                .addToLimits("memory", new Quantity("256Mi"))
                .endResources();
        Optional<Probes> probes = Probes.of(config.http());
        probes.ifPresent(found -> container
                .withStartupProbe(found.startup())
                .withLivenessProbe(found.liveness())
                .withReadinessProbe(found.readiness()));
        return container.build();
    }

    /** An empty variable counts as none, so switching the metrics off takes the flag. */
    private List<String> arguments() {
        return config.http().metrics().isPresent() ? List.of("manager") : List.of("manager", "--prometheusHTTPServer=");
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

    private List<VolumeMount> mounts() {
        List<VolumeMount> mounts = new ArrayList<>();
        mounts.add(mount("kubeconfig", directory().toString(), true));
        if (directory().equals(KUBEADM)) {
            mounts.add(mount("no-pki", KUBEADM.resolve("pki").toString(), true));
        }
        mounts.add(mount("tmp", "/tmp", false)); // The JVM unpacks its native libraries there.
        return mounts;
    }

    private List<Volume> volumes() {
        List<Volume> volumes = new ArrayList<>();
        volumes.add(new VolumeBuilder()
                .withName("kubeconfig")
                .withNewHostPath()
                .withPath(directory().toString())
                .withType("Directory")
                .endHostPath()
                .build());
        if (directory().equals(KUBEADM)) {
            volumes.add(scratch("no-pki"));
        }
        volumes.add(scratch("tmp"));
        return volumes;
    }

    private static Volume scratch(String name) {
        return new VolumeBuilder()
                .withName(name)
                .withNewEmptyDir()
                .withMedium("Memory")
                .withSizeLimit(new Quantity("16Mi"))
                .endEmptyDir()
                .build();
    }

    private static VolumeMount mount(String name, String path, boolean readOnly) {
        return new VolumeMountBuilder()
                .withName(name)
                .withMountPath(path)
                .withReadOnly(readOnly ? true : null)
                .build();
    }

    private Path directory() {
        Path parent = config.api().kubeconfig().toAbsolutePath().normalize().getParent();
        return parent == null ? Path.of("/") : parent;
    }
}
