package io.vipkeeper.demo;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.vipkeeper.demo.api.LabApi;
import io.vipkeeper.demo.lab.LabNode;
import io.vipkeeper.demo.lab.LabPlan;
import io.vipkeeper.demo.lab.LabProgram;

/** {@code vipkeeper manager} with the variables that its static pod sets. */
public final class VipkeeperProgram implements LabProgram {
    /** Seconds of leaseDuration; renewDeadline and retryPeriod are 3 and 1. */
    public static final int LEASE_SECONDS = 5;

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
    static VipkeeperProgram of(Packaged packaged, LabPlan plan, LabApi api, Map<String, String> extra) {
        return new VipkeeperProgram(packaged.command("manager"), plan, api, extra);
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
