package io.vipkeeper.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;

/** Changes some members of an object by a JSON merge patch (RFC 7386). Blocks for one request; safe for any thread. */
public final class ObjectPatch {
    private final ElectionClient client;

    public ObjectPatch(ElectionClient client) {
        this.client = client;
    }

    /**
     * What the server said.
     *
     * @param status of HTTP; zero when there was no answer
     * @param text one line for people, without secrets
     */
    public record Answer(int status, String text) {}

    public Answer send(String uri, JsonNode patch) {
        ApiReply reply = client.exchange(ApiCall.Request.patch(uri, patch));
        int status = reply instanceof ApiReply.Answered answered ? answered.status() : 0;
        return new Answer(status, status == 200 ? "" : reply.text());
    }
}
