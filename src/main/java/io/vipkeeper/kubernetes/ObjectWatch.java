package io.vipkeeper.kubernetes;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * All objects of a collection, as what is made of each of them: listed, then watched, and listed again after whatever
 * went wrong. What was known stays known until a list replaces it.
 */
public final class ObjectWatch<T> {
    /** A server that does not end a watch two seconds after it should hangs. */
    private static final WatchPace PACE = new WatchPace(
            Duration.ofMillis(100), Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(300));

    /**
     * A list of everything is no small thing to ask for, but a watch that goes on from where the last one ended is: each
     * one that ends as asked proves that nothing was missed. In less than two seconds no bookmark comes, so three.
     */
    private static final ListWatch.Bounds BOUNDS =
            new ListWatch.Bounds(Duration.ofSeconds(15), 64 << 20, Duration.ofSeconds(3));

    private final ElectionClient client;
    private final String collection;
    private final String selector;
    private final Function<JsonNode, Optional<T>> parse;
    private final Predicate<String> trouble;
    private final LongSupplier clock;
    private volatile long asOfNanos;
    private final AtomicInteger gaps = new AtomicInteger();
    private final AtomicInteger edition = new AtomicInteger();
    private volatile Optional<Map<String, T>> known = Optional.empty();

    /**
     * @param collection the path of the objects
     * @param parse what to keep of an object; empty for one that does not matter
     * @param trouble told a sentence at each failure, and says whether it passed it on
     * @param clock nanoseconds, of {@link #asOfNanos}
     */
    public ObjectWatch(
            ElectionClient client,
            String collection,
            Function<JsonNode, Optional<T>> parse,
            Predicate<String> trouble,
            LongSupplier clock) {
        this(client, collection, "", parse, trouble, clock);
    }

    /** @param selector which objects, as a parameter of a query; the rest is as above */
    ObjectWatch(
            ElectionClient client,
            String collection,
            String selector,
            Function<JsonNode, Optional<T>> parse,
            Predicate<String> trouble,
            LongSupplier clock) {
        this.selector = selector;
        this.clock = clock;
        this.client = client;
        this.collection = collection;
        this.parse = parse;
        this.trouble = trouble;
    }

    /** What there is, from any thread; empty until the first list. */
    public Optional<Collection<T>> all() {
        return known.map(objects -> List.copyOf(objects.values()));
    }

    /** Nothing has happened before this that {@link #all}, if asked for afterwards, does not show; from any thread. */
    public long asOfNanos() {
        return asOfNanos;
    }

    /** How often a list showed something that no watch had shown; grows. From any thread. */
    public int gaps() {
        return gaps.get();
    }

    /** How often {@link #all} has become another; grows, before {@link #asOfNanos} does. From any thread. */
    public int edition() {
        return edition.get();
    }

    /**
     * Blocks, and runs {@code changed} on this thread whenever {@link #all} or {@link #asOfNanos} is another than before.
     *
     * @param over asked on this thread whether to return, which an interrupt hastens
     */
    public void follow(Runnable changed, BooleanSupplier over) {
        new ListWatch(client, collection, selector, PACE, BOUNDS, new Level(changed)).run(over);
    }

    private final class Level implements ListWatch.Listener {
        private final Runnable changed;
        private long askedNanos;

        Level(Runnable changed) {
            this.changed = changed;
        }

        @Override
        public void asking() {
            askedNanos = clock.getAsLong();
        }

        @Override
        public void ended() {
            asOfNanos = askedNanos;
            changed.run();
        }

        @Override
        public void listed(List<JsonNode> objects) {
            Map<String, T> all = new ConcurrentHashMap<>();
            for (JsonNode object : objects) {
                parse.apply(object).ifPresent(kept -> all.put(name(object), kept));
            }
            if (known.isPresent() && !known.get().equals(all)) {
                gaps.incrementAndGet();
            }
            known = Optional.of(all);
            edition.incrementAndGet();
            asOfNanos = askedNanos;
            changed.run();
        }

        @Override
        public boolean changed(JsonNode object) {
            Optional<T> kept = parse.apply(object);
            T before = kept.isPresent()
                    ? known.orElseThrow().put(name(object), kept.get())
                    : known.orElseThrow().remove(name(object));
            if (!Optional.ofNullable(before).equals(kept)) {
                edition.incrementAndGet();
                changed.run();
            }
            return true;
        }

        @Override
        public void deleted(JsonNode object) {
            if (known.orElseThrow().remove(name(object)) != null) {
                edition.incrementAndGet();
                changed.run();
            }
        }

        @Override
        public void failed(String why) {
            trouble.test("Watching " + collection + " fails and is tried again. " + why);
        }

        private static String name(JsonNode object) {
            JsonNode metadata = object.path("metadata");
            return metadata.path("namespace").asText("") + "/"
                    + metadata.path("name").asText("");
        }
    }
}
