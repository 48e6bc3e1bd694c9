package io.vipkeeper.pipeline;

/**
 * What should not have happened: an exception or error at a stage of the pipeline, with what was being done.
 *
 * @param stage {@code source}, {@code step}, {@code action} or {@code observer}
 * @param during the event, the action or the observation; empty where there is none
 */
record Fault(String stage, String during, Throwable cause) {
    private static final int LONGEST_PART = 500;
    private static final int LONGEST_STATE = 4_000;

    /** Carries what was being done through code that only knows exceptions. */
    static final class Thrown extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final String stage;
        private final String during;

        Thrown(String stage, Object during, Throwable cause) {
            super("the " + stage + " failed on " + cut(String.valueOf(during), LONGEST_PART), cause);
            this.stage = stage;
            this.during = cut(String.valueOf(during), LONGEST_PART);
        }
    }

    /** Of whatever ended the stream or a task; what nobody described came from a source. */
    static Fault of(Throwable failure) {
        return failure instanceof Thrown thrown
                ? new Fault(thrown.stage, thrown.during, thrown.getCause())
                : new Fault("source", "", failure);
    }

    /**
     * One line for the log, of a bounded length; the stack trace goes beside it.
     *
     * @param lastEvent that the core was told
     * @param state the core's after its last step
     */
    String line(Object lastEvent, Object state) {
        return "stage=" + stage + " during=\"" + during + "\" event=\""
                + cut(String.valueOf(lastEvent), LONGEST_PART) + "\" state=\""
                + cut(String.valueOf(state), LONGEST_STATE) + "\"";
    }

    /** Texts of other machines are in events and states. */
    private static String cut(String text, int longest) {
        String line = text.replaceAll("[\\p{Cntrl}\"]", "?");
        return line.length() > longest ? line.substring(0, longest) + "..." : line;
    }
}
