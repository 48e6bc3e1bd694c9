package io.vipkeeper.service.plan;

import java.util.Optional;

import io.vipkeeper.vip.InterfaceName;

/**
 * Which Services are looked after, and where.
 *
 * @param namespace the only one whose Services count (kube-vip's svc_namespace); empty for all
 * @param nic where an address goes whose Service names no interface
 */
public record ServiceRules(Sharing sharing, Classes classes, Optional<String> namespace, String nic) {

    /**
     * kube-vip's three options about {@code loadBalancerClass}.
     *
     * @param only a Service without a class is left alone
     * @param name the class to look after; with {@code legacy} off an empty one means Services without a class
     * @param legacy a Service without a class counts, unless {@code only}
     */
    public record Classes(boolean only, String name, boolean legacy) {
        boolean admit(Optional<String> asked) {
            if (!legacy) {
                return asked.orElse("").equals(name);
            }
            return asked.map(name::equals).orElse(!only);
        }
    }

    /** Whether the Service is to have an address from here. */
    boolean manages(ServiceView service) {
        return service.balancer()
                && !service.says(ServiceView.IGNORE)
                && classes.admit(service.balancerClass())
                && namespace.map(service.key().namespace()::equals).orElse(true);
    }

    String nic(ServiceView service) {
        String named = service.annotation(ServiceView.INTERFACE);
        return named.equals("auto") || !InterfaceName.FORM.matcher(named).matches() ? nic : named;
    }
}
