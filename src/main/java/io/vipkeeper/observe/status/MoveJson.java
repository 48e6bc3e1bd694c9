package io.vipkeeper.observe.status;

import java.util.List;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.vipkeeper.keeper.Observation.Path;
import io.vipkeeper.observe.moves.Move;

/** The moves of the flight recorder; stages in milliseconds, to the microsecond. */
final class MoveJson {
    private MoveJson() {}

    static void write(ArrayNode array, List<Move> moves) {
        moves.forEach(move -> write(array.addObject(), move));
    }

    private static void write(ObjectNode json, Move move) {
        json.put("at", Times.text(move.at())).put("path", move.path().name()).put("from", move.from());
        ObjectNode stages = json.putObject("stages");
        if (move.path() == Path.EARLY) {
            stages.put("silence", Times.millis(move.silenceNanos())).put("votes", Times.millis(move.votesNanos()));
        }
        stages.put("swap", Times.millis(move.swapNanos()));
        ArrayNode vips = json.putArray("vips");
        move.vips().forEach((vip, arrival) -> {
            ObjectNode shown =
                    vips.addObject().put("vip", vip.toString()).put("bind", Times.millis(arrival.bindNanos()));
            arrival.announceNanos().ifPresent(nanos -> shown.put("announce", Times.millis(nanos)));
        });
        move.loss().ifPresent(loss -> json.putObject("lost")
                .put("at", Times.text(loss.at()))
                .put("reason", loss.reason().name())
                .put("heldMillis", loss.heldNanos() / 1_000_000));
    }
}
