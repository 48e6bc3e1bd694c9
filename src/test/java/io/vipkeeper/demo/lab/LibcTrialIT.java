package io.vipkeeper.demo.lab;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.vipkeeper.demo.Packaged;

import static org.assertj.core.api.Assertions.assertThat;

/** jnr-ffi's libc here, and GraalVM's in the native executable when that is what is tested. */
class LibcTrialIT {
    private static final List<String> EXPECTED = List.of(
            "close nothing -9",
            "receive from nothing -9",
            "send to nothing -9",
            "unknown type -22",
            "unknown option -9",
            "half a filter -22",
            "no filter -22",
            "taken address -98",
            "send 3",
            "receive 3",
            "received [1, 2, 3, 0, 0, 0, 0, 0]",
            "send an empty one 0",
            "receive an empty one 0",
            "send a long one 8",
            "see how long 8",
            "nothing there -11",
            "close 0",
            "close again -9",
            "filter 0",
            "send to a filter 4",
            "nothing passes -11",
            "waited in vain -11",
            "waited as long as asked true",
            "collected meanwhile true",
            "clock 0",
            "the same clock as System.nanoTime true",
            "no such clock -22",
            "advice for no memory 0",
            "advice for half a page -22",
            "always the close's own -9",
            "always the clock's own -22");

    @Test
    void theLibcOfTheJvmAnswersAsLinuxDoes() throws Exception {
        ByteArrayOutputStream answers = new ByteArrayOutputStream();

        LibcTrialMain.run(new PrintStream(answers, true, StandardCharsets.UTF_8));

        assertThat(answers.toString(StandardCharsets.UTF_8).lines()).containsExactlyElementsOf(EXPECTED);
    }

    @Test
    void theLibcOfThePackagedProgramAnswersTheSame(@TempDir Path folder) throws Exception {
        Path answers = folder.resolve("answers");
        List<String> command = Packaged.find().command(JavaCommand.PART, LibcTrialMain.class.getName());

        int code = new ProcessBuilder(command)
                .redirectOutput(answers.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start()
                .waitFor();

        assertThat(code).isZero();
        assertThat(answers).hasContent(String.join("\n", EXPECTED));
    }
}
