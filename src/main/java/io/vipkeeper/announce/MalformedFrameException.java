package io.vipkeeper.announce;

/** Bytes that are no whole frame of the protocols that are watched. The only error of the decoder. */
public final class MalformedFrameException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedFrameException(Exception cause) {
        super(cause.getMessage(), cause);
    }
}
