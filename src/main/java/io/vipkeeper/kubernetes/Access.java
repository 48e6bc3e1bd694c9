package io.vipkeeper.kubernetes;

/** What the files say now about the way to the API server. Equal when nothing changed. */
sealed interface Access {

    /**
     * @param origin where the credentials are from, for people: {@code kubernetes-admin of /etc/kubernetes/admin.conf}
     */
    record Ready(ApiServer server, Credentials credentials, String origin) implements Access {

        /** The same credentials at another server. */
        Ready at(ApiServer other) {
            return new Ready(other, credentials, origin);
        }
    }

    /** @param sentence says what is missing and how to mend it */
    record NotReady(String sentence) implements Access {}

    /**
     * What proves the one side to the other; all PEM texts and the header may be empty.
     *
     * @param insecure the kubeconfig says that the server's certificate is not to be checked
     */
    record Credentials(boolean insecure, String authorities, String certificate, String key, String authorization) {

        /** Says nothing: what is in here belongs in no log. */
        @Override
        public String toString() {
            return "Credentials[withheld]";
        }
    }
}
