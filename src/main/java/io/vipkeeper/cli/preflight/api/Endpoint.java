package io.vipkeeper.cli.preflight.api;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.vipkeeper.cli.common.Printable;
import io.vipkeeper.cli.preflight.finding.Finding;
import io.vipkeeper.kubernetes.ApiSurvey;
import io.vipkeeper.kubernetes.ApiSurvey.Told;
import io.vipkeeper.vip.VirtualIp;

/** Whether the cluster's clients are led to the VIP. */
final class Endpoint {
    private static final String CHECK = "endpoint";

    private final List<VirtualIp> vips;
    private final Function<String, List<InetAddress>> resolve;

    /** @param resolve the addresses of a host name or a number; empty when it has none */
    Endpoint(List<VirtualIp> vips, Function<String, List<InetAddress>> resolve) {
        this.vips = vips;
        this.resolve = resolve;
    }

    static Finding of(ApiSurvey survey, List<VirtualIp> vips) {
        Endpoint endpoint = new Endpoint(vips, Endpoint::addresses);
        return survey.controlPlaneEndpoint() instanceof Told.Known<String>(String text) && !text.isEmpty()
                ? endpoint.judge("controlPlaneEndpoint", Optional.of(text))
                : endpoint.judge("the kubeconfig's server", survey.namedServer());
    }

    /** @param source of the text, for people */
    Finding judge(String source, Optional<String> text) {
        Optional<String> host = text.flatMap(Endpoint::host);
        if (host.isEmpty()) {
            return Finding.notYet(CHECK, "nothing says where the cluster's clients go");
        }
        String what = source + " is " + Printable.of(text.get());
        String vip = vips.getFirst().address().getHostAddress();
        List<InetAddress> found = resolve.apply(host.get());
        if (found.isEmpty()) {
            return Finding.failure(
                    CHECK,
                    what + ", which does not resolve",
                    "no client finds the control plane",
                    "put it into your DNS, or on every machine run 'echo " + vip + " " + Printable.of(host.get())
                            + " >> /etc/hosts'");
        }
        boolean leads = found.stream()
                .allMatch(address -> vips.stream().anyMatch(own -> own.address().equals(address)));
        String shown =
                found.stream().map(InetAddress::getHostAddress).distinct().collect(Collectors.joining(", "));
        return leads
                ? Finding.ok(CHECK, what + ", the VIP")
                : Finding.warning(
                        CHECK,
                        what + ", at " + shown + ", and not the VIP",
                        "clients that go there lose the control plane with that machine",
                        "let it resolve to " + vip + "; 'kubectl -n kube-system edit configmap kubeadm-config' changes"
                                + " controlPlaneEndpoint");
    }

    /** Of a URL, or of a host with or without a port. */
    private static Optional<String> host(String text) {
        try {
            boolean bare = text.indexOf(':') != text.lastIndexOf(':') && !text.contains("[");
            String authority = bare && !text.contains("://") ? "[" + text + "]" : text;
            String host = new URI(text.contains("://") ? text : "https://" + authority).getHost();
            return Optional.ofNullable(host).map(found -> found.replaceAll("[\\[\\]]", ""));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static List<InetAddress> addresses(String host) {
        try {
            return List.of(InetAddress.getAllByName(host));
        } catch (UnknownHostException e) {
            return List.of();
        }
    }
}
