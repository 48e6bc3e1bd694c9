package io.vipkeeper.kubernetes.events;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import io.vipkeeper.kubernetes.EventApi;
import io.vipkeeper.kubernetes.EventApi.Outcome;
import io.vipkeeper.kubernetes.EventApi.Subject;
import io.vipkeeper.kubernetes.WatchPace;

/**
 * Writes Events on a thread of its own. What happens again within ten minutes is counted on the Event that is there.
 * While no API server answers a few of them wait, for five minutes; what is forbidden or refused is let go.
 */
public final class EventPoster implements AutoCloseable {
    private static final int WAITING = 16;
    private static final int REMEMBERED_OF_EACH = 4;
    private static final Duration SERIES = Duration.ofMinutes(10);
    private static final Duration WORTH = Duration.ofMinutes(5);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final EventApi api;
    private final Supplier<List<Subject>> subjects;
    private final LongSupplier nanoClock;
    private final Consumer<String> refused;
    private final BlockingQueue<Waiting> queue;
    private final int remembered;
    private final Map<String, Series> written = new LinkedHashMap<>();
    private Thread thread;
    private boolean closed;
    private boolean said;

    private record Waiting(Happening happening, Supplier<List<Subject>> subjects, long sinceNanos) {}

    private record Series(String name, int count, long lastNanos) {}

    /**
     * @param subjects what each happening is about, an Event for each; asked when it is written
     * @param nanoClock any monotonic clock
     * @param refused told a sentence when an Event is forbidden for the first time; on this class's thread
     */
    public EventPoster(
            EventApi api, Supplier<List<Subject>> subjects, LongSupplier nanoClock, Consumer<String> refused) {
        this(api, subjects, nanoClock, refused, WAITING);
    }

    /** @param waiting how many may wait, and four times as many are remembered; the rest is as above */
    public EventPoster(
            EventApi api,
            Supplier<List<Subject>> subjects,
            LongSupplier nanoClock,
            Consumer<String> refused,
            int waiting) {
        queue = new LinkedBlockingQueue<>(waiting);
        remembered = REMEMBERED_OF_EACH * waiting;
        this.api = api;
        this.subjects = subjects;
        this.nanoClock = nanoClock;
        this.refused = refused;
    }

    /** From any thread, at once; one too many is let go. */
    public void post(Happening happening) {
        post(happening, subjects);
    }

    /** @param about instead of the usual ones */
    public void post(Happening happening, Subject about) {
        post(happening, () -> List.of(about));
    }

    private synchronized void post(Happening happening, Supplier<List<Subject>> about) {
        if (closed) {
            return;
        }
        queue.offer(new Waiting(happening, about, nanoClock.getAsLong()));
        if (thread == null) {
            thread = Thread.ofPlatform().name("vipkeeper-events").daemon().unstarted(this::run);
            thread.setPriority(Thread.MIN_PRIORITY);
            thread.start();
        }
    }

    /** Lets go of what waits. */
    @Override
    public synchronized void close() {
        closed = true;
        if (thread != null) {
            thread.interrupt();
        }
    }

    private void run() {
        try {
            while (true) {
                Waiting next = queue.take();
                for (Subject subject : next.subjects().get()) {
                    write(next, subject);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(Waiting waiting, Subject subject) throws InterruptedException {
        String key = subject.kind() + "/" + waiting.happening().series();
        Series known = written.get(key);
        boolean again = known != null && waiting.sinceNanos() - known.lastNanos() < SERIES.toNanos();
        Series next =
                again ? new Series(known.name(), known.count() + 1, waiting.sinceNanos()) : fresh(subject, waiting);
        Outcome outcome = insist(waiting, subject, next);
        if (outcome instanceof Outcome.Missing && again) {
            next = fresh(subject, waiting);
            outcome = insist(waiting, subject, next);
        }
        if (outcome instanceof Outcome.Done) {
            remember(key, next);
        } else if (outcome instanceof Outcome.Refused(boolean forbidden, String detail) && forbidden && !said) {
            said = true;
            refused.accept("Events are not written, nor will the next refusals be mentioned: " + detail);
        }
    }

    private static Series fresh(Subject subject, Waiting waiting) {
        String unique = Long.toHexString(waiting.happening().at().toEpochMilli()) + "."
                + Long.toHexString(waiting.sinceNanos() & 0xffffff);
        return new Series(subject.name() + "." + unique, 1, waiting.sinceNanos());
    }

    /** Until there is an answer, or nobody would care any more. */
    private Outcome insist(Waiting waiting, Subject subject, Series series) throws InterruptedException {
        Duration pause = FIRST_PAUSE;
        Outcome outcome = once(waiting.happening(), subject, series);
        while (outcome instanceof Outcome.Unanswered
                && nanoClock.getAsLong() - waiting.sinceNanos() < WORTH.toNanos()) {
            TimeUnit.NANOSECONDS.sleep(pause.toNanos());
            pause = WatchPace.doubled(pause, LONGEST_PAUSE);
            outcome = once(waiting.happening(), subject, series);
        }
        return outcome;
    }

    private Outcome once(Happening happening, Subject subject, Series series) {
        return series.count() == 1
                ? api.create(series.name(), subject, happening.text(), happening.at())
                : api.count(series.name(), subject, series.count(), happening.at());
    }

    private void remember(String key, Series series) {
        written.remove(key);
        written.put(key, series);
        if (written.size() > remembered) {
            written.remove(written.keySet().iterator().next());
        }
    }
}
