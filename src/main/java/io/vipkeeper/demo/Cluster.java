package io.vipkeeper.demo;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import io.vipkeeper.demo.api.EmbeddedApi;
import io.vipkeeper.demo.api.LabApi;
import io.vipkeeper.demo.api.RealApi;
import io.vipkeeper.demo.lab.Lab;
import io.vipkeeper.demo.lab.LabException;
import io.vipkeeper.demo.lab.LabNode;
import io.vipkeeper.demo.lab.LabPlan;
import io.vipkeeper.demo.lab.LabProgram;
import io.vipkeeper.demo.probe.Probe;

/** A lab with an API, a program installed on each node (not started yet), and a client that asks every 5 ms. */
public final class Cluster implements AutoCloseable {
    private static final Duration PROBE_INTERVAL = Duration.ofMillis(5);

    private static final Duration CALM = Duration.ofSeconds(1);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
    private static final Pattern ELSEWHERE =
            Pattern.compile("^vipkeeper_api_way\\{[^}\\n]*way=\"other\"[^}\\n]*\\} 1(\\.0*)?$", Pattern.MULTILINE);

    /** Where the Leases live. */
    public enum ApiKind {
        EMBEDDED,
        REAL,
        /** Real and empty, as before {@code kubeadm init}. */
        BARE
    }

    private final Lab lab;
    private final Optional<LabApi> api;
    private final LabProgram program;
    private final Probe probe;

    private Cluster(Lab lab, Optional<LabApi> api, LabProgram program) {
        this.lab = lab;
        this.api = api;
        this.program = program;
        lab.nodes().forEach(node -> node.install(program));
        this.probe = Probe.start(lab, PROBE_INTERVAL);
    }

    /** vipkeeper, packaged, with lease durations 5, 3 and 1. */
    public static Cluster vipkeeper(LabPlan plan, ApiKind kind) {
        return vipkeeper(plan, kind, Map.of());
    }

    /** @param extra variables for the manager that replace the usual ones */
    public static Cluster vipkeeper(LabPlan plan, ApiKind kind, Map<String, String> extra) {
        Packaged packaged = Packaged.find();
        return opened(plan, lab -> {
            LabApi api =
                    switch (kind) {
                        case EMBEDDED -> EmbeddedApi.start(lab);
                        case REAL -> RealApi.start(lab);
                        case BARE -> RealApi.bare(lab);
                    };
            return new Cluster(lab, Optional.of(api), VipkeeperProgram.of(packaged, plan, api, extra));
        });
    }

    /** keepalived, without an API. */
    public static Cluster keepalived(int size) {
        KeepalivedProgram.problem().ifPresent(problem -> {
            throw new LabException(problem);
        });
        return opened(new LabPlan(size, false), lab -> new Cluster(lab, Optional.empty(), new KeepalivedProgram()));
    }

    private interface Furnishing {
        Cluster in(Lab lab);
    }

    private static Cluster opened(LabPlan plan, Furnishing furnishing) {
        Lab lab = Lab.open(plan);
        try {
            return furnishing.in(lab);
        } catch (RuntimeException e) {
            lab.close();
            throw e;
        }
    }

    public Lab lab() {
        return lab;
    }

    public List<LabNode> nodes() {
        return lab.nodes();
    }

    public Probe probe() {
        return probe;
    }

    public LabProgram program() {
        return program;
    }

    /** @throws LabException for a program that needs none */
    public LabApi api() {
        return api.orElseThrow(() -> new LabException(program.name() + " has no API"));
    }

    public boolean hasApi() {
        return api.isPresent();
    }

    /** Starts the program on all nodes and waits until one holds the VIP and all could. */
    public LabNode startAll(Duration limit) {
        nodes().forEach(LabNode::start);
        LabNode holder = probe.awaitHolder(limit)
                .orElseThrow(() -> new LabException("no node held the VIP within " + limit.toSeconds() + " s"));
        nodes().forEach(node -> awaitReady(node, limit));
        return holder;
    }

    /** Stops the program on all nodes and starts it anew, so that none remembers what was. */
    public LabNode restartAll(Duration limit) {
        nodes().forEach(LabNode::stop);
        nodes().stream().filter(node -> !node.awaitEnd(STOP_LIMIT)).forEach(LabNode::kill);
        return startAll(limit);
    }

    /**
     * Waits until all API servers and all programs are ready and one node has been answering alone for a second; starts
     * what does not run.
     *
     * @return who answers
     * @throws LabException if it does not come to that
     */
    public LabNode awaitWhole(Duration limit) {
        api.ifPresent(present -> nodes().forEach(node -> requireApi(present, node, limit)));
        nodes().forEach(LabNode::start);
        nodes().forEach(node -> awaitReady(node, limit));
        if (!Probe.await(this::isCalm, limit)) {
            throw new LabException(
                    "not exactly one node answered for the VIP without a pause within " + limit.toSeconds() + " s");
        }
        return probe.awaitHolder(limit).orElseThrow(() -> new LabException("nobody answers for the VIP any more"));
    }

    private static void requireApi(LabApi api, LabNode node, Duration limit) {
        if (!api.awaitReady(node, limit)) {
            throw new LabException("the API server of " + node + " was not ready within " + limit.toSeconds() + " s");
        }
    }

    private boolean isCalm() {
        long now = System.nanoTime();
        return probe.timeline().calm(now - CALM.toNanos(), now)
                && probe.holder()
                        .filter(node -> !program.preempts() || node == nodes().getFirst())
                        .isPresent();
    }

    /** Waits until the program on a node could take over; a program without an API does not say so. */
    public void awaitReady(LabNode node, Duration limit) {
        if (hasApi() && !api().admin().await(health(node, "ready"), limit)) {
            throw new LabException(
                    node + " was not ready within " + limit.toSeconds() + " s; its log ends with:\n" + tail(node));
        }
    }

    /** What a node says of its fast path. */
    FastPath fastPath(LabNode node) {
        return hasApi() ? FastPath.in(metrics(node)) : FastPath.ABSENT;
    }

    /** Whether a node's requests go to another one's API server, as they may soon after all have begun at once. */
    boolean isAstray() {
        return hasApi()
                && nodes().stream()
                        .anyMatch(node -> ELSEWHERE.matcher(metrics(node)).find());
    }

    private String metrics(LabNode node) {
        return api().admin()
                .get("http://" + node.apiAddress() + ":2112/metrics")
                .body();
    }

    /** The URL of a health check of a node, as {@link io.vipkeeper.demo.api.ApiClient} can ask it. */
    public static String health(LabNode node, String check) {
        return "http://" + node.apiAddress() + ":2112/q/health/" + check;
    }

    /** The end of what the program on a node has printed. */
    public static String tail(LabNode node) {
        List<String> lines = node.logText().lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
    }

    @Override
    public void close() {
        lab.close();
    }
}
