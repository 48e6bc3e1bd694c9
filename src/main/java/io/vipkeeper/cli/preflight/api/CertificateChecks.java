package io.vipkeeper.cli.preflight.api;

import java.net.InetAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.vipkeeper.cli.common.Printable;
import io.vipkeeper.cli.preflight.finding.Finding;
import io.vipkeeper.kubernetes.Addresses;
import io.vipkeeper.vip.VirtualIp;

/** The end dates of certificates, and whom the API server's is for. */
public final class CertificateChecks {
    private static final String CLIENT = "client certificate";
    private static final String SERVER = "API certificate";
    private static final Duration SOON = Duration.ofDays(30);
    private static final String KUBERNETES = "kubernetes";
    private static final int DNS = 2;
    private static final int IP = 7;

    private CertificateChecks() {}

    /** @return empty for a user that proves itself otherwise */
    static Optional<Finding> client(List<X509Certificate> certificates, Instant now) {
        return certificates.stream().findFirst().map(own -> ending(own, now)
                .map(what -> late(
                        CLIENT,
                        "that of the kubeconfig " + what,
                        own,
                        now,
                        "this node loses the election for good then",
                        "run 'kubeadm certs renew admin.conf'; the file is read again by itself"))
                .orElseGet(() -> Finding.ok(CLIENT, "that of the kubeconfig is valid until " + day(own))));
    }

    /** @param shown by the server; empty if it showed none */
    static Finding server(Optional<X509Certificate> shown, List<VirtualIp> vips, Instant now) {
        if (shown.isEmpty()) {
            return Finding.notYet(SERVER, "no server shows one");
        }
        Set<String> names = names(shown.get());
        if (!isForKubernetes(shown.get())) {
            return Finding.warning(
                    SERVER,
                    "it is not for the name kubernetes, but for " + String.join(", ", names),
                    "the API server of this node is dialled at 127.0.0.1 and checked by that name",
                    reissue(KUBERNETES));
        }
        Optional<String> ends = ending(shown.get(), now);
        if (ends.isPresent()) {
            return late(
                    SERVER,
                    "it " + ends.get(),
                    shown.get(),
                    now,
                    "no client trusts the server then",
                    "run 'kubeadm certs renew apiserver' and start the API server again");
        }
        return vips.stream()
                .map(vip -> vip.address().getHostAddress())
                .filter(vip -> !names.contains(vip))
                .findFirst()
                .map(vip -> Finding.warning(
                        SERVER,
                        "it is not for the VIP " + vip + ", but for " + String.join(", ", names),
                        "clients that dial the VIP by its number refuse the server",
                        reissue(vip)))
                .orElseGet(() ->
                        Finding.ok(SERVER, "it is for kubernetes and the VIP, and valid until " + day(shown.get())));
    }

    /** As kubeadm makes that of every API server. */
    public static boolean isForKubernetes(X509Certificate certificate) {
        return names(certificate).contains(KUBERNETES);
    }

    private static String reissue(String name) {
        return "add " + name + " to apiServer.certSANs of 'kubectl -n kube-system edit configmap kubeadm-config', then"
                + " run 'rm /etc/kubernetes/pki/apiserver.crt /etc/kubernetes/pki/apiserver.key && kubeadm init phase"
                + " certs apiserver --apiserver-cert-extra-sans " + name + "' and start the API server again";
    }

    private static Finding late(
            String check, String what, X509Certificate certificate, Instant now, String why, String remedy) {
        boolean over = !certificate.getNotAfter().toInstant().isAfter(now);
        return over ? Finding.failure(check, what, why, remedy) : Finding.warning(check, what, why, remedy);
    }

    /** Empty for one that lasts. */
    private static Optional<String> ending(X509Certificate certificate, Instant now) {
        Duration left = Duration.between(now, certificate.getNotAfter().toInstant());
        if (left.compareTo(SOON) > 0) {
            return Optional.empty();
        }
        return Optional.of(
                left.isNegative() || left.isZero()
                        ? "ended on " + day(certificate)
                        : "ends on " + day(certificate) + ", in " + left.toDays() + " days");
    }

    private static String day(X509Certificate certificate) {
        return certificate
                .getNotAfter()
                .toInstant()
                .atOffset(ZoneOffset.UTC)
                .toLocalDate()
                .toString();
    }

    /** The host names and addresses, the latter as Java writes them. */
    private static Set<String> names(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? Set.of()
                    : names.stream()
                            .filter(name ->
                                    name.get(0).equals(DNS) || name.get(0).equals(IP))
                            .map(name -> plain(String.valueOf(name.get(1))))
                            .collect(Collectors.toCollection(TreeSet::new));
        } catch (CertificateParsingException e) {
            return Set.of();
        }
    }

    private static String plain(String name) {
        String line = Printable.of(name);
        return Addresses.literal(line).map(InetAddress::getHostAddress).orElse(line);
    }
}
