package io.vipkeeper.kubernetes;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.vertx.core.buffer.Buffer;

import io.vipkeeper.lease.ApiFailure;

/** Collects a whole answer of bounded size for a thread that waits for it. */
final class Collected implements ApiCall.Sink {
    private final String from;
    private final int largest;
    private final CompletableFuture<ApiReply> reply = new CompletableFuture<>();
    private final Buffer body = Buffer.buffer();
    private volatile String stage = "no connection";
    private volatile boolean whole;
    private int status;

    /** @param from the server and the user, for people */
    Collected(String from, int largest) {
        this.from = from;
        this.largest = largest;
    }

    /** Blocks until there is a reply or the monotonic clock reads {@code deadline}. */
    ApiReply await(long deadline) {
        try {
            return reply.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return new ApiReply.Failed(ApiFailure.TIMEOUT, from + ": " + stage + " in time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new ApiReply.Failed(ApiFailure.TIMEOUT, from + ": interrupted");
        } catch (ExecutionException e) {
            return Failures.of(e.getCause(), false, from);
        }
    }

    /** Whether the answer came to its end, so that the connection may serve another request. */
    boolean isWhole() {
        return whole;
    }

    @Override
    public void head(int status) {
        this.status = status;
        stage = "no whole answer";
    }

    @Override
    public void chunk(Buffer bytes) {
        if (body.length() + bytes.length() > largest) {
            reply.complete(new ApiReply.Failed(
                    ApiFailure.NONSENSE, from + ": the answer is larger than " + largest + " bytes"));
        } else {
            body.appendBuffer(bytes);
        }
    }

    @Override
    public void end() {
        whole = true;
        reply.complete(new ApiReply.Answered(status, body.getBytes(), from));
    }

    @Override
    public void failed(Throwable why) {
        reply.complete(Failures.of(why, status != 0, from));
    }
}
