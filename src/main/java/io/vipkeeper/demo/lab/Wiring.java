package io.vipkeeper.demo.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Names and builds the namespaces, bridges and cables of a lab. */
final class Wiring {
    private static final String API_MAC = "02:00:00:00:64:01";
    private static final String CLIENT_MAC = "02:00:00:00:02:64";

    private final LabPlan plan;
    private final String prefix;

    Wiring(LabPlan plan) {
        this.plan = plan;
        this.prefix = "vk-" + Long.toString(ProcessHandle.current().pid(), 36) + "-"
                + Long.toString(System.nanoTime() & 0xffff, 36) + "-";
    }

    String net() {
        return prefix + "net";
    }

    String client() {
        return prefix + "client";
    }

    String api() {
        return prefix + "api";
    }

    String node(int number) {
        return prefix + "n" + number;
    }

    List<String> namespaces() {
        return Stream.concat(
                        Stream.of(net(), client(), api()),
                        plan.numbers().stream().map(this::node))
                .toList();
    }

    void build() {
        batch(List.of(), namespaces().stream().map(name -> "netns add " + name).toList());
        batch(List.of("-n", net()), switchLines());
        for (int number : plan.numbers()) {
            batch(List.of("-n", node(number)), nodeLines(number));
        }
        batch(List.of("-n", client()), clientLines());
        batch(List.of("-n", api()), apiLines());
    }

    /** Runs lines of {@code ip}, all or an exception that names the first one refused. */
    static void batch(List<String> options, List<String> lines) {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(options);
        command.addAll(List.of("-batch", "-"));
        Shell.run(command, String.join("\n", lines) + "\n");
    }

    private List<String> switchLines() {
        List<String> lines = new ArrayList<>();
        for (String bridge : List.of("vip0", "api0")) {
            // No snooping: the bridge has no querier, and neighbour discovery is multicast.
            lines.add("link add " + bridge + " type bridge stp_state 0 forward_delay 0 mcast_snooping 0");
            lines.add("link set " + bridge + " up");
        }
        for (int number : plan.numbers()) {
            cable(lines, "vip-n" + number, "vip0", "eth0", node(number));
            cable(lines, "api-n" + number, "api0", "api0", node(number));
        }
        cable(lines, "vip-client", "vip0", "eth0", client());
        cable(lines, "api-api", "api0", "api0", api());
        return lines;
    }

    private static void cable(List<String> lines, String port, String bridge, String nic, String namespace) {
        lines.add("link add " + port + " type veth peer name " + nic + " netns " + namespace);
        lines.add("link set " + port + " master " + bridge + " up");
    }

    private List<String> nodeLines(int number) {
        List<String> lines = new ArrayList<>(List.of("link set lo up"));
        nic(lines, "eth0", LabPlan.mac(number), LabPlan.address(number), LabPlan.address6(number));
        nic(lines, "api0", LabPlan.apiMac(number), LabPlan.apiAddress(number), null);
        // Permanent, so that a cut network is silent and not "no route to host".
        lines.add("neigh add " + LabPlan.API + " lladdr " + API_MAC + " dev api0 nud permanent");
        return lines;
    }

    private List<String> clientLines() {
        List<String> lines = new ArrayList<>(List.of("link set lo up"));
        nic(lines, "eth0", CLIENT_MAC, LabPlan.CLIENT, LabPlan.CLIENT6);
        return lines;
    }

    private List<String> apiLines() {
        List<String> lines = new ArrayList<>(List.of("link set lo up"));
        nic(lines, "api0", API_MAC, LabPlan.API, null);
        for (int number : plan.numbers()) {
            lines.add("neigh add " + LabPlan.apiAddress(number) + " lladdr " + LabPlan.apiMac(number)
                    + " dev api0 nud permanent");
        }
        return lines;
    }

    private static void nic(List<String> lines, String nic, String mac, String address, String address6) {
        lines.add("link set " + nic + " address " + mac + " up");
        lines.add("addr add " + address + "/24 dev " + nic);
        if (address6 != null) {
            lines.add("addr add " + address6 + "/64 dev " + nic + " nodad");
        }
    }
}
