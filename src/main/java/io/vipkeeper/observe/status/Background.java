package io.vipkeeper.observe.status;

import java.util.Map;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.vipkeeper.observe.moves.HolderHistory;

/**
 * What a status document tells beside the keeper's state: who held lately, how API servers answered, what was configured.
 *
 * @param settings by their names, without secrets, in the order to be shown
 */
public record Background(HolderHistory holders, RequestTimes requests, Map<String, String> settings)
        implements Consumer<ObjectNode> {

    @Override
    public void accept(ObjectNode json) {
        ArrayNode seen = json.putArray("holders");
        holders.seen()
                .forEach(one -> seen.addObject().put("at", Times.text(one.at())).put("holder", one.holder()));
        ArrayNode servers = json.putArray("requests");
        requests.latest().forEach((server, asked) -> {
            ObjectNode one = servers.addObject().put("server", server);
            ArrayNode millis = one.putArray("millis");
            asked.forEach(question -> millis.add(Times.millis(question.nanos())));
            ArrayNode statuses = one.putArray("statuses");
            asked.forEach(question -> statuses.add(question.status()));
        });
        ObjectNode told = json.putObject("settings");
        settings.forEach(told::put);
    }
}
