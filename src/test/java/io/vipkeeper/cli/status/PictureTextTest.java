package io.vipkeeper.cli.status;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PictureTextTest extends Trio {
    @Test
    void thePageShowsTheSentenceFirstAndEachCandidate() {
        // given
        deaf("n3");
        processes.put("n3", REFUSED);
        Picture picture = picture();
        List<Member> members = Member.of(picture);
        Diagnosis diagnosis = Diagnosis.of(picture, members);

        // when
        List<String> lines = new PictureText(picture, members, diagnosis, new Paint(false)).lines();

        // then
        assertThat(lines.getFirst()).startsWith("degraded: 1 of 3 candidates");
        assertThat(lines)
                .contains(
                        "holder     n1, since 2026-01-02T03:00:00Z (4 min)",
                        "Lease      kube-system/plndr-cp-lock, renewed 1 s ago, transitions: 3",
                        "address    192.0.2.10/32 on eth0 of n1",
                        "fast path  on, with n1, n2, n3",
                        "candidate  role      ready  heard by  version  fence     weight  why",
                        "n1         holder    yes    n2        0.1.0    nftables  100");
        assertThat(lines).noneMatch(line -> line.contains("\u001b"));
        assertThat(new PictureText(picture, members, diagnosis, new Paint(true))
                        .lines()
                        .getFirst())
                .startsWith("\u001b[33mdegraded");
    }
}
