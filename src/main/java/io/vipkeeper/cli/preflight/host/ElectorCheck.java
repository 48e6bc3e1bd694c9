package io.vipkeeper.cli.preflight.host;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.vipkeeper.cli.preflight.finding.Finding;
import io.vipkeeper.cli.preflight.finding.HostFiles;
import io.vipkeeper.cli.preflight.finding.PodFile;
import io.vipkeeper.cli.preflight.finding.PodFile.Container;
import io.vipkeeper.config.VipkeeperConfig;
import io.vipkeeper.vip.VirtualIp;

/** Other programs of this node that would hold the same address, and a second manager. */
final class ElectorCheck {
    private static final String CHECK = "other electors";
    private static final String MANIFESTS = "etc/kubernetes/manifests";
    private static final String KEEPALIVED = "etc/keepalived/keepalived.conf";
    /** As Go's ParseBool has it. */
    private static final Set<String> TRUE = Set.of("1", "t", "T", "TRUE", "true", "True");

    private static final Pattern PROCESS = Pattern.compile("[0-9]+");

    private final HostFiles files;
    private final List<String> vips;
    private final String lease;

    private record Manifest(Path file, Container container) {
        String shown() {
            return "/" + MANIFESTS + "/" + file.getFileName();
        }
    }

    ElectorCheck(HostFiles files, VipkeeperConfig config) {
        this.files = files;
        this.vips = config.address().vips().stream()
                .map(VirtualIp::address)
                .map(address -> LinkChecks.shown(VirtualIp.host(address)))
                .toList();
        this.lease = config.election().leaseName();
    }

    List<Finding> run() {
        List<Manifest> manifests = files.list(MANIFESTS).stream()
                .filter(file -> !file.getFileName().toString().startsWith("."))
                .flatMap(ElectorCheck::containers)
                .toList();
        List<Finding> findings = new ArrayList<>();
        manifests.stream().map(this::foreign).flatMap(Optional::stream).forEach(findings::add);
        twin(manifests).ifPresent(findings::add);
        keepalived().ifPresent(findings::add);
        if (findings.isEmpty()) {
            running("kube-vip").ifPresent(findings::add);
        }
        return findings.isEmpty()
                ? List.of(Finding.ok(CHECK, "none on this node holds " + String.join(" or ", vips)))
                : findings;
    }

    private static Stream<Manifest> containers(Path file) {
        return HostFiles.text(file).flatMap(PodFile::parse).map(PodFile::containers).orElse(List.of()).stream()
                .map(container -> new Manifest(file, container));
    }

    /** kube-vip for Services only may stay. */
    private Optional<Finding> foreign(Manifest manifest) {
        Container container = manifest.container();
        boolean kubeVip = container.runs("kube-vip") && keepsControlPlane(container);
        if (!kubeVip) {
            return Optional.empty();
        }
        return Optional.of(Finding.failure(
                CHECK,
                manifest.shown() + " runs kube-vip for the control plane",
                "it uses this node's name in the same Lease, so each takes the other for itself",
                "run 'mv " + manifest.shown() + " /etc/kubernetes/' before the manager starts; preflight --from"
                        + " prints its successor"));
    }

    private static boolean keepsControlPlane(Container container) {
        return TRUE.contains(container.env().getOrDefault("cp_enable", ""))
                || container.args().stream()
                        .anyMatch(argument -> argument.equals("--controlplane")
                                || argument.startsWith("--controlplane=")
                                        && TRUE.contains(argument.substring(argument.indexOf('=') + 1)));
    }

    /** Of two on one node with one Lease the second never gets the identity. */
    private Optional<Finding> twin(List<Manifest> manifests) {
        List<Manifest> own = manifests.stream()
                .filter(manifest -> manifest.container().runs("vipkeeper"))
                .filter(manifest -> leaseOf(manifest.container()).equals(lease))
                .toList();
        return own.size() < 2
                ? Optional.empty()
                : Optional.of(Finding.failure(
                        CHECK,
                        own.stream()
                                        .map(Manifest::shown)
                                        .reduce((a, b) -> a + " and " + b)
                                        .orElse("") + " run vipkeeper with one identity on one Lease",
                        "the second waits for ever for the identity of the first",
                        "run 'mv " + own.getLast().shown() + " /etc/kubernetes/'"));
    }

    private static String leaseOf(Container container) {
        String name = container.env().getOrDefault("vip_leasename", "");
        return name.isEmpty() ? "plndr-cp-lock" : name.substring(name.indexOf('/') + 1);
    }

    private Optional<Finding> keepalived() {
        String text = files.text(KEEPALIVED).orElse("");
        return vips.stream()
                .filter(vip -> Pattern.compile("(?<![0-9a-fA-F.:])" + Pattern.quote(vip) + "(?![0-9a-fA-F.:])")
                        .matcher(text)
                        .find())
                .findFirst()
                .map(vip -> Finding.failure(
                        CHECK,
                        "/" + KEEPALIVED + " has " + vip,
                        "keepalived elects by VRRP and knows nothing of the Lease, so two nodes would answer",
                        "take it out there, or run 'systemctl disable --now keepalived'"));
    }

    /** One that no manifest of this node starts, a DaemonSet's for instance. */
    private Optional<Finding> running(String program) {
        boolean runs = files.list("proc").stream()
                .filter(folder ->
                        PROCESS.matcher(folder.getFileName().toString()).matches())
                .map(folder -> HostFiles.text(folder.resolve("comm")).orElse(""))
                .anyMatch(command -> command.strip().equals(program));
        return runs
                ? Optional.of(Finding.warning(
                        CHECK,
                        program + " runs on this node, and no manifest here starts it",
                        "if it keeps the control plane's address, too, each takes the other for itself",
                        "look at 'kubectl -n kube-system get daemonset'"))
                : Optional.empty();
    }
}
