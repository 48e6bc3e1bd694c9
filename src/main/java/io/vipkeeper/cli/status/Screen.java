package io.vipkeeper.cli.status;

import java.io.PrintWriter;
import java.util.List;

/** Where pictures are shown: once, again and again in the same place, or as a line for each change. */
final class Screen {
    private static final String HOME = "\u001b[H";
    private static final String REST_OF_LINE = "\u001b[K\n";
    private static final String REST_OF_SCREEN = "\u001b[J";

    private final PrintWriter out;
    private final boolean json;
    private final boolean terminal;
    private final Paint paint;
    private String shown = "";

    Screen(PrintWriter out, boolean json, boolean terminal, Paint paint) {
        this.out = out;
        this.json = json;
        this.terminal = terminal;
        this.paint = paint;
    }

    Diagnosis.Level print(Picture picture) {
        List<Member> members = Member.of(picture);
        Diagnosis diagnosis = Diagnosis.of(picture, members);
        if (json) {
            out.println(PictureJson.of(picture, members, diagnosis).toPrettyString());
        } else {
            new PictureText(picture, members, diagnosis, paint).lines().forEach(out::println);
        }
        out.flush();
        return diagnosis.level();
    }

    /** JSON is a line for each change on a terminal, too. */
    Diagnosis.Level redraw(Picture picture) {
        List<Member> members = Member.of(picture);
        Diagnosis diagnosis = Diagnosis.of(picture, members);
        if (terminal && !json) {
            StringBuilder page = new StringBuilder(shown.isEmpty() ? "\u001b[2J" + HOME : HOME);
            new PictureText(picture, members, diagnosis, paint).lines().forEach(line -> page.append(line)
                    .append(REST_OF_LINE));
            out.print(page.append(REST_OF_SCREEN));
            shown = "drawn";
        } else {
            String state = state(picture, members, diagnosis);
            if (!state.equals(shown)) {
                shown = state;
                out.println(
                        json
                                ? PictureJson.of(picture, members, diagnosis).toString()
                                : picture.at() + " " + PictureText.headline(diagnosis));
            }
        }
        out.flush();
        return diagnosis.level();
    }

    /** Whether nobody reads any more. */
    boolean isGone() {
        return out.checkError();
    }

    /** What makes a change: not that some time has passed. */
    private static String state(Picture picture, List<Member> members, Diagnosis diagnosis) {
        StringBuilder state = new StringBuilder(picture.holder());
        members.forEach(member ->
                state.append('\n').append(member.node()).append(member.ready().orElse(null)));
        diagnosis.sentences().forEach(sentence -> state.append('\n')
                .append(sentence.replaceAll("[0-9]+ (?=ms|s|min|h|d)", "")));
        return state.toString();
    }
}
