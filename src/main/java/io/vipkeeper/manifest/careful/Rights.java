package io.vipkeeper.manifest.careful;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import io.fabric8.kubernetes.api.model.rbac.SubjectBuilder;

import io.vipkeeper.manifest.Parts;
import io.vipkeeper.manifest.RightsRequest;
import io.vipkeeper.manifest.Yaml;

/** A ServiceAccount with what vipkeeper asks for and nothing else. */
public final class Rights {
    private static final String NAME = CarefulSpec.NAME;
    private static final String NODES = NAME + "-node-addresses";
    private static final String EVENTS = NAME + "-events";
    private static final String SERVICES = NAME + "-services";
    /** Where the Events are that are about an object without a namespace. */
    private static final String EVENTS_NAMESPACE = "default";

    private static final String ACCOUNT_COMMENT = """
            # For those who do not want to give admin.conf to vipkeeper: what it needs and nothing else.
            """;
    private static final String TOKEN_COMMENT = """
            # A static pod cannot use a ServiceAccount, so this token goes into a kubeconfig.
            """;
    private static final String ROLE_COMMENT = """
            # The election's Lease, and those by which the candidates know each other, one for each node. Kubernetes can tie
            # neither a creation nor a watch by label to names; give manifest rbac those of your nodes with --nodes.
            # And Events about the Lease. Those may be left out: nothing depends on them.
            """;
    private static final String NODES_COMMENT = """
            # Which addresses the Nodes have as their own: none of them is ever bound. And which Nodes make up the control plane.
            # To ask /readyz needs nothing here: Kubernetes binds system:public-info-viewer to everybody.
            """;

    private static final String EVENTS_COMMENT = """
            # Events about the Nodes between which the virtual IP moves. May be left out as well.
            """;

    private static final String SERVICES_COMMENT = """
            # Services of type LoadBalancer: what they ask for, where their endpoints are, what their status says, Events about
            # them, and the Leases that decide who has their addresses. Kubernetes cannot tie these to names.
            """;

    private final RightsRequest request;

    private Rights(RightsRequest request) {
        this.request = request;
    }

    /** As YAML documents with a line of dashes between them. */
    public static String yaml(RightsRequest request) {
        return new Rights(request)
                .documents().stream()
                        .map(document -> document.comment + Yaml.of(document.object))
                        .collect(Collectors.joining("---\n"));
    }

    private record Document(String comment, HasMetadata object) {}

    private List<Document> documents() {
        List<Document> documents = new ArrayList<>(List.of(new Document(ACCOUNT_COMMENT, account())));
        if (request.token()) {
            documents.add(new Document(TOKEN_COMMENT, token()));
        }
        documents.add(new Document(ROLE_COMMENT, role()));
        documents.add(new Document("", binding(NAME, request.leaseNamespace())));
        documents.add(new Document(NODES_COMMENT, nodes()));
        documents.add(new Document("", clusterBinding(NODES)));
        documents.add(new Document(EVENTS_COMMENT, role(EVENTS, EVENTS_NAMESPACE, List.of(Parts.events()))));
        documents.add(new Document("", binding(EVENTS, EVENTS_NAMESPACE)));
        if (request.services()) {
            documents.add(new Document(SERVICES_COMMENT, services()));
            documents.add(new Document("", clusterBinding(SERVICES)));
        }
        return documents;
    }

    private HasMetadata account() {
        return new ServiceAccountBuilder()
                .withNewMetadata()
                .withName(NAME)
                .withNamespace(request.namespace())
                .endMetadata()
                .withAutomountServiceAccountToken(false)
                .build();
    }

    private HasMetadata token() {
        return new SecretBuilder()
                .withNewMetadata()
                .withName(NAME + "-token")
                .withNamespace(request.namespace())
                .withAnnotations(Map.of("kubernetes.io/service-account.name", NAME))
                .endMetadata()
                .withType("kubernetes.io/service-account-token")
                .build();
    }

    private HasMetadata role() {
        List<PolicyRule> rules = new ArrayList<>(List.of(
                leases(List.of("get", "list", "watch", "create"), List.of()),
                leases(List.of("update"), List.of(request.leaseName()))));
        if (!request.candidateLeases().isEmpty()) {
            rules.add(leases(List.of("update", "delete"), request.candidateLeases()));
        }
        rules.add(Parts.events());
        return role(NAME, request.leaseNamespace(), rules);
    }

    private static HasMetadata role(String name, String namespace, List<PolicyRule> rules) {
        return new RoleBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .withRules(rules)
                .build();
    }

    private static PolicyRule leases(List<String> verbs, List<String> names) {
        return new PolicyRuleBuilder()
                .withApiGroups("coordination.k8s.io")
                .withResources("leases")
                .withResourceNames(names)
                .withVerbs(verbs)
                .build();
    }

    private HasMetadata binding(String name, String namespace) {
        return new RoleBindingBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .withRoleRef(Parts.role("Role", name))
                .withSubjects(subject())
                .build();
    }

    private static HasMetadata nodes() {
        return new ClusterRoleBuilder()
                .withNewMetadata()
                .withName(NODES)
                .endMetadata()
                .addNewRule()
                .withApiGroups("")
                .withResources("nodes")
                .withVerbs("get", "list")
                .endRule()
                .build();
    }

    private static HasMetadata services() {
        return new ClusterRoleBuilder()
                .withNewMetadata()
                .withName(SERVICES)
                .endMetadata()
                .withRules(
                        Parts.rule("", "services", "list", "watch"),
                        Parts.rule("discovery.k8s.io", "endpointslices", "list", "watch"),
                        Parts.rule("", "services/status", "patch"),
                        Parts.rule("coordination.k8s.io", "leases", "get", "list", "watch", "create", "update"),
                        Parts.events())
                .build();
    }

    private HasMetadata clusterBinding(String name) {
        return new ClusterRoleBindingBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withRoleRef(Parts.role("ClusterRole", name))
                .withSubjects(subject())
                .build();
    }

    private Subject subject() {
        return new SubjectBuilder()
                .withKind("ServiceAccount")
                .withName(NAME)
                .withNamespace(request.namespace())
                .build();
    }
}
