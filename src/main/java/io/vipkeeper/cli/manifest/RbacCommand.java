package io.vipkeeper.cli.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

import jakarta.enterprise.inject.Vetoed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import io.vipkeeper.cli.common.CommandGroup;
import io.vipkeeper.cli.common.VersionCommand;
import io.vipkeeper.config.VipkeeperConfig.Election;
import io.vipkeeper.kubernetes.LeaseName;
import io.vipkeeper.kubernetes.candidates.CandidateNames;
import io.vipkeeper.manifest.PodRequest;
import io.vipkeeper.manifest.RightsRequest;
import io.vipkeeper.manifest.careful.Rights;
import io.vipkeeper.manifest.compatible.KubeVipPod;
import io.vipkeeper.manifest.compatible.KubeVipRights;

/** {@code manifest rbac}: a ServiceAccount and its rights. */
@Vetoed // Main makes it, before there is a container.
@Command(
        name = "rbac",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.class,
        description = "Prints the ServiceAccount vipkeeper and its rights.")
final class RbacCommand implements Callable<Integer> {
    /** Rights depend on the Lease's name alone; an address is only there because a configuration needs one. */
    private static final Map<String, String> PRESUMED =
            Map.of("arp", "true", "controlplane", "true", "leaderElection", "true", "address", "192.0.2.1");

    @Mixin
    private final ManifestOptions options;

    @Option(
            names = "--nodes",
            split = ",",
            paramLabel = "NODE",
            description =
                    "the control plane's nodes, whose own Leases may be replaced; without them there is no fast path")
    private List<String> nodes = new ArrayList<>();

    @Option(names = "--token", description = "add a Secret with a token, for the kubeconfig of static pods")
    private boolean token;

    @Option(
            names = "--role",
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "true|false",
            description = "compatible style: a Role and a RoleBinding, nothing for the whole cluster")
    private boolean role;

    @Option(
            names = "--rolebinding",
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "true|false",
            description = "compatible style: bind the ClusterRole in the namespace only")
    private boolean roleBinding;

    RbacCommand(Map<String, String> environment) {
        options = new ManifestOptions(environment);
    }

    @Override
    public Integer call() {
        return options.read(PRESUMED).map(this::rights).orElse(CommandGroup.REFUSED);
    }

    private int rights(PodRequest request) {
        Election election = request.config().election();
        if (options.isCompatible()) {
            return nodes.isEmpty() && !token
                    ? options.print(KubeVipRights.yaml(rights(KubeVipPod.namespace(request), request, List.of())))
                    : options.refuse("--nodes and --token are not in kube-vip's form; leave --style compatible out");
        }
        List<String> leases = new ArrayList<>();
        CandidateNames names = new CandidateNames(new LeaseName(election.namespace(), election.leaseName()));
        for (String node : nodes) {
            Optional<LeaseName> lease = names.leaseOf(node.strip());
            if (lease.isEmpty()) {
                return options.refuse("--nodes: \"" + node + "\" is not a name that Kubernetes gives a Node");
            }
            leases.add(lease.get().name());
        }
        sayWhatIsLeftOut();
        return options.print(Rights.yaml(rights("kube-system", request, leases)));
    }

    private void sayWhatIsLeftOut() {
        if (nodes.isEmpty()) {
            options.warn("without --nodes no candidate may renew its own Lease, so there is no fast path;"
                    + " give --nodes with the names of the control plane's nodes");
        }
        if (role || roleBinding) {
            options.warn(
                    "--role and --rolebinding change nothing: Leases are granted by a Role, and Nodes, which have no"
                            + " namespace, by a ClusterRole");
        }
    }

    private RightsRequest rights(String namespace, PodRequest request, List<String> leases) {
        Election election = request.config().election();
        return new RightsRequest(
                namespace,
                election.namespace(),
                election.leaseName(),
                leases,
                role,
                roleBinding,
                request.config().services().isPresent(),
                token);
    }
}
