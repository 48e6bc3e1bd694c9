package io.vipkeeper.cli.status;

import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ProcessTextTest {
    private final ObjectNode holder = read("""
            {"node":"n2","version":"0.1.0","lease":"kube-system/plndr-cp-lock","role":"HOLDER","holder":"n2",
             "holderSince":"2026-01-02T03:04:05.678Z","rightRemainingMillis":180,"couldHold":true,"hindrances":[],
             "live":true,"millisSinceLastStep":3,"interface":{"name":"eth0","usable":true},
             "vips":[{"vip":"192.0.2.10/32","bound":true}],"fence":{"kind":"nftables"},
             "api":{"answers":true,"localReady":true},"fast":{"members":["n1","n2"],"promisedTo":""},
             "peers":[{"node":"n1","heard":true,"ready":false,"weight":50,"promiseRemainingMillis":200}],
             "moves":[{"at":"2026-01-02T03:04:05.670Z","path":"EARLY","from":"n1",
                       "stages":{"silence":251.2,"votes":3.25,"swap":19.0},
                       "vips":[{"vip":"192.0.2.10/32","bind":1.5,"announce":0.5},
                               {"vip":"2001:db8::10/128","bind":12.0}]},
                      {"at":"2026-01-02T03:00:00Z","path":"FREE","from":"","stages":{"swap":40.0},"vips":[],
                       "lost":{"at":"2026-01-02T03:01:01.5Z","reason":"TAKEN","heldMillis":61500}}]}""");

    @Test
    void aHolderIsToldOnOnePage() {
        assertThat(String.join("\n", ProcessText.lines(holder))).isEqualTo("""
                holder     n2, since 2026-01-02T03:04:05.678Z
                node       n2, holder, its right lasts 180 ms more, vipkeeper 0.1.0, Lease kube-system/plndr-cp-lock
                address    192.0.2.10/32, on eth0
                fence      nftables
                fast path  on, with n1, n2
                API        answers

                candidate  heard  ready  weight  promise
                n1         yes    no     50      200 ms

                move                      to  from  path   silence  votes   swap   bind   announce  ended
                2026-01-02T03:04:05.670Z  n2  n1    EARLY  251 ms   3.3 ms  19 ms  12 ms  0.5 ms    no
                2026-01-02T03:00:00Z      n2  -     FREE   -        -       40 ms  -      -         TAKEN after 1m1.5s""");
    }

    @Test
    void whatAnotherProgramSaysReachesNoTerminalUnchanged() {
        // given
        holder.put("holder", "n2\u001b[2J\nroot");
        holder.put("node", "x".repeat(100_000));

        // when
        List<String> lines = ProcessText.lines(holder);

        // then
        assertThat(lines.getFirst()).startsWith("holder     n2?[2J?root, since");
        assertThat(lines).allMatch(line -> line.length() < 1_000);
    }

    @Test
    void aDocumentThatLacksEverythingIsNoError() {
        JsonNode empty = read("{\"role\":\"\",\"holder\":\"\"}");

        assertThat(ProcessText.lines(empty)).contains("holder     nobody", "no move since the start");
    }

    @Test
    void onlyTheLastMovesAreShown() {
        ArrayNode moves = (ArrayNode) holder.path("moves");
        for (int i = 0; i < 30; i++) {
            moves.add(moves.get(1));
        }

        assertThat(ProcessText.lines(holder)).last().isEqualTo("and 22 before; --output json shows all");
    }

    private static ObjectNode read(String json) {
        try {
            return (ObjectNode) new ObjectMapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
