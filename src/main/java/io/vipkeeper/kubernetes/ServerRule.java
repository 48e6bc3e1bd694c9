package io.vipkeeper.kubernetes;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/** Which server a kubeconfig leads to. Pure: names are resolved by whoever calls. */
final class ServerRule {

    /** The name that every API server's certificate is for, whoever made it. */
    static final String KUBERNETES = "kubernetes";

    private static final InetAddress LOCAL = Addresses.literal("127.0.0.1").orElseThrow();

    /** Where credentials were found. */
    enum Origin {
        /** A file of kubeadm's that names the control plane's end point, which is the virtual IP. */
        KUBEADM,
        /** Any other kubeconfig. */
        KUBECONFIG,
        /** The service account of a pod. */
        SERVICE_ACCOUNT
    }

    sealed interface Verdict {
        record Use(ApiServer server) implements Verdict {}

        record Refused(String sentence) implements Verdict {}
    }

    private final ApiSettings settings;
    private final Function<String, List<InetAddress>> resolve;

    /** @param resolve the addresses of a host name; empty when it has none */
    ServerRule(ApiSettings settings, Function<String, List<InetAddress>> resolve) {
        this.settings = settings;
        this.resolve = resolve;
    }

    /**
     * @param url the server that the credentials came with
     * @param tlsServerName the kubeconfig's {@code tls-server-name}, or empty
     */
    Verdict choose(Origin origin, String url, String tlsServerName) {
        boolean told = !settings.kubernetesAddr().isBlank();
        String text = told ? settings.kubernetesAddr().strip() : url.strip();
        String source = told ? "kubernetes_addr" : "the kubeconfig's server";
        URI uri;
        try {
            uri = new URI(text.contains("://") ? text : "https://" + text);
        } catch (URISyntaxException e) {
            return refused(source, text, "is not a URL such as https://192.0.2.11:6443");
        }
        boolean tls = "https".equalsIgnoreCase(uri.getScheme());
        if (!tls && !"http".equalsIgnoreCase(uri.getScheme()) || uri.getHost() == null) {
            return refused(source, text, "is not a URL such as https://192.0.2.11:6443");
        }
        if (origin == Origin.KUBEADM && !told) {
            return new Verdict.Use(local(tls));
        }
        return dial(uri, tls, told ? "" : tlsServerName, source, told);
    }

    private Verdict dial(URI uri, boolean tls, String tlsServerName, String source, boolean told) {
        String host = uri.getHost().replaceAll("[\\[\\]]", "").toLowerCase(Locale.ROOT);
        List<InetAddress> addresses = host.equals(KUBERNETES) ? List.of(LOCAL) : addresses(host);
        if (isVip(host, addresses)) {
            return told
                    ? refused(source, uri.toString(), "is the virtual IP itself; name a node's own address")
                    : new Verdict.Use(local(tls));
        }
        if (addresses.isEmpty()) {
            return refused(source, uri.toString(), "has a host name that does not resolve");
        }
        int port = uri.getPort() > 0 ? uri.getPort() : tls ? 443 : 80;
        String path = uri.getRawPath() == null ? "" : uri.getRawPath().replaceAll("/+$", "");
        String name = tlsServerName.isEmpty() ? host : tlsServerName;
        return new Verdict.Use(new ApiServer(tls, addresses.getFirst(), port, name, path));
    }

    private List<InetAddress> addresses(String host) {
        return Addresses.literal(host).map(List::of).orElseGet(() -> resolve.apply(host));
    }

    private boolean isVip(String host, List<InetAddress> addresses) {
        Set<InetAddress> vips = settings.vips();
        return settings.vipNames().contains(host) || !Collections.disjoint(vips, addresses);
    }

    private ApiServer local(boolean tls) {
        return new ApiServer(tls, LOCAL, settings.port(), KUBERNETES, "");
    }

    private static Verdict refused(String source, String text, String why) {
        return new Verdict.Refused(source + " " + OneLine.of(text) + " " + why);
    }
}
