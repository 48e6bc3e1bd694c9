package io.vipkeeper.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.vipkeeper.demo.api.LabApi;
import io.vipkeeper.demo.lab.JavaCommand;
import io.vipkeeper.demo.lab.LabException;
import io.vipkeeper.demo.lab.LabNode;
import io.vipkeeper.demo.lab.LabPlan;
import io.vipkeeper.demo.lab.LabProgram;

/** {@code vipkeeper manager} with the variables that its static pod sets. */
public final class VipkeeperProgram implements LabProgram {
    /** Seconds of leaseDuration; renewDeadline and retryPeriod are 3 and 1. */
    public static final int LEASE_SECONDS = 5;

    private static final List<String> JVM =
            List.of("-XX:+UseSerialGC", "-Xms8m", "-Xmx32m", "-XX:TieredStopAtLevel=1", "-Xss256k");

    private final List<String> command;
    private final LabPlan plan;
    private final LabApi api;
    private final Map<String, String> extra;

    private VipkeeperProgram(List<String> command, LabPlan plan, LabApi api, Map<String, String> extra) {
        this.command = command;
        this.plan = plan;
        this.api = api;
        this.extra = extra;
    }

    /** @param extra variables that come on top of the usual ones or replace them */
    static VipkeeperProgram of(Path jar, LabPlan plan, LabApi api, Map<String, String> extra) {
        List<String> command = new ArrayList<>(List.of(JavaCommand.java()));
        command.addAll(JVM);
        Path archive = jar.resolveSibling("vipkeeper.jsa");
        if (Files.isRegularFile(archive)) {
            command.add("-XX:SharedArchiveFile=" + archive);
        }
        command.addAll(List.of("-jar", jar.toString(), "manager"));
        return new VipkeeperProgram(command, plan, api, extra);
    }

    /**
     * The packaged program: what {@code vipkeeper.jar} names, else the one that this process runs.
     *
     * @throws LabException if there is none
     */
    public static Path packaged() {
        String named = System.getProperty("vipkeeper.jar");
        Path jar = Path.of(named != null ? named : System.getProperty("java.class.path"));
        if (!jar.getFileName().toString().equals("quarkus-run.jar") || !Files.isRegularFile(jar)) {
            throw new LabException(
                    "the packaged program is missing: run './mvnw package' and start target/quarkus-app/quarkus-run.jar");
        }
        return jar.toAbsolutePath();
    }

    @Override
    public String name() {
        return "vipkeeper";
    }

    @Override
    public List<String> command(LabNode node) {
        return command;
    }

    @Override
    public Map<String, String> environment(LabNode node) {
        Map<String, String> variables = new HashMap<>(Map.of(
                "vip_arp", "true",
                "cp_enable", "true",
                "vip_leaderelection", "true",
                "vip_interface", "eth0",
                "address", plan.vip(),
                "vip_nodename", node.name(),
                "port", "6443"));
        variables.putAll(Map.of(
                "vip_leaseduration", Integer.toString(LEASE_SECONDS),
                "vip_renewdeadline", "3",
                "vip_retryperiod", "1",
                "prometheus_server", ":2112"));
        variables.putAll(api.environment(node));
        variables.putAll(extra);
        return variables;
    }
}
