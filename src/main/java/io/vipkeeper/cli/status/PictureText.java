package io.vipkeeper.cli.status;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import io.vipkeeper.cli.common.Columns;
import io.vipkeeper.cli.common.Printable;
import io.vipkeeper.cli.common.StatusSource.Reply;
import io.vipkeeper.lease.LeaseRecord;

/** A picture for people: what is wrong in one sentence, then who holds, the candidates, the moves. */
final class PictureText {
    private final Picture picture;
    private final List<Member> members;
    private final Diagnosis diagnosis;
    private final Paint paint;

    PictureText(Picture picture, List<Member> members, Diagnosis diagnosis, Paint paint) {
        this.picture = picture;
        this.members = members;
        this.diagnosis = diagnosis;
        this.paint = paint;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>(List.of(paint.of(diagnosis.level(), headline(diagnosis))));
        diagnosis.sentences().stream().skip(1).forEach(sentence -> lines.add("and " + sentence));
        lines.add("");
        lines.addAll(Columns.of(facts()));
        if (!members.isEmpty()) {
            lines.add("");
            lines.addAll(headed(Columns.of(candidates())));
        }
        if (!picture.told().isEmpty()) {
            lines.add("");
            lines.addAll(headed(MoveTable.of(picture.told()).lines()));
        }
        return lines;
    }

    static String headline(Diagnosis diagnosis) {
        String word =
                switch (diagnosis.level()) {
                    case WELL -> "well: ";
                    case DEGRADED -> "degraded: ";
                    case CRITICAL -> "critical: ";
                };
        return word + diagnosis.sentence();
    }

    private List<String> headed(List<String> table) {
        List<String> lines = new ArrayList<>(table);
        lines.set(0, paint.faint(lines.getFirst()));
        return lines;
    }

    private List<List<String>> facts() {
        List<List<String>> facts = new ArrayList<>();
        String holder = picture.holder();
        facts.add(List.of("holder", holder.isEmpty() ? "nobody" : Printable.of(holder) + since()));
        facts.add(List.of("Lease", picture.election() + lease()));
        picture.told().stream()
                .filter(told -> !told.vips(true).isEmpty())
                .forEach(told -> facts.add(List.of(
                        "address", String.join(", ", told.vips(true)) + " on " + told.nic() + " of " + told.node())));
        picture.told().stream().filter(Told::holds).forEach(told -> facts.add(List.of("fast path", fast(told))));
        facts.add(List.of("API", api()));
        facts.add(List.of("this node", local()));
        return facts;
    }

    private String since() {
        return picture.api()
                .lease()
                .map(LeaseRecord::acquireTime)
                .or(() -> picture.told().stream()
                        .map(told -> Told.text(told.json(), "holderSince"))
                        .findFirst())
                .flatMap(time -> Clocks.instant(time)
                        .map(at -> ", since " + Printable.of(time) + " ("
                                + Clocks.text(Duration.between(at, picture.at())) + ")"))
                .orElse("");
    }

    private String lease() {
        Optional<LeaseRecord> lease = picture.api().lease();
        if (lease.isEmpty()) {
            return picture.api().answers() ? ", which does not exist" : "";
        }
        return picture.leaseAge()
                        .map(age -> ", renewed " + Clocks.text(age) + " ago")
                        .orElse("")
                + ", transitions: " + lease.get().leaseTransitions();
    }

    /** Of a holder. */
    static String fast(Told holder) {
        if (!holder.members().isEmpty()) {
            return "on, with " + String.join(", ", holder.members());
        }
        return holder.fastIsComing() ? "about to come: this holder asks its majority" : "off: the Lease alone decides";
    }

    private String api() {
        String way = Printable.of(picture.api().way());
        return picture.api().answers()
                ? "answers: " + way
                : "no usable answer: " + Printable.of(picture.api().problem());
    }

    private String local() {
        Picture.Local local = picture.local();
        return switch (local.reply()) {
            case Reply.Told told ->
                new Told(told.status()).node() + ", "
                        + new Told(told.status()).role().toLowerCase(Locale.ROOT);
            case Reply.NotYet notYet -> "its vipkeeper has just started";
            case Reply.Silent(String why, boolean refused) -> "no vipkeeper at " + local.url() + ": " + why;
        };
    }

    private List<List<String>> candidates() {
        List<List<String>> rows = new ArrayList<>(
                List.of(List.of("candidate", "role", "ready", "heard by", "version", "fence", "weight", "why")));
        members.forEach(member -> rows.add(List.of(
                member.node(),
                shown(member.role().toLowerCase(Locale.ROOT)),
                member.ready().map(ready -> ready ? "yes" : "no").orElse("?"),
                shown(String.join(", ", member.heardBy())),
                shown(Printable.of(member.version())),
                shown(Printable.of(member.fence())),
                member.weight() < 0 ? "-" : Integer.toString(member.weight()),
                member.why())));
        return rows;
    }

    private static String shown(String text) {
        return text.isEmpty() ? "-" : text;
    }
}
