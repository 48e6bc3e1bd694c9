package io.vipkeeper.demo.api;

import java.time.Duration;
import java.util.Map;

import io.vipkeeper.demo.lab.LabNode;

/** The API of a lab, as the nodes reach it and as its administrator does. Closed with the lab. */
public sealed interface LabApi permits EmbeddedApi, RealApi {

    /** The variables by which a manager on that node finds its API server, and who it is there. */
    Map<String, String> environment(LabNode node);

    /** Requests with all rights, from the API network. */
    ApiClient admin();

    /** The same through the API server of a certain node, for when another's may be dead. */
    ApiClient admin(LabNode through);

    /** Starts the server that stands on this node, without waiting for it; nothing if it runs. */
    void start(LabNode node);

    /** The server that this node uses accepts connections and never answers. */
    void freeze(LabNode node);

    void resume(LabNode node);

    /** SIGKILL to the server that stands on this node. */
    void kill(LabNode node);

    /** Waits until the server that this node uses is ready; false if it is not when the time is up. */
    boolean awaitReady(LabNode node, Duration limit);
}
