package io.vipkeeper.manifest;

import java.util.List;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
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

    public static RoleRef role(String kind, String name) {
        return new RoleRefBuilder()
                .withApiGroup("rbac.authorization.k8s.io")
                .withKind(kind)
                .withName(name)
                .build();
    }
}
