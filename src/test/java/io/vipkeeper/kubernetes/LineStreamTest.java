package io.vipkeeper.kubernetes;

import java.time.Duration;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LineStreamTest {
    private static final String SERVER = "https://192.0.2.1:6443";
    private static final Buffer MEBIBYTE = Buffer.buffer(new byte[1 << 20]);

    private final LineStream lines = new LineStream(SERVER, ended -> {});

    @Test
    void longLinesThatNobodyReadsDoNotFillTheMemory() {
        // when
        for (int i = 0; i < 100; i++) {
            lines.chunk(MEBIBYTE);
            lines.chunk(Buffer.buffer("\n"));
        }

        // then
        int kept = 0;
        LineStream.Next next = lines.next(Duration.ZERO);
        for (; next instanceof LineStream.Next.Line; next = lines.next(Duration.ZERO)) {
            kept++;
        }
        assertThat(kept).isBetween(1, 4);
        assertThat(next).isEqualTo(new LineStream.Next.Broken(SERVER + ": more than can be read"));
    }

    @Test
    void longLinesThatAreReadKeepComing() {
        for (int i = 0; i < 100; i++) {
            lines.chunk(MEBIBYTE);
            lines.chunk(Buffer.buffer("\n"));
            assertThat(lines.next(Duration.ZERO)).isInstanceOf(LineStream.Next.Line.class);
        }
    }

    @Test
    void anEndlessLineIsGivenUpWithTheNameOfItsServer() {
        // when
        for (int i = 0; i < 3; i++) {
            lines.chunk(MEBIBYTE);
        }

        // then
        assertThat(lines.next(Duration.ZERO)).isEqualTo(new LineStream.Next.Broken(SERVER + ": an endless line"));
    }
}
