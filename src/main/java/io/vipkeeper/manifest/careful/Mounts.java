package io.vipkeeper.manifest.careful;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;

import io.vipkeeper.manifest.PodRequest;

/**
 * The volumes of a pod and where they are mounted.
 *
 * <p>The directory of the kubeconfig is mounted, not the file: a mounted file stays the old one when it is replaced by
 * renaming, and one that does not exist yet when the pod starts would be made a directory by the runtime. kubeadm's own
 * directory also holds the keys of the cluster's authorities, so an empty one is laid over {@code pki}.
 */
final class Mounts {
    private static final Path KUBEADM = Path.of("/etc/kubernetes");

    private final List<Volume> volumes = new ArrayList<>();
    private final List<VolumeMount> mounts = new ArrayList<>();

    Mounts(PodRequest request) {
        if (!request.inCluster()) {
            mountKubeconfig(directory(request));
        }
        mountScratch("tmp", "/tmp", null); // A JVM unpacks libjffi there, unless the image has it as a file.
    }

    List<Volume> volumes() {
        return List.copyOf(volumes);
    }

    List<VolumeMount> mounts() {
        return List.copyOf(mounts);
    }

    private void mountKubeconfig(Path directory) {
        mount("kubeconfig", directory.toString(), true);
        volumes.add(new VolumeBuilder()
                .withName("kubeconfig")
                .withNewHostPath()
                .withPath(directory.toString())
                .withType("Directory")
                .endHostPath()
                .build());
        if (directory.equals(KUBEADM)) {
            mountScratch("no-pki", KUBEADM.resolve("pki").toString(), true);
        }
    }

    private void mountScratch(String name, String path, Boolean readOnly) {
        mount(name, path, readOnly);
        volumes.add(new VolumeBuilder()
                .withName(name)
                .withNewEmptyDir()
                .withMedium("Memory")
                .withSizeLimit(new Quantity("16Mi"))
                .endEmptyDir()
                .build());
    }

    private void mount(String name, String path, Boolean readOnly) {
        mounts.add(new VolumeMountBuilder()
                .withName(name)
                .withMountPath(path)
                .withReadOnly(readOnly)
                .build());
    }

    private static Path directory(PodRequest request) {
        Path parent =
                request.config().api().kubeconfig().toAbsolutePath().normalize().getParent();
        return parent == null ? Path.of("/") : parent;
    }
}
