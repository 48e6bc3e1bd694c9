package io.vipkeeper.netlink;

/** Bytes that are not the netlink message that they should be. The only error of the decoders. */
public final class MalformedMessageException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedMessageException(String message) {
        super(message);
    }
}
