package io.vipkeeper.e2e.clientgo;

import java.util.List;
import java.util.Map;

import io.vipkeeper.demo.api.RealApi;
import io.vipkeeper.demo.lab.JavaCommand;
import io.vipkeeper.demo.lab.LabNode;
import io.vipkeeper.demo.lab.LabPlan;
import io.vipkeeper.demo.lab.LabProgram;

/** Starts {@link ClientGoMain} on a node, beside the API server of the same node. */
public final class ClientGoProgram implements LabProgram {
    private final RealApi api;

    public ClientGoProgram(RealApi api) {
        this.api = api;
    }

    @Override
    public String name() {
        return "client-go elector";
    }

    @Override
    public List<String> command(LabNode node) {
        return JavaCommand.main(
                ClientGoMain.class.getName(),
                List.of(
                        node.name(),
                        "https://" + node.address() + ":6443",
                        api.authority(),
                        RealApi.ADMIN_TOKEN,
                        LabPlan.VIP,
                        "eth0"));
    }

    @Override
    public Map<String, String> environment(LabNode node) {
        return Map.of();
    }
}
