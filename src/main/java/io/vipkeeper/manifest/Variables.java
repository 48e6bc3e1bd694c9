package io.vipkeeper.manifest;

import java.util.ArrayList;
import java.util.List;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;

import io.vipkeeper.config.Option;
import io.vipkeeper.config.Option.Origin;
import io.vipkeeper.config.Options;

/** The variables of a container, in the order in which they are added; what is added by name has the request's value. */
public class Variables {
    private final List<EnvVar> list = new ArrayList<>();
    protected final PodRequest request;

    protected Variables(PodRequest request) {
        this.request = request;
    }

    public final List<EnvVar> list() {
        return List.copyOf(list);
    }

    protected final void put(String name, String value) {
        list.add(new EnvVarBuilder().withName(name).withValue(value).build());
    }

    /** The identity in the election, which kubelet knows. */
    protected final void nodeName() {
        list.add(new EnvVarBuilder()
                .withName("vip_nodename")
                .withNewValueFrom()
                .withNewFieldRef()
                .withFieldPath("spec.nodeName")
                .endFieldRef()
                .endValueFrom()
                .build());
    }

    protected final void always(String... names) {
        for (String name : names) {
            put(name, request.value(name));
        }
    }

    /** Those that are not empty. */
    protected final void given(String... names) {
        for (String name : names) {
            if (!request.value(name).isEmpty()) {
                always(name);
            }
        }
    }

    /** Those that are not as by default. */
    protected final void differing(String... names) {
        for (String name : names) {
            if (request.differs(name)) {
                always(name);
            }
        }
    }

    /** What kube-vip does not know. */
    protected final void ofVipkeeper() {
        differing(Origin.VIPKEEPER);
    }

    /** Those of this origin that are not as by default. */
    protected final void differing(Origin origin) {
        differing(Options.all().stream()
                .filter(option -> option.origin() == origin)
                .map(Option::env)
                .toArray(String[]::new));
    }
}
