package io.vipkeeper.cli.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

import jakarta.enterprise.inject.Vetoed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import io.vipkeeper.cli.VersionCommand;
import io.vipkeeper.cli.VipkeeperCommand;
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

    private final Map<String, String> environment;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ManifestOptions options;

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
        this.environment = environment;
    }

    @Override
    public Integer call() {
        return options.read(spec, environment, PRESUMED).map(this::rights).orElse(VipkeeperCommand.REFUSED);
    }

    private int rights(PodRequest request) {
        Election election = request.config().election();
        if (options.isCompatible()) {
            return nodes.isEmpty() && !token
                    ? ManifestOptions.print(
                            spec, KubeVipRights.yaml(rights(KubeVipPod.namespace(request), election, List.of())))
                    : ManifestOptions.refuse(
                            spec, "--nodes and --token are not in kube-vip's form; leave --style compatible out");
        }
        List<String> leases = new ArrayList<>();
        CandidateNames names = new CandidateNames(new LeaseName(election.namespace(), election.leaseName()));
        for (String node : nodes) {
            Optional<LeaseName> lease = names.leaseOf(node.strip());
            if (lease.isEmpty()) {
                return ManifestOptions.refuse(
                        spec, "--nodes: \"" + node + "\" is not a name that Kubernetes gives a Node");
            }
            leases.add(lease.get().name());
        }
        sayWhatIsLeftOut();
        return ManifestOptions.print(spec, Rights.yaml(rights("kube-system", election, leases)));
    }

    private void sayWhatIsLeftOut() {
        if (nodes.isEmpty()) {
            ManifestOptions.warn(
                    spec,
                    "without --nodes no candidate may renew its own Lease, so there is no fast path;"
                            + " give --nodes with the names of the control plane's nodes");
        }
        if (role || roleBinding) {
            ManifestOptions.warn(
                    spec,
                    "--role and --rolebinding change nothing: Leases are granted by a Role, and Nodes, which have no"
                            + " namespace, by a ClusterRole");
        }
    }

    private RightsRequest rights(String namespace, Election election, List<String> leases) {
        return new RightsRequest(
                namespace, election.namespace(), election.leaseName(), leases, role, roleBinding, token);
    }
}
