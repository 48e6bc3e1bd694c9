package io.vipkeeper.demo.lab;

/** The lab could not be built or a fault could not be applied; the message is one sentence for the user. */
public final class LabException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LabException(String message) {
        super(message);
    }

    public LabException(String message, Throwable cause) {
        super(message, cause);
    }
}
