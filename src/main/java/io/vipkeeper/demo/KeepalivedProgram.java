package io.vipkeeper.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.vipkeeper.demo.lab.LabNode;
import io.vipkeeper.demo.lab.LabPlan;
import io.vipkeeper.demo.lab.LabProgram;

/**
 * keepalived with adverts of 100 ms, to compare with: VRRP needs no API. IPv4 only. Adverts under one second are
 * VRRP version 3. A backup waits for three adverts and a skew of (256 - priority) / 256 of one (RFC 9568, 6.1), so the
 * priorities are far apart, lest two backups begin at once.
 */
public final class KeepalivedProgram implements LabProgram {

    /** The sentence to show if keepalived is not installed. */
    public static Optional<String> problem() {
        boolean found = Stream.concat(Stream.of(System.getenv("PATH").split(":")), Stream.of("/usr/sbin", "/sbin"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "keepalived")));
        return found ? Optional.empty() : Optional.of("the program 'keepalived' is missing: install keepalived");
    }

    @Override
    public String name() {
        return "keepalived";
    }

    @Override
    public List<String> command(LabNode node) {
        Path config = node.directory().resolve(node.name() + "-keepalived.conf");
        try {
            // A killed keepalived leaves them, and its number may be another program's by now.
            Files.deleteIfExists(pidFile(config, ""));
            Files.deleteIfExists(pidFile(config, ".vrrp"));
            Files.writeString(config, """
                    global_defs {
                      router_id %1$s
                      vrrp_version 3
                    }
                    vrrp_instance vip {
                      state BACKUP
                      interface eth0
                      virtual_router_id 51
                      priority %2$d
                      advert_int 0.1
                      virtual_ipaddress {
                        %3$s/32 dev eth0
                      }
                    }
                    """.formatted(node.name(), priority(node), LabPlan.VIP));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.of(
                "keepalived",
                "--dont-fork",
                "--vrrp",
                "--log-console",
                "--use-file=" + config,
                "--pid=" + pidFile(config, ""),
                "--vrrp_pid=" + pidFile(config, ".vrrp"));
    }

    private static Path pidFile(Path config, String of) {
        return Path.of(config + of + ".pid");
    }

    private static int priority(LabNode node) {
        return 220 - 20 * node.number();
    }

    @Override
    public boolean preempts() {
        return true;
    }

    @Override
    public Map<String, String> environment(LabNode node) {
        return Map.of();
    }
}
