package io.vipkeeper.demo.lab;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The network of a lab and its nodes. Needs root or a user namespace ({@link LabAccess}). Closing it, or the end of
 * this process in any way, removes everything.
 */
public final class Lab implements AutoCloseable {
    private final LabPlan plan;
    private final Wiring wiring;
    private final Scaffold scaffold;
    private final List<LabNode> nodes;
    private final List<NodeProcess> loops = new ArrayList<>();
    private final Thread hook = new Thread(this::tearDown, "lab-shutdown");

    private Lab(LabPlan plan, Wiring wiring, Scaffold scaffold) {
        this.plan = plan;
        this.wiring = wiring;
        this.scaffold = scaffold;
        this.nodes = plan.numbers().stream()
                .map(number -> new LabNode(number, wiring, scaffold))
                .toList();
    }

    /** @throws LabException with the remedy, if this machine does not allow it; nothing is left behind then */
    public static Lab open(LabPlan plan) {
        LabAccess.problem().ifPresent(problem -> {
            throw new LabException(problem);
        });
        Wiring wiring = new Wiring(plan);
        Lab lab = new Lab(plan, wiring, Scaffold.raise(wiring.namespaces()));
        Runtime.getRuntime().addShutdownHook(lab.hook);
        try {
            wiring.build();
            return lab;
        } catch (RuntimeException e) {
            lab.close();
            throw e;
        }
    }

    public LabPlan plan() {
        return plan;
    }

    /** In the order of their numbers. */
    public List<LabNode> nodes() {
        return nodes;
    }

    public Optional<LabNode> nodeWithMac(String mac) {
        return nodes.stream().filter(node -> node.mac().equals(mac)).findFirst();
    }

    /** Removed with the lab. */
    public Path directory() {
        return scaffold.directory();
    }

    /** Starts a program where the API lives; its error stream goes to {@code <label>.log}. */
    public Process startInApi(String label, List<String> command, boolean piped) {
        return scaffold.start(wiring.api(), command, Map.of(), log(label), piped);
    }

    /**
     * Starts a program where the bridges {@code vip0} and {@code api0} are; its output goes to {@code <label>.log}. The
     * namespaces of the nodes have numbers there (ip-netns(8), "nsid").
     */
    public Process startOnSwitch(String label, List<String> command) {
        return scaffold.start(wiring.net(), command, Map.of(), log(label), false);
    }

    /** Starts a program on the client, with pipes to and from this process. */
    public Process startOnClient(String label, List<String> command) {
        return scaffold.start(wiring.client(), command, Map.of(), log(label), true);
    }

    /** Starts programs that do nothing but use a CPU, in turn on the nodes. */
    public void startBusyLoops(int count) {
        for (int i = 0; i < count; i++) {
            LabNode node = nodes.get(i % nodes.size());
            NodeProcess loop = node.beside("loop", List.of("sh", "-c", "while :; do :; done"));
            loop.start();
            loops.add(loop);
        }
    }

    public void stopBusyLoops() {
        loops.forEach(NodeProcess::kill);
        loops.clear();
    }

    public Path log(String label) {
        return scaffold.directory().resolve(label + ".log");
    }

    @Override
    public void close() {
        tearDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The machine is shutting down already, and the hook has nothing left to do.
        }
    }

    private void tearDown() {
        scaffold.close();
    }
}
