package io.vipkeeper.manifest.compatible;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;

import io.vipkeeper.manifest.Parts;
import io.vipkeeper.manifest.RightsRequest;
import io.vipkeeper.manifest.Yaml;

/** kube-vip's rights: wide, for Services too, and not all that vipkeeper's candidates want. */
public final class KubeVipRights {
    private static final String NAME = KubeVipPod.NAME;
    private static final String CLUSTER_ROLE = "system:" + NAME + "-role";
    private static final String[] READ = {"list", "get", "watch"};
    private static final String[] CHANGE = {"list", "get", "watch", "update"};

    private final RightsRequest request;

    private KubeVipRights(RightsRequest request) {
        this.request = request;
    }

    /** As kube-vip prints them, and what Services need beyond that: YAML documents, each below a line of dashes and above an empty one. */
    public static String yaml(RightsRequest request) {
        KubeVipRights rights = new KubeVipRights(request);
        return Stream.of(rights.account(), rights.role(), rights.binding())
                .map(object -> "---\n" + Yaml.of(object) + "\n")
                .collect(Collectors.joining());
    }

    private HasMetadata account() {
        return new ServiceAccountBuilder()
                .withNewMetadata()
                .withName(NAME)
                .withNamespace(request.namespace())
                .endMetadata()
                .build();
    }

    private HasMetadata role() {
        if (request.role()) {
            return new RoleBuilder()
                    .withNewMetadata()
                    .withName(NAME)
                    .withNamespace(request.namespace())
                    .endMetadata()
                    .withRules(rules())
                    .build();
        }
        List<PolicyRule> rules = rules();
        rules.add(Parts.rule("networking.k8s.io", "servicecidrs", READ));
        return new ClusterRoleBuilder()
                .withNewMetadata()
                .withName(CLUSTER_ROLE)
                .endMetadata()
                .withRules(rules)
                .build();
    }

    private HasMetadata binding() {
        if (request.role() || request.roleBinding()) {
            return new RoleBindingBuilder()
                    .withNewMetadata()
                    .withName(NAME)
                    .withNamespace(request.namespace())
                    .endMetadata()
                    .withRoleRef(request.role() ? Parts.role("Role", NAME) : Parts.role("ClusterRole", CLUSTER_ROLE))
                    .addNewSubject()
                    .withKind("ServiceAccount")
                    .withName(NAME)
                    .endSubject()
                    .build();
        }
        return new ClusterRoleBindingBuilder()
                .withNewMetadata()
                .withName("system:" + NAME + "-binding")
                .endMetadata()
                .withRoleRef(Parts.role("ClusterRole", CLUSTER_ROLE))
                .addNewSubject()
                .withKind("ServiceAccount")
                .withName(NAME)
                .withNamespace(request.namespace())
                .endSubject()
                .build();
    }

    private List<PolicyRule> rules() {
        List<PolicyRule> rules = new ArrayList<>();
        rules.add(Parts.rule("", "services/status", "update"));
        PolicyRule services = Parts.rule("", "services", CHANGE);
        services.getResources().add("endpoints");
        rules.add(services);
        rules.add(Parts.rule("", "nodes", "list", "get", "watch", "update", "patch"));
        rules.add(Parts.rule("coordination.k8s.io", "leases", "list", "get", "watch", "update", "create"));
        rules.add(Parts.rule("discovery.k8s.io", "endpointslices", CHANGE));
        rules.add(Parts.rule("", "pods", "list"));
        if (request.services()) {
            // What kube-vip does not do: it replaces whole statuses, and says nothing on a Service.
            rules.add(Parts.rule("", "services/status", "patch"));
            rules.add(Parts.events());
        }
        return rules;
    }
}
