package io.vipkeeper.sim;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import io.vipkeeper.grant.Message;

import static io.vipkeeper.sim.World.MILLI;
import static io.vipkeeper.sim.World.SECOND;

/** The wire between the candidates: datagrams are lost, doubled, delayed and overtaken, and links are cut one way. */
final class SimNetwork {
    private final World world;
    private final Map<String, Receiver> receivers = new HashMap<>();
    private final Set<String> cut = new HashSet<>();
    private final Map<String, Long> slow = new HashMap<>();
    private final Map<Class<? extends Message.Content>, Consumer<String>> awaited = new HashMap<>();
    double trouble;

    private record Receiver(BooleanSupplier listens, BiConsumer<String, Message> hears) {}

    SimNetwork(World world) {
        this.world = world;
    }

    void join(String node, BooleanSupplier listens, BiConsumer<String, Message> receiver) {
        receivers.put(node, new Receiver(listens, receiver));
    }

    /** What happens when the next message of a kind leaves, which goes to the node named. */
    void onNext(Class<? extends Message.Content> kind, Consumer<String> happening) {
        awaited.merge(kind, happening, Consumer::andThen);
    }

    void send(String from, String to, Message message) {
        Consumer<String> happening = awaited.remove(message.content().getClass());
        if (happening != null) {
            world.after(0, () -> happening.accept(to));
        }
        boolean troubled = world.chance(trouble);
        if (cut.contains(from + ">" + to) || !receivers.containsKey(to) || troubled && world.chance(0.5)) {
            return;
        }
        deliver(from, to, message, troubled);
        if (troubled && world.chance(0.2)) {
            deliver(from, to, message, true);
        }
    }

    private void deliver(String from, String to, Message message, boolean troubled) {
        long delay = troubled
                ? world.between(MILLI, world.chance(0.1) ? 3 * SECOND : 300 * MILLI)
                : slow.getOrDefault(from + ">" + to, 0L)
                        + (world.sharp ? MILLI / 50 : world.between(MILLI / 10, MILLI));
        world.message(delay, to, true, receivers.get(to).listens, () -> {
            if (!cut.contains(from + ">" + to)) {
                receivers.get(to).hears.accept(from, message);
            }
        });
    }

    void cut(String from, String to, boolean now) {
        if (now) {
            cut.add(from + ">" + to);
        } else {
            cut.remove(from + ">" + to);
        }
    }

    /** Everything on its way from one to the other takes so much longer. */
    void slow(String from, String to, long nanos) {
        slow.put(from + ">" + to, nanos);
    }

    boolean isTroubled() {
        return trouble > 0 || !cut.isEmpty() || slow.values().stream().anyMatch(nanos -> nanos > 0);
    }

    void heal() {
        cut.clear();
        slow.clear();
        trouble = 0;
    }
}
