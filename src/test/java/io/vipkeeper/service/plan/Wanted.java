package io.vipkeeper.service.plan;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.vipkeeper.service.plan.ServiceView.Port;
import io.vipkeeper.vip.VirtualIp;

/** Services as tests need them. */
public final class Wanted {
    private Wanted() {}

    /** A Service of one TCP port that asks for an address by annotation. */
    public static ServiceView service(String name, String addresses, int port) {
        Map<String, String> annotations = addresses.isEmpty() ? Map.of() : Map.of("loadbalancerIPs", addresses);
        return new ServiceView(
                new ServiceKey("web", name),
                "uid-" + name,
                "1",
                "2026-01-01T00:00:00Z",
                true,
                Optional.empty(),
                false,
                Set.of(new Port("TCP", port)),
                "",
                annotations,
                List.of());
    }

    public static ServiceView local(ServiceView view, boolean local) {
        return copy(view, view.version(), view.balancerClass(), local, view.annotations(), view.ingress());
    }

    public static ServiceView ofClass(ServiceView view, String name) {
        return copy(view, view.version(), Optional.of(name), view.local(), view.annotations(), view.ingress());
    }

    /** An annotation more, without its prefix. */
    public static ServiceView with(ServiceView view, String annotation, String value) {
        Map<String, String> annotations = new HashMap<>(view.annotations());
        annotations.put(annotation, value);
        return said(view, view.version(), annotations, view.ingress());
    }

    public static ServiceView said(
            ServiceView view, String version, Map<String, String> annotations, List<String> ingress) {
        return copy(view, version, view.balancerClass(), view.local(), annotations, ingress);
    }

    private static ServiceView copy(
            ServiceView view,
            String version,
            Optional<String> balancerClass,
            boolean local,
            Map<String, String> annotations,
            List<String> ingress) {
        return new ServiceView(
                view.key(),
                view.uid(),
                version,
                view.created(),
                view.balancer(),
                balancerClass,
                local,
                view.ports(),
                view.specAddress(),
                annotations,
                ingress);
    }

    public static Endpoints on(String... nodes) {
        return new Endpoints(nodes.length > 0, Set.of(nodes));
    }

    /** All of them with a backend on each node. */
    public static Snapshot snapshot(ServiceView... services) {
        return new Snapshot(
                List.of(services),
                List.of(services).stream()
                        .collect(Collectors.toMap(ServiceView::key, view -> on("node-1", "node-2", "node-3"))));
    }

    public static Optional<InetAddress> literal(String text) {
        boolean number = text.matches("[0-9.]+") || text.contains(":");
        return number ? Optional.of(address(text)) : Optional.empty();
    }

    public static VirtualIp vip(String text) {
        return VirtualIp.host(address(text));
    }

    public static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
