package io.vipkeeper.cli.preflight.host;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import io.vipkeeper.cli.preflight.finding.Finding;
import io.vipkeeper.cli.preflight.finding.HostFiles;
import io.vipkeeper.linux.Nic;

/** Programs that configure the interface and take addresses off that they did not put there. */
final class NetworkManagers {
    private static final String CHECK = "network manager";

    /** Where systemd.network(5) looks, the first of one name wins. */
    private static final List<String> FOLDERS =
            List.of("etc/systemd/network", "run/systemd/network", "usr/lib/systemd/network", "lib/systemd/network");

    /** Values of KeepConfiguration= that keep static addresses when systemd-networkd starts. */
    private static final Set<String> KEEPING = Set.of("static", "yes", "true", "on", "1", "y", "t");

    private final HostFiles files;
    private final Nic nic;

    NetworkManagers(HostFiles files, Nic nic) {
        this.files = files;
        this.nic = nic;
    }

    Finding run() {
        Optional<String> networkd = files.text("run/systemd/netif/links/" + nic.index());
        if (networkd.isPresent() && !value(networkd.get(), "ADMIN_STATE").equals("unmanaged")) {
            return networkd(value(networkd.get(), "NETWORK_FILE"));
        }
        boolean networkManager = files.text("run/NetworkManager/devices/" + nic.index())
                .filter(device -> value(device, "managed").equals("true"))
                .isPresent();
        return networkManager
                ? Finding.warning(
                        CHECK,
                        "NetworkManager manages " + nic.name(),
                        "'nmcli connection up' and 'nmcli device reapply' take the VIP off, until it is put back",
                        "leave both alone on a holder, or configure " + nic.name() + " otherwise and run 'printf"
                                + " \"[keyfile]\\nunmanaged-devices=interface-name:" + nic.name()
                                + "\\n\" > /etc/NetworkManager/conf.d/90-vipkeeper.conf && nmcli general reload'")
                : Finding.ok(CHECK, "neither systemd-networkd nor NetworkManager manages " + nic.name());
    }

    private Finding networkd(String file) {
        Path path = Path.of(file.isEmpty() ? "/" : file);
        String name = path.getFileName() == null ? "" : path.getFileName().toString();
        if (KEEPING.contains(keepConfiguration(file, name))) {
            return Finding.ok(CHECK, "systemd-networkd manages " + nic.name() + " and keeps foreign addresses");
        }
        String folder = "/etc/systemd/network/" + (name.isEmpty() ? "FILE.network" : name) + ".d";
        return Finding.warning(
                CHECK,
                "systemd-networkd manages " + nic.name() + " without KeepConfiguration=static",
                "each start of it takes the VIP off, until it is put back",
                "run 'mkdir -p " + folder + " && printf \"[Network]\\nKeepConfiguration=static\\n\" > " + folder
                        + "/vipkeeper.conf && networkctl reload'");
    }

    /** As the last of the files says it that systemd-networkd reads for the interface: the file, then its drop-ins. */
    private String keepConfiguration(String file, String name) {
        List<Optional<String>> texts = new ArrayList<>();
        texts.add(files.text(file.replaceFirst("^/", "")));
        FOLDERS.stream()
                .flatMap(folder -> dropIns(folder, name))
                .sorted(Comparator.comparing(dropIn -> dropIn.getFileName().toString()))
                .map(HostFiles::text)
                .forEach(texts::add);
        return texts.stream()
                .flatMap(Optional::stream)
                .map(NetworkManagers::keepConfiguration)
                .filter(value -> !value.isEmpty())
                .reduce("", (earlier, later) -> later);
    }

    private Stream<Path> dropIns(String folder, String name) {
        return files.list(folder + "/" + name + ".d").stream()
                .filter(file -> file.toString().endsWith(".conf"));
    }

    private static String keepConfiguration(String text) {
        String section = "";
        String found = "";
        for (String line : text.lines().map(String::strip).toList()) {
            if (line.startsWith("[")) {
                section = line;
            } else if (section.equals("[Network]") && line.startsWith("KeepConfiguration")) {
                found = value(line, "KeepConfiguration");
            }
        }
        return found;
    }

    /** Of lines such as {@code KEY=value}. */
    private static String value(String text, String key) {
        return text.lines()
                .map(line -> line.split("=", 2))
                .filter(parts -> parts.length == 2 && parts[0].strip().equals(key))
                .map(parts -> parts[1].strip())
                .findFirst()
                .orElse("");
    }
}
