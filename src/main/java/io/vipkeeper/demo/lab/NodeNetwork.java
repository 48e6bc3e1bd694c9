package io.vipkeeper.demo.lab;

import java.util.ArrayList;
import java.util.List;

/** The cables and addresses of one node. Each change takes a few milliseconds, the time to start an {@code ip}. */
final class NodeNetwork {
    private static final String LOSS = "vipkeeper_lab_loss";

    private final Wiring wiring;
    private final int number;
    private final String vipPort;
    private final String apiPort;

    NodeNetwork(Wiring wiring, int number) {
        this.wiring = wiring;
        this.number = number;
        this.vipPort = "vip-n" + number;
        this.apiPort = "api-n" + number;
    }

    String namespace() {
        return wiring.node(number);
    }

    void unplug() {
        inNamespace(wiring.net(), "link", "set", vipPort, "down");
    }

    void plug() {
        inNamespace(wiring.net(), "link", "set", vipPort, "up");
    }

    void cutFromApi() {
        inNamespace(wiring.net(), "link", "set", apiPort, "nomaster");
    }

    void restoreApi() {
        inNamespace(wiring.net(), "link", "set", apiPort, "master", "api0");
    }

    /**
     * Both cables are dead within a moment, and then the processes, lest the kernel answers for dead ones; last what
     * else runs in the namespace.
     */
    void powerOff(String pids) {
        Shell.script("printf 'link set %s down\\nlink set %s down\\n' | ip -n %s -batch -; "
                        .formatted(apiPort, vipPort, wiring.net())
                + (pids.isEmpty() ? "" : "kill -9 " + pids + "; ")
                + "kill -9 $(ip netns pids " + namespace() + ") 2>/dev/null; true");
    }

    void powerOn() {
        plug();
        inNamespace(wiring.net(), "link", "set", apiPort, "up");
    }

    /**
     * Drops a share of what the nodes' programs tell each other: UDP, and keepalived's VRRP, which is protocol 112.
     * Only on its way in: dropped on the way out of one and into the other, almost twice the share would be lost.
     */
    void lose(int percent) {
        nft("""
                add table inet %1$s
                add chain inet %1$s in { type filter hook input priority -10 ; }
                add rule inet %1$s in iifname "eth0" meta l4proto { udp, 112 } numgen random mod 100 < %2$d drop
                """.formatted(LOSS, percent));
    }

    /** Nothing if nothing is lost. */
    void loseNothing() {
        nft("add table inet " + LOSS + "\ndelete table inet " + LOSS + "\n");
    }

    private void nft(String lines) {
        Shell.run(List.of("ip", "netns", "exec", namespace(), "nft", "-f", "-"), lines);
    }

    void flushVip() {
        ip("addr", "flush", "dev", "eth0", "to", LabPlan.VIP + "/32");
        ip("-6", "addr", "flush", "dev", "eth0", "to", LabPlan.VIP6 + "/128");
    }

    boolean hasVip() {
        return !ip("-o", "addr", "show", "to", LabPlan.VIP + "/32").isEmpty();
    }

    boolean hasVip6() {
        return !ip("-6", "-o", "addr", "show", "to", LabPlan.VIP6 + "/128").isEmpty();
    }

    /** Runs {@code ip} in this node. */
    String ip(String... arguments) {
        return inNamespace(namespace(), arguments);
    }

    private static String inNamespace(String namespace, String... arguments) {
        List<String> command = new ArrayList<>(List.of("ip", "-n", namespace));
        command.addAll(List.of(arguments));
        return Shell.run(command);
    }
}
