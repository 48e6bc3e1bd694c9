package io.vipkeeper.sim;

import java.util.List;
import java.util.function.BiConsumer;

import io.vipkeeper.grant.Message;

import static io.vipkeeper.sim.World.MILLI;
import static io.vipkeeper.sim.World.SECOND;

/** What befalls a quiet cluster right before the first event that may come in another order. All is well a second later. */
enum Mishap {
    NOTHING((cluster, holder) -> {}),
    KILL((cluster, holder) -> {
        holder.crash();
        cluster.world().after(700 * MILLI, holder::start);
    }),
    KILL_AND_RESTART((cluster, holder) -> {
        holder.crash();
        cluster.world().after(MILLI, holder::start);
    }),
    CLEAN_STOP((cluster, holder) -> {
        holder.stop();
        cluster.world().after(800 * MILLI, holder::start);
    }),
    POWER_OFF((cluster, holder) -> {
        holder.powerOff();
        cluster.world().after(800 * MILLI, holder::start);
    }),
    PAUSE((cluster, holder) -> holder.pause(400 * MILLI)),
    CUT_FROM_API((cluster, holder) -> {
        holder.cutFromApi(true);
        cluster.world().after(900 * MILLI, () -> holder.cutFromApi(false));
    }),
    API_GONE((cluster, holder) -> {
        cluster.api().down = true;
        cluster.world().after(900 * MILLI, () -> cluster.api().down = false);
    }),
    ISOLATED((cluster, holder) -> others(cluster, holder).forEach(other -> {
        cut(cluster, holder, other);
        cut(cluster, other, holder);
    })),
    /** One candidate hears nothing of the holder. */
    HALF_DEAF((cluster, holder) -> cut(cluster, holder, others(cluster, holder).getFirst())),
    /** One candidate hears nothing of the holder, and the other forgets what it has promised when it is asked. */
    HALF_DEAF_HALF_RESTARTED((cluster, holder) -> {
        List<Machine> others = others(cluster, holder);
        cut(cluster, holder, others.getFirst());
        cluster.network().onNext(Message.Ask.class, to -> restart(others.getLast()));
    }),
    /** Promises arrive late, and then the heartbeats are lost. */
    LATE_PROMISES((cluster, holder) -> others(cluster, holder).forEach(other -> {
        cluster.network().slow(other.name(), holder.name(), 150 * MILLI);
        cluster.world().after(300 * MILLI, () -> cut(cluster, holder, other));
        cluster.world().after(900 * MILLI, () -> cluster.network().slow(other.name(), holder.name(), 0));
    })),
    STOP_AND_PAUSE((cluster, holder) -> {
        cluster.network().onNext(Message.Offer.class, successor -> holder.pause(500 * MILLI));
        CLEAN_STOP.befall(cluster, holder);
    }),
    /** Whoever was offered the Lease takes it and forgets why, and who gave it does not learn of that. */
    STOP_AND_SUCCESSOR_RESTARTED((cluster, holder) -> {
        cluster.network().onNext(Message.Offer.class, successor -> {
            Machine heir = cluster.machines().stream()
                    .filter(machine -> machine.name().equals(successor))
                    .findFirst()
                    .orElseThrow();
            cut(cluster, heir, holder);
            CUT_FROM_API.befall(cluster, holder);
            cluster.world().after(MILLI / 10, () -> restart(heir));
        });
        CLEAN_STOP.befall(cluster, holder);
    }),
    LOCAL_API_UNWELL((cluster, holder) -> {
        SimNode node = (SimNode) holder;
        node.apiReady(false);
        cluster.world().after(900 * MILLI, () -> node.apiReady(true));
    });

    static final long OVER = SECOND;

    private final BiConsumer<Cluster, Machine> strike;

    Mishap(BiConsumer<Cluster, Machine> strike) {
        this.strike = strike;
    }

    void befall(Cluster cluster, Machine holder) {
        strike.accept(cluster, holder);
    }

    private static void restart(Machine machine) {
        machine.crash();
        machine.start();
    }

    private static List<Machine> others(Cluster cluster, Machine holder) {
        return cluster.machines().stream().filter(machine -> machine != holder).toList();
    }

    private static void cut(Cluster cluster, Machine from, Machine to) {
        SimNetwork network = cluster.network();
        network.cut(from.name(), to.name(), true);
        cluster.world().after(600 * MILLI, () -> network.cut(from.name(), to.name(), false));
    }
}
