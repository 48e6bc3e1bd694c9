package io.vipkeeper.kubernetes;

import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.TooLongFrameException;

import io.vipkeeper.lease.ApiFailure;

/** Sorts what went wrong below HTTP, and statuses that carry no Lease. */
final class Failures {

    private Failures() {}

    /** @param answering whether the head of an answer had come already */
    static ApiReply.Failed of(Throwable why, boolean answering, String server) {
        for (Throwable t = why; t != null; t = t.getCause()) {
            if (t instanceof SSLException && !isTimeout(t)) {
                return new ApiReply.Failed(ApiFailure.UNREACHABLE, server + ": TLS: " + text(t));
            }
        }
        if (isTimeout(why)) {
            return new ApiReply.Failed(ApiFailure.TIMEOUT, server + ": " + text(why));
        }
        boolean nonsense = answering
                || why instanceof DecoderException
                || why instanceof TooLongFrameException
                || why instanceof IllegalArgumentException;
        return new ApiReply.Failed(
                nonsense ? ApiFailure.NONSENSE : ApiFailure.UNREACHABLE,
                server + ": " + (answering ? "the answer broke off: " : "") + text(why));
    }

    /** @param status anything but a success */
    static ApiFailure of(int status) {
        return switch (status) {
            case 401 -> ApiFailure.UNAUTHORIZED;
            case 403 -> ApiFailure.FORBIDDEN;
            case 429 -> ApiFailure.THROTTLED;
            default ->
                status >= 500 && status <= 599
                        ? ApiFailure.SERVER_ERROR
                        : status >= 400 && status <= 499 ? ApiFailure.REJECTED : ApiFailure.NONSENSE;
        };
    }

    private static boolean isTimeout(Throwable why) {
        return why instanceof TimeoutException
                || why.getClass().getSimpleName().contains("Timeout")
                || why.getMessage() != null && why.getMessage().contains("timed out");
    }

    private static String text(Throwable why) {
        return OneLine.of(why.getMessage() == null ? why.getClass().getSimpleName() : why.getMessage());
    }
}
