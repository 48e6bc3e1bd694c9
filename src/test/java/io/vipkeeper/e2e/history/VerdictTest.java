package io.vipkeeper.e2e.history;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class VerdictTest {

    /** n1 holds, releases, n2 takes over, is killed, n3 takes over when the lease is over, and n2 comes back later. */
    private static Story lawful() {
        return new Story()
                .lease(1_000, "n1")
                .on(1_002, "n1")
                .announces(1_003, "n1")
                .answers(1_004, "n1")
                .lease(2_000, "n1")
                .answers(2_500, "n1")
                .off(2_600, "n1")
                .lease(2_605, "")
                .lease(2_620, "n2")
                .on(2_621, "n2")
                .announces(2_622, "n2")
                .answers(5_500, "n2")
                .off(5_620, "n2")
                .lease(7_900, "n3")
                .on(7_901, "n3")
                .announces(7_902, "n3")
                .answers(8_000, "n3")
                .off(9_000, "n3")
                .lease(9_001, "")
                .lease(9_010, "n2")
                .on(9_011, "n2")
                .announces(9_012, "n2");
    }

    @Test
    void findsNothingInALawfulHistoryAndSaysWhatItChecked() {
        // given
        Story story = lawful();

        // when
        Verdict verdict = story.verdict();

        // then
        assertThat(verdict.findings()).isEmpty();
        assertThat(verdict.clean()).isTrue();
        assertThat(verdict.report())
                .isEqualTo("8 frames of the VIP, 4 announcements among them, 3 changes of MAC; 4 binds;"
                        + " 7 Lease versions in 6 tenures, seen at most 0.0 ms after their bind; no filter");
    }

    @Test
    void aRecordingThatSawNothingIsAFindingForEachThingMissing() {
        // when
        Verdict verdict = new Story().verdict();

        // then
        assertThat(verdict.findings())
                .extracting(Finding::what)
                .containsExactly("no frame of the VIP", "no bind", "no version of the Lease");
    }

    @Test
    void whatARecorderMayHaveMissedIsAFinding() {
        // when
        Verdict verdict = lawful().fault("tcpdump lost frames").verdict();

        // then
        assertThat(verdict.clean()).isFalse();
        assertThat(verdict.toString()).contains("[recording incomplete] tcpdump lost frames");
    }

    @Test
    void findingsComeInTheOrderOfTimeAndSayWhen() {
        // when
        Verdict verdict = lawful().answers(9_500, "n1").on(8_500, "n1").verdict();

        // then
        assertThat(verdict.findings()).isSortedAccordingTo((a, b) -> Long.compare(a.time(), b.time()));
        assertThat(verdict.toString())
                .contains("1970-01-01T00:00:08.500Z [bind without a write] n1 binds 192.0.2.10"
                        + " while the Lease names n3");
    }

    @Test
    void everyRuleSpeaksForAnIntruder() {
        // when: n1 puts the address on, announces it and answers while n2 holds
        Story story = lawful().on(9_100, "n1").announces(9_101, "n1").answers(9_102, "n1");

        // then
        assertThat(story.broken())
                .containsExactlyInAnyOrder(Interleaving.RULE, Binds.RULE, Voices.RULE, Admittance.RULE);
    }

    @Test
    void aFloodOfOneKindDoesNotHideTheOthers() {
        // given
        Story story = lawful();
        for (int i = 0; i < 500; i++) {
            story.answers(9_100 + i, "n1");
        }

        // when
        String text = story.on(9_800, "n3").verdict().toString();

        // then
        assertThat(text.lines()).hasSizeLessThan(20);
        assertThat(text)
                .contains("and 495 more of this kind")
                .contains("n3 binds 192.0.2.10")
                .contains("n3 could speak");
    }
}
