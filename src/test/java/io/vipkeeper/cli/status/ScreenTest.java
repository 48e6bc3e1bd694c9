package io.vipkeeper.cli.status;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.vipkeeper.cli.common.StatusSource.Reply;
import io.vipkeeper.kubernetes.LeaseName;
import io.vipkeeper.lease.LeaseRecord;

import static org.assertj.core.api.Assertions.assertThat;

class ScreenTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final StringWriter out = new StringWriter();
    private final PrintWriter writer = new PrintWriter(out);

    @Test
    void aChangeIsALineAndTheTimeThatPassesIsNone() {
        // given
        Screen screen = new Screen(writer, false, false, new Paint(false));

        // when
        screen.redraw(held("n1", NOW));
        screen.redraw(held("n1", NOW.plusSeconds(1)));
        screen.redraw(held("n1", NOW.plusSeconds(2)));
        screen.redraw(held("n2", NOW.plusSeconds(3)));

        // then
        assertThat(out.toString()).isEqualTo("""
                        2026-01-02T03:04:05Z well: n1 holds, and there is no other candidate
                        2026-01-02T03:04:08Z well: n2 holds, and there is no other candidate
                        """);
    }

    @Test
    void aTroubleOfWhichOnlyTheAgeGrowsIsOneLine() {
        Screen screen = new Screen(writer, false, false, new Paint(false));

        screen.redraw(held("n1", NOW.plusSeconds(60)));
        screen.redraw(held("n1", NOW.plusSeconds(61)));

        assertThat(out.toString()).hasLineCount(1).contains("critical: nobody holds the address: n1 held it last");
    }

    @Test
    void aTerminalIsDrawnAnewFromItsTop() {
        Screen screen = new Screen(writer, false, true, new Paint(false));

        screen.redraw(held("n1", NOW));
        assertThat(out.toString()).startsWith("\u001b[2J\u001b[Hwell: n1").endsWith("\u001b[J");

        out.getBuffer().setLength(0);
        screen.redraw(held("n1", NOW.plusSeconds(1)));
        assertThat(out.toString()).startsWith("\u001b[Hwell: n1");
    }

    @Test
    void jsonIsALineForEachChange() {
        Screen screen = new Screen(writer, true, true, new Paint(true));

        screen.redraw(held("n1", NOW));
        screen.redraw(held("n1", NOW.plusSeconds(1)));
        screen.redraw(held("n2", NOW.plusSeconds(2)));

        assertThat(out.toString().lines()).hasSize(2).allMatch(line -> line.startsWith("{") && line.endsWith("}"));
    }

    @Test
    void coloursAreForTerminalsThatWantThem() {
        assertThat(Paint.of(true, Map.of()).coloured()).isTrue();
        assertThat(Paint.of(false, Map.of()).coloured()).isFalse();
        assertThat(Paint.of(true, Map.of("NO_COLOR", "1")).coloured()).isFalse();
        assertThat(Paint.of(true, Map.of("NO_COLOR", "")).coloured()).isTrue();
        assertThat(Paint.of(true, Map.of("TERM", "dumb")).coloured()).isFalse();
    }

    /** By the Lease alone, which was renewed just before {@link #NOW}. */
    private static Picture held(String holder, Instant at) {
        LeaseRecord lease = new LeaseRecord("7", holder, 15, 3, "", NOW.toString(), Map.of());
        return new Picture(
                at,
                new LeaseName("kube-system", "plndr-cp-lock"),
                new Picture.Api("https://127.0.0.1:6443", true, "", "", Optional.of(lease), Optional.empty()),
                new Picture.Local("http://127.0.0.1:2112", false, new Reply.Silent("nothing listens there", true)),
                List.of(),
                Map.of());
    }
}
