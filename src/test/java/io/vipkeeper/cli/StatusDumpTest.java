package io.vipkeeper.cli;

import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StatusDumpTest {
    private final BlockingQueue<String> logged = new LinkedBlockingQueue<>();
    private final ObjectNode document = JsonNodeFactory.instance
            .objectNode()
            .put("node", "n1")
            .put("role", "HOLDER")
            .put("holder", "n1");
    private Thread thread;

    @AfterEach
    void end() {
        if (thread != null) {
            thread.interrupt();
        }
    }

    @Test
    void theStatusIsOneEntryOfSeveralLines() {
        assertThat(new StatusDump(() -> Optional.of(document), false, logged::add).text())
                .startsWith("status\nholder     n1\n")
                .contains("n1, holder");
    }

    @Test
    void whereEachEntryIsALineTheStatusIsOne() {
        assertThat(new StatusDump(() -> Optional.of(document), true, logged::add).text())
                .isEqualTo("status {\"node\":\"n1\",\"role\":\"HOLDER\",\"holder\":\"n1\"}");
    }

    @Test
    void beforeTheFirstStepItSaysThatThereIsNothing() {
        assertThat(new StatusDump(Optional::empty, false, logged::add).text()).isEqualTo("status: not started yet");
    }

    @Test
    void aThousandSignalsAreOneEntryNowAndOneASecondLater() throws Exception {
        // given
        StatusDump dump = new StatusDump(() -> Optional.of(document), false, logged::add);

        // when
        for (int i = 0; i < 1_000; i++) {
            dump.ask();
        }
        thread = Thread.ofPlatform().daemon().start(dump::run);

        // then
        assertThat(logged.poll(10, TimeUnit.SECONDS)).startsWith("status\n");
        assertThat(logged.poll(200, TimeUnit.MILLISECONDS)).isNull();
        dump.ask();
        assertThat(logged.poll(10, TimeUnit.SECONDS)).startsWith("status\n");
    }

    @Test
    void aDocumentThatNeverEndsIsBounded() {
        document.put("holder", "x".repeat(1_000_000));
        for (int i = 0; i < 1_000; i++) {
            document.withArray("vips").addObject().put("vip", "192.0.2.10/32");
        }

        String text = new StatusDump(() -> Optional.of(document), false, logged::add).text();

        assertThat(text.lines().count()).isLessThanOrEqualTo(61);
        assertThat(text.length()).isLessThan(20_000);
    }
}
