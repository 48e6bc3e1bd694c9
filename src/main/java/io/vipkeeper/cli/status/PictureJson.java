package io.vipkeeper.cli.status;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.vipkeeper.cli.common.StatusSource.Reply;

/** A picture for programs; the README documents the keys, which stay. */
final class PictureJson {
    private PictureJson() {}

    static ObjectNode of(Picture picture, Iterable<Member> members, Diagnosis diagnosis) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("exitCode", diagnosis.level().exitCode());
        json.put("level", diagnosis.level().name());
        ArrayNode sentences = json.putArray("sentences");
        diagnosis.sentences().forEach(sentences::add);
        json.put("at", picture.at().toString());
        json.put("holder", picture.holder());
        lease(json.putObject("lease"), picture);
        ObjectNode api = json.putObject("api").put("answers", picture.api().answers());
        api.put("way", picture.api().way()).put("problem", picture.api().problem());
        picture.api().certificateEnds().ifPresent(end -> api.put("certificateEnds", end.toString()));
        ArrayNode candidates = json.putArray("candidates");
        members.forEach(member -> candidate(candidates.addObject(), member));
        processes(json, picture);
        return json;
    }

    private static void lease(ObjectNode json, Picture picture) {
        json.put("name", picture.election().toString());
        picture.api().lease().ifPresent(lease -> json.put("holder", lease.holderIdentity())
                .put("acquireTime", lease.acquireTime())
                .put("renewTime", lease.renewTime())
                .put("transitions", lease.leaseTransitions())
                .put("durationSeconds", lease.leaseDurationSeconds()));
    }

    private static void candidate(ObjectNode json, Member member) {
        json.put("node", member.node()).put("role", member.role());
        member.ready().ifPresentOrElse(ready -> json.put("ready", ready), () -> json.putNull("ready"));
        json.put("why", member.why());
        ArrayNode heardBy = json.putArray("heardBy");
        member.heardBy().forEach(heardBy::add);
        json.put("version", member.version()).put("fence", member.fence());
        if (member.weight() >= 0) {
            json.put("weight", member.weight());
        }
    }

    private static void processes(ObjectNode json, Picture picture) {
        ObjectNode processes = json.putObject("processes");
        picture.processes().forEach((node, reply) -> {
            switch (reply) {
                case Reply.Told(var status) -> processes.set(node, status);
                case Reply.NotYet notYet -> processes.putObject(node).put("silent", "it has just started");
                case Reply.Silent(String why, boolean refused) ->
                    processes.putObject(node).put("silent", why);
            }
        });
    }
}
