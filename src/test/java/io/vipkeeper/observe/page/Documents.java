package io.vipkeeper.observe.page;

import java.time.Instant;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Status documents to begin a test with. */
public final class Documents {
    public static final Instant NOW = Instant.parse("2026-01-02T12:04:31Z");

    private Documents() {}

    /** A holder with two good candidates beside it. */
    public static ObjectNode holder() {
        return read("""
                {"node":"cp-1","version":"0.1.0","lease":"kube-system/plndr-cp-lock","role":"HOLDER","holder":"cp-1",
                 "holderSince":"2026-01-02T11:58:02.120Z","rightRemainingMillis":231,"couldHold":true,
                 "hindrances":[],"live":true,"millisSinceLastStep":3,"interface":{"name":"eth0","usable":true},
                 "vips":[{"vip":"192.0.2.10/32","bound":true}],"fence":{"kind":"nftables"},
                 "fast":{"members":["cp-1","cp-2","cp-3"],"promisedTo":""},
                 "peers":[
                  {"node":"cp-2","heard":true,"ready":true,"weight":100,"promiseRemainingMillis":200},
                  {"node":"cp-3","heard":true,"ready":true,"weight":50,"promiseRemainingMillis":125}],
                 "moves":[{"at":"2026-01-02T11:58:02.120Z","path":"EARLY","from":"cp-3",
                  "stages":{"silence":250.0,"votes":2.0,"swap":6.0},
                  "vips":[{"vip":"192.0.2.10/32","bind":1.5,"announce":0.5}]}],
                 "holders":[{"at":"2026-01-02T11:58:02.118Z","holder":"cp-1"},
                  {"at":"2026-01-01T10:00:00Z","holder":"cp-3"}],
                 "requests":[{"server":"https://127.0.0.1:6443","millis":[4.0,8.0,1000.0,6.0],
                  "statuses":[200,200,0,409]}],
                 "settings":{"vip_fastgrant":"250","vip_weight":"100"}}""");
    }

    /** A node that waits for another's turn to end. */
    public static ObjectNode follower() {
        ObjectNode json = holder();
        json.put("role", "FOLLOWER").put("holder", "cp-2").remove("rightRemainingMillis");
        json.withArray("vips")
                .removeAll()
                .addObject()
                .put("vip", "192.0.2.10/32")
                .put("bound", false);
        return json;
    }

    private static ObjectNode read(String json) {
        try {
            return (ObjectNode) new ObjectMapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
