package io.vipkeeper.manifest;

import java.util.List;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleRef;
import io.fabric8.kubernetes.api.model.rbac.RoleRefBuilder;

/** What both forms of a manifest are made of. */
public final class Parts {
    private Parts() {}

    /** No taint keeps the pod from a node or drives it away. */
    public static List<Toleration> tolerations() {
        return Stream.of("NoSchedule", "NoExecute")
                .map(effect -> new TolerationBuilder()
                        .withEffect(effect)
                        .withOperator("Exists")
                        .build())
                .toList();
    }

    /** @param group of the API, empty for the core */
    public static PolicyRule rule(String group, String resource, String... verbs) {
        return new PolicyRuleBuilder()
                .withApiGroups(group)
                .withResources(resource)
                .withVerbs(verbs)
                .build();
    }

    /** To write Events, and to count on them what happens again. */
    public static PolicyRule events() {
        return rule("events.k8s.io", "events", "create", "patch");
    }

    public static RoleRef role(String kind, String name) {
        return new RoleRefBuilder()
                .withApiGroup("rbac.authorization.k8s.io")
                .withKind(kind)
                .withName(name)
                .build();
    }
}
