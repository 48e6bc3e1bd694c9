package io.vipkeeper.linux;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.vipkeeper.linux.ProgramPages.Range;

import static org.assertj.core.api.Assertions.assertThat;

class ProgramPagesTest {
    private static final String FILE = "/usr/bin/vipkeeper";

    @Test
    void codeAndConstantsThatStandInTheFileAreGivenBack() {
        List<String> smaps = List.of(
                "00410000-00510000 r-xp 00010000 fe:01 4711                               /usr/bin/vipkeeper",
                "Size:               1024 kB",
                "Anonymous:             0 kB",
                "VmFlags: rd ex mr mw me sd",
                "01be0000-01bf0000 r--p 017e0000 fe:01 4711                               /usr/bin/vipkeeper",
                "Anonymous:             0 kB",
                "VmFlags: rd mr mw me sd");

        assertThat(ProgramPages.unchanged(smaps, FILE))
                .containsExactly(new Range(0x410000, 0x100000), new Range(0x1be0000, 0x10000));
    }

    @Test
    void whatTheLoaderHasChangedIsKept() {
        assertThat(givenBackOf("01bc2000-01bc3000 r--p 017c1000 fe:01 4711 " + FILE, "Anonymous: 4 kB"))
                .isEmpty();
    }

    @Test
    void whatCanBeWrittenAndWhatIsNotTheProgramsIsKept() {
        String unchanged = "Anonymous:             0 kB";

        assertThat(givenBackOf("01be0000-03e00000 rw-p 017e0000 fe:01 4711 " + FILE, unchanged))
                .isEmpty();
        assertThat(givenBackOf("7f0000000000-7f0000010000 r-xp 00000000 fe:01 12 /usr/lib/libc.so.6", unchanged))
                .isEmpty();
        assertThat(givenBackOf("7ffd00000000-7ffd00001000 r--p 00000000 00:00 0 ", unchanged))
                .isEmpty();
    }

    @Test
    void withoutACountOfChangedPagesNothingIsGivenBack() {
        assertThat(givenBackOf("00410000-00510000 r-xp 00010000 fe:01 4711 " + FILE, "Rss: 4 kB"))
                .isEmpty();
    }

    private static List<Range> givenBackOf(String... smaps) {
        return ProgramPages.unchanged(List.of(smaps), FILE);
    }

    /** Of this very JVM: its program goes on to run. */
    @Test
    void theKernelTakesWhatIsGivenBack() {
        JnrLibc libc = new JnrLibc();

        ProgramPages.giveBack(libc);

        assertThat(libc.madvise(1, 4096, 4)).as("no page begins there").isEqualTo(Errno.EINVAL.negated());
    }
}
