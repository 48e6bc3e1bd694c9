package io.vipkeeper.sim;

import java.util.Optional;

import io.vipkeeper.grant.GrantEvent;
import io.vipkeeper.keeper.KeeperEvent;

import static io.vipkeeper.sim.World.MILLI;

/** A machine's own API server, as far as its probes go, and the probes: their times are those of the production. */
final class SimProbe {
    private static final long PERIOD = 200 * MILLI;
    private static final long BOUND = 150 * MILLI;
    private static final long CONNECT_PERIOD = 100 * MILLI;

    /** How it takes questions. */
    enum Server {
        SERVES,
        /** Its kernel accepts, and nobody answers. */
        HANGS,
        REFUSES
    }

    private final World world;
    private final SimClock clock;
    private final SimNode node;
    private Server server = Server.SERVES;
    private long life;
    private long stalledUntil;
    private Optional<Boolean> ready = Optional.empty();
    private int failures;
    private int refusals;
    private int successes;
    private long failed;
    private long refused;

    SimProbe(World world, SimClock clock, SimNode node) {
        this.world = world;
        this.clock = clock;
        this.node = node;
    }

    /** A process begins. */
    void begin() {
        life++;
        ready = Optional.empty();
        count(0, 0, 0);
        ask(life);
        connect(life);
    }

    /** The process ends. */
    void end() {
        life++;
    }

    boolean serves() {
        return server == Server.SERVES;
    }

    void become(Server next) {
        server = next;
    }

    /** The thread that asks gets no turn for so long, whatever the others do. */
    void stall(long nanos) {
        stalledUntil = world.now() + nanos;
    }

    private void ask(long mine) {
        whenAwake(mine, () -> {
            long asked = clock.now();
            if (server == Server.REFUSES) {
                world.after(MILLI / 10, () -> whenAwake(mine, () -> answered(mine, asked, false)));
                return;
            }
            long latency = world.sharp ? MILLI / 20 : world.between(MILLI, world.chance(0.02) ? 80 * MILLI : 8 * MILLI);
            world.after(latency, () -> look(mine, asked, latency));
        });
    }

    /** A question that was not answered in time may still be when its time is nearly over. */
    private void look(long mine, long asked, long waited) {
        boolean serves = server == Server.SERVES;
        if (serves || waited >= BOUND) {
            whenAwake(mine, () -> answered(mine, asked, serves && clock.now() - asked <= BOUND));
        } else {
            world.after(clock.toTrue(BOUND) - waited, () -> look(mine, asked, BOUND));
        }
    }

    private void answered(long mine, long asked, boolean well) {
        long over = clock.now();
        boolean again = !well && ready.orElse(true) && failures == 0;
        failed = failures == 0 ? asked : failed;
        count(well ? 0 : failures + 1, refusals, well ? successes + 1 : 0);
        if (well && (ready.orElse(true) || successes > 1)) {
            tell(true, asked);
        } else if (failures > 1 && ready.orElse(true)) {
            tell(false, failed);
        }
        world.after(again ? 0 : clock.toTrue(Math.max(0, PERIOD - (over - asked))), () -> ask(mine));
    }

    private void connect(long mine) {
        whenAwake(mine, () -> {
            boolean well = server != Server.REFUSES;
            refused = refusals == 0 ? clock.now() : refused;
            count(failures, well ? 0 : refusals + 1, successes);
            if (refusals > 1 && ready.orElse(true)) {
                tell(false, refused);
            }
            world.after(clock.toTrue(CONNECT_PERIOD), () -> connect(mine));
        });
    }

    private void tell(boolean well, long evidence) {
        if (ready.orElse(!well) != well) {
            count(0, 0, 0);
        }
        ready = Optional.of(well);
        node.tell(new KeeperEvent.FromPeers(new GrantEvent.LocalApi(well, Optional.of(evidence))));
    }

    private void count(int nowFailures, int nowRefusals, int nowSuccesses) {
        failures = nowFailures;
        refusals = nowRefusals;
        successes = nowSuccesses;
    }

    private void whenAwake(long mine, Runnable what) {
        if (mine != life) {
            return;
        }
        long rest = Math.max(node.pausedFor(), stalledUntil - world.now());
        if (rest > 0) {
            world.after(rest, () -> whenAwake(mine, what));
        } else {
            what.run();
        }
    }
}
