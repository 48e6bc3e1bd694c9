package io.vipkeeper.cli.status;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.vipkeeper.cli.VipkeeperCommand;
import io.vipkeeper.cli.common.StatusSource;

import static org.assertj.core.api.Assertions.assertThat;

class StatusArgumentsTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(strings = {"ftp://192.0.2.1", "http://", "no url", "http://192.0.2.1:99999", "\u001b[2J"})
    void aUrlThatIsNoneIsRefused(String typed) {
        assertThat(run("status", "--url", typed)).isEqualTo(2);
        assertThat(err.toString()).startsWith("vipkeeper: --url=").doesNotContain("\u001b");
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "--timeout=0, --timeout=0 must be a whole number from 1 to 60",
        "--timeout=61, --timeout=61 must be a whole number from 1 to 60",
        "--leaseName=A b, is no name for a Lease",
        "--port=0, --port=0 must be a whole number from 1 to 65535"
    })
    void anArgumentThatIsNoneIsRefusedInOneSentence(String argument, String said) {
        assertThat(run("status", argument)).isEqualTo(2);
        assertThat(err.toString()).startsWith("vipkeeper: ").contains(said);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        ":2112, http://127.0.0.1:2112/q/status",
        "0.0.0.0:1, http://127.0.0.1:1/q/status",
        "[::]:2112, http://[::1]:2112/q/status",
        "192.0.2.1:2112, http://192.0.2.1:2112/q/status",
        "[2001:db8::1]:2112, http://[2001:db8::1]:2112/q/status"
    })
    void aListenerIsAskedWhereItListens(String listener, String expected) {
        assertThat(StatusSource.ofListener(listener).orElseThrow()).hasToString(expected);
    }

    @Test
    void aUrlWithAPathIsTakenAsItIs() {
        assertThat(StatusSource.ofUrl("http://192.0.2.1:1/behind/q/status").orElseThrow())
                .hasToString("http://192.0.2.1:1/behind/q/status");
        assertThat(StatusSource.ofListener("2112")).isEmpty();
    }

    private int run(String... args) {
        return VipkeeperCommand.commandLine(Map.of())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }
}
