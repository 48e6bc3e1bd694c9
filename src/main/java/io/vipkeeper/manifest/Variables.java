package io.vipkeeper.manifest;

import java.util.ArrayList;
import java.util.List;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;

import io.vipkeeper.config.Option;
import io.vipkeeper.config.Option.Origin;
import io.vipkeeper.config.Options;

/** The variables of a container, in the order in which they are added; what is added by name has the request's value. */
public final class Variables {
    private final List<EnvVar> list = new ArrayList<>();
    private final PodRequest request;

    public Variables(PodRequest request) {
        this.request = request;
    }

    public List<EnvVar> list() {
        return List.copyOf(list);
    }

    public void put(String name, String value) {
        list.add(new EnvVarBuilder().withName(name).withValue(value).build());
    }

    /** The identity in the election, which kubelet knows. */
    public void nodeName() {
        list.add(new EnvVarBuilder()
                .withName("vip_nodename")
                .withNewValueFrom()
                .withNewFieldRef()
                .withFieldPath("spec.nodeName")
                .endFieldRef()
                .endValueFrom()
                .build());
    }

    public void always(String... names) {
        for (String name : names) {
            put(name, request.value(name));
        }
    }

    /** Those that are not empty. */
    public void given(String... names) {
        for (String name : names) {
            if (!request.value(name).isEmpty()) {
                always(name);
            }
        }
    }

    /** Those that are not as by default. */
    public void differing(String... names) {
        for (String name : names) {
            if (request.differs(name)) {
                always(name);
            }
        }
    }

    /** What kube-vip does not know. */
    public void ofVipkeeper() {
        differing(Options.all().stream()
                .filter(option -> option.origin() == Origin.VIPKEEPER)
                .map(Option::env)
                .toArray(String[]::new));
    }
}
