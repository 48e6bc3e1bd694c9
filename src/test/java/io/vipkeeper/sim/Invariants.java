package io.vipkeeper.sim;

import java.util.ArrayList;
import java.util.List;

import io.vipkeeper.grant.Message;
import io.vipkeeper.keeper.KeeperAction;
import io.vipkeeper.keeper.KeeperStep;
import io.vipkeeper.lease.LeaseDraft;
import io.vipkeeper.lease.LeaseRole;
import io.vipkeeper.vip.VipAction;

import static io.vipkeeper.sim.World.MILLI;

/** What must be true at every moment; collects what is not. */
final class Invariants {
    /** An unbind at a deadline takes one step and one call. */
    private static final long PROMPT_NANOS = 5 * MILLI;

    private static final int MOST_IDLE_STEPS = 10;

    private final World world;
    private final List<Machine> machines = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();

    Invariants(World world) {
        this.world = world;
    }

    void add(Machine machine) {
        machines.add(machine);
    }

    List<String> violations() {
        return violations;
    }

    /** P1 and P2; called at every moment, after all that happens in it. */
    void check() {
        int answering = 0;
        boolean keeper = false;
        for (Machine machine : machines) {
            if (machine.answers()) {
                if (!machine.outlivesItsRight()) {
                    answering++;
                    keeper |= machine.keeper();
                }
                if (machine instanceof SimNode node && node.well()) {
                    checkPromptness(node);
                }
            }
        }
        if (answering > 1 && keeper) {
            violate("P1 two nodes answer: "
                    + machines.stream()
                            .filter(machine -> machine.answers() && !machine.outlivesItsRight())
                            .map(Machine::name)
                            .toList());
        }
    }

    private void checkPromptness(SimNode node) {
        long now = node.clock().now();
        boolean stands = node.state().bootstrap().standing();
        boolean overdue = !stands
                && node.state().lease().role() instanceof LeaseRole.Holder holder
                && now - holder.rightEndsNanos() > PROMPT_NANOS
                && node.sinceAwake() > PROMPT_NANOS;
        if (overdue) {
            violate("P2 " + node.name() + " still answers after its right has ended");
        }
    }

    /** P6, taking: what is bound or announced was won before. */
    void stepped(SimNode node, KeeperStep step) {
        boolean holds = step.state().lease().role() instanceof LeaseRole.Holder
                || step.state().bootstrap().standing();
        boolean binds =
                step.actions().stream().anyMatch(action -> action instanceof KeeperAction.OnVip(VipAction.Bind bind));
        if (binds && !holds) {
            violate("P6 " + node.name() + " binds without holding");
        }
    }

    /** P10: a core that has nothing to do sleeps; each such step asked for the next one at once. */
    void idled(SimNode node, int steps) {
        if (steps == MOST_IDLE_STEPS) {
            violate("P10 " + node.name() + " spins as " + node.state().lease().role());
        }
    }

    void announced(SimNode node) {
        if (!node.answers()) {
            violate("P6 " + node.name() + " announces an address that is not on");
        }
    }

    /** P6, giving: whoever releases has nothing on any more. */
    void writing(SimNode node, LeaseDraft draft) {
        if (draft.holderIdentity().isEmpty() && node.answers()) {
            violate("P6 " + node.name() + " releases while its address is on");
        }
    }

    /** P6, giving to a named successor: the same. */
    void saying(SimNode node, Message.Content content) {
        if (content instanceof Message.Handover && node.answers()) {
            violate("P6 " + node.name() + " hands over while its address is on");
        }
    }

    void violate(String what) {
        if (violations.size() < 20) {
            violations.add("%.3f s: %s".formatted(world.now() / 1e9, what));
        }
    }
}
