package io.vipkeeper.kubernetes;

import io.vipkeeper.lease.ApiFailure;

/** What came back from one request. */
sealed interface ApiReply {

    /** One line for people, without secrets. */
    String text();

    /**
     * A whole answer, whatever its status.
     *
     * @param from the server and the user, for people
     */
    record Answered(int status, byte[] body, String from) implements ApiReply {
        @Override
        public String text() {
            String said = LeaseJson.message(body);
            return from + " answers " + status + (said.isEmpty() ? "" : ": " + said);
        }
    }

    /** @param detail one line for people, without secrets */
    record Failed(ApiFailure cause, String detail) implements ApiReply {
        @Override
        public String text() {
            return detail;
        }
    }
}
