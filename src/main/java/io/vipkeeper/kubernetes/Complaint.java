package io.vipkeeper.kubernetes;

import java.util.function.Predicate;

/** One thing that may go wrong again and again: said once for each cause. For one thread. */
public final class Complaint {
    private final Predicate<String> listener;
    private String said = "";

    /**
     * @param listener told a sentence when it begins, until it says that it passed it on, and again only for another
     *     cause or after it was over
     */
    public Complaint(Predicate<String> listener) {
        this.listener = listener;
    }

    /** @param cause what makes it another one than the one before */
    public void about(String cause, String sentence) {
        boolean told = cause.equals(said) || !Thread.currentThread().isInterrupted() && listener.test(sentence);
        said = told ? cause : "";
    }

    /** It went well. */
    public void over() {
        said = "";
    }
}
