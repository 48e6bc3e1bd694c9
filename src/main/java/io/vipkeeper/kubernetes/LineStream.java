package io.vipkeeper.kubernetes;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

import io.vertx.core.buffer.Buffer;

import io.vipkeeper.lease.ApiFailure;

/** An answer that goes on, line by line, read by one thread. Lines, and their number in waiting, are bounded. */
final class LineStream implements ApiCall.Sink, AutoCloseable {
    private static final int LONGEST_LINE = ElectionClient.LARGEST_ANSWER;
    private static final int WAITING = 256;
    /** Lines may be long or many, but not both: the memory of the process is bounded, too. */
    private static final int WAITING_BYTES = 2 * LONGEST_LINE;

    sealed interface Opening {
        record Opened(LineStream lines) implements Opening {}

        record Refused(ApiReply reply) implements Opening {}
    }

    /** What the stream has next. */
    sealed interface Next {
        record Head(int status) implements Next {}

        record Line(byte[] bytes) implements Next {}

        /** The answer ended as it should. */
        record End() implements Next {}

        record Broken(String why) implements Next {}

        /** Nothing came in the time that was given, or nothing more is to be waited for. */
        record Silence() implements Next {}
    }

    private final String from;
    private final Consumer<LineStream> closed;
    private final BlockingQueue<Next> waiting = new ArrayBlockingQueue<>(WAITING);
    private final AtomicInteger waitingBytes = new AtomicInteger();
    private Buffer rest = Buffer.buffer();
    private ApiCall call;
    private boolean lost;

    /** @param closed told when nobody reads it any more */
    LineStream(String from, Consumer<LineStream> closed) {
        this.from = from;
        this.closed = closed;
    }

    void start(Function<ApiCall.Sink, ApiCall> starter) {
        call = starter.apply(this);
    }

    /** Waits for the head; a status other than 200 is no stream. */
    Opening await(long deadline) {
        Next next = next(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
        if (next instanceof Next.Head(int status) && status == 200) {
            return new Opening.Opened(this);
        }
        close();
        return new Opening.Refused(
                switch (next) {
                    case Next.Head head -> new ApiReply.Answered(head.status(), new byte[0], from);
                    case Next.Silence silence ->
                        new ApiReply.Failed(ApiFailure.TIMEOUT, from + ": the watch does not begin in time");
                    case Next.Broken broken -> new ApiReply.Failed(ApiFailure.UNREACHABLE, broken.why());
                    case Next.End end -> new ApiReply.Failed(ApiFailure.NONSENSE, from + ": no answer");
                    case Next.Line line -> new ApiReply.Failed(ApiFailure.NONSENSE, from + ": no answer");
                });
    }

    /** Blocks for what comes next, at most for {@code patience}; an interrupt looks like silence and stays set. */
    Next next(Duration patience) {
        try {
            Next next = waiting.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
            if (next instanceof Next.Line(byte[] bytes)) {
                waitingBytes.addAndGet(-bytes.length);
            }
            return next == null ? new Next.Silence() : next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Next.Silence();
        }
    }

    /** Makes its reader believe that nothing came; from any thread, and of no effect on one who has much to read yet. */
    void fallSilent() {
        waiting.offer(new Next.Silence());
    }

    @Override
    public void close() {
        closed.accept(this);
        call.cancel();
    }

    @Override
    public void head(int status) {
        put(new Next.Head(status));
    }

    @Override
    public void chunk(Buffer bytes) {
        rest.appendBuffer(bytes);
        int from = 0;
        int scanned = rest.length() - bytes.length();
        for (int i = scanned; i < rest.length(); i++) {
            if (rest.getByte(i) == '\n') {
                put(new Next.Line(rest.getBytes(from, i)));
                from = i + 1;
            }
        }
        if (from > 0) {
            rest = rest.getBuffer(from, rest.length());
        }
        if (rest.length() > LONGEST_LINE) {
            rest = Buffer.buffer();
            put(new Next.Broken(this.from + ": an endless line"));
        }
    }

    @Override
    public void end() {
        put(new Next.End());
    }

    @Override
    public void failed(Throwable why) {
        put(new Next.Broken(Failures.of(why, false, from).detail()));
    }

    /** A reader that is too slow loses the stream, not a line out of its middle. */
    private void put(Next next) {
        if (lost) {
            return;
        }
        int bytes = next instanceof Next.Line(byte[] line) ? waitingBytes.addAndGet(line.length) : 0;
        if (waiting.remainingCapacity() <= 1 || bytes > WAITING_BYTES || next instanceof Next.Broken) {
            lost = true;
            waiting.offer(next instanceof Next.Broken ? next : new Next.Broken(from + ": more than can be read"));
        } else {
            waiting.offer(next);
        }
    }
}
