package io.vipkeeper.manifest.careful;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.vipkeeper.config.Option;
import io.vipkeeper.config.Options;
import io.vipkeeper.manifest.RightsRequest;

import static org.assertj.core.api.Assertions.assertThat;

/** What k8s/010-rbac.yaml grants is what the program asks for. */
class RightsTest {
    private List<HasMetadata> objects;

    @BeforeEach
    void read() throws IOException {
        objects = Stream.of(Files.readString(Path.of("k8s/010-rbac.yaml")).split("(?m)^---$"))
                .map(text -> Serialization.unmarshal(text, HasMetadata.class))
                .toList();
    }

    @Test
    void theFileForTheClusterIsWhatTheProgramPrints() throws IOException {
        List<String> leases =
                List.of("vipkeeper-control-plane-1", "vipkeeper-control-plane-2", "vipkeeper-control-plane-3");

        assertThat(Rights.yaml(new RightsRequest(
                        "kube-system", "kube-system", "plndr-cp-lock", leases, false, false, false, true)))
                .isEqualTo(Files.readString(Path.of("k8s/010-rbac.yaml")));
    }

    @Test
    void leasesAreChangedByNameOnly() {
        List<PolicyRule> all = of(Role.class, "vipkeeper").getRules();
        List<PolicyRule> rules = all.subList(0, 3);

        assertThat(all).hasSize(4);
        assertThat(rules.get(0).getResourceNames()).isEmpty();
        assertThat(rules.get(0).getVerbs()).containsExactlyInAnyOrder("get", "list", "watch", "create");
        assertThat(rules.get(1).getResourceNames()).containsExactly(defaultOf("vip_leasename"));
        assertThat(rules.get(1).getVerbs()).containsExactly("update");
        assertThat(rules.get(2).getResourceNames()).hasSize(3).allMatch(name -> name.startsWith("vipkeeper-"));
        assertThat(rules.get(2).getVerbs()).containsExactlyInAnyOrder("update", "delete");
        assertThat(rules).allSatisfy(rule -> {
            assertThat(rule.getApiGroups()).containsExactly("coordination.k8s.io");
            assertThat(rule.getResources()).containsExactly("leases");
        });
    }

    @Test
    void eventsAreWrittenAndNeverReadWhereTheLeaseIsAndWhereThoseOfNodesAre() {
        PolicyRule beside = of(Role.class, "vipkeeper").getRules().get(3);
        Role ofNodes = of(Role.class, "vipkeeper-events");

        assertThat(ofNodes.getMetadata().getNamespace()).isEqualTo("default");
        assertThat(ofNodes.getRules()).containsExactly(beside);
        assertThat(beside.getApiGroups()).containsExactly("events.k8s.io");
        assertThat(beside.getResources()).containsExactly("events");
        assertThat(beside.getVerbs()).containsExactlyInAnyOrder("create", "patch");
        assertThat(of(RoleBinding.class, "vipkeeper-events").getRoleRef().getName())
                .isEqualTo("vipkeeper-events");
        assertThat(of(RoleBinding.class, "vipkeeper-events").getSubjects())
                .isEqualTo(of(RoleBinding.class, "vipkeeper").getSubjects());
    }

    @Test
    void nodesMayOnlyBeRead() {
        assertThat(one(ClusterRole.class).getRules()).singleElement().satisfies(rule -> {
            assertThat(rule.getResources()).containsExactly("nodes");
            assertThat(rule.getVerbs()).containsExactlyInAnyOrder("get", "list");
        });
    }

    @Test
    void everythingIsInTheLeasesNamespaceAndBoundToTheOneAccount() {
        // given
        String namespace = defaultOf("cp_namespace");
        String account = one(ServiceAccount.class).getMetadata().getName();

        // then
        assertThat(objects)
                .filteredOn(object -> object.getMetadata().getNamespace() != null)
                .filteredOn(object -> !object.getMetadata().getName().equals("vipkeeper-events"))
                .hasSize(4)
                .allSatisfy(object ->
                        assertThat(object.getMetadata().getNamespace()).isEqualTo(namespace));
        assertThat(one(Secret.class).getMetadata().getAnnotations())
                .containsEntry("kubernetes.io/service-account.name", account);
        RoleBinding role = of(RoleBinding.class, "vipkeeper");
        ClusterRoleBinding nodes = one(ClusterRoleBinding.class);
        assertThat(role.getRoleRef().getName()).isEqualTo("vipkeeper");
        assertThat(nodes.getRoleRef().getName())
                .isEqualTo(one(ClusterRole.class).getMetadata().getName());
        assertThat(List.of(role.getSubjects().getFirst(), nodes.getSubjects().getFirst()))
                .allSatisfy(subject -> {
                    assertThat(subject.getName()).isEqualTo(account);
                    assertThat(subject.getNamespace()).isEqualTo(namespace);
                });
    }

    private <T extends HasMetadata> T one(Class<T> type) {
        return only(type, object -> true);
    }

    private <T extends HasMetadata> T of(Class<T> type, String name) {
        return only(type, object -> object.getMetadata().getName().equals(name));
    }

    private <T extends HasMetadata> T only(Class<T> type, Predicate<T> wanted) {
        return objects.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .filter(wanted)
                .reduce((one, other) -> {
                    throw new AssertionError("two of " + type.getSimpleName());
                })
                .orElseThrow();
    }

    private static String defaultOf(String variable) {
        return Options.all().stream()
                .filter(option -> option.env().equals(variable))
                .map(Option::defaultValue)
                .findFirst()
                .orElseThrow();
    }
}
