package io.vipkeeper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/** The README, and the tables in it that are made from the code. */
public final class Readme {
    private static final Path FILE = Path.of("README.md");

    private Readme() {}

    public static String text() throws IOException {
        return Files.readString(FILE);
    }

    /** What stands between the markers of {@code section}. */
    public static String section(String section) throws IOException {
        return parts(section)[1];
    }

    /**
     * Asserts that what stands between the markers of {@code section} is what the code says; with {@code -Dreadme.write}
     * that is written there first.
     */
    public static void holds(String section, String generated) throws IOException {
        String wanted = "\n" + generated.strip() + "\n";
        if (Boolean.getBoolean("readme.write")) {
            String[] parts = parts(section);
            String begin = "<!-- " + section + " -->";
            Files.writeString(FILE, parts[0] + begin + wanted + "<!-- /" + section + " -->" + parts[2]);
        }
        assertThat(section(section)).as("README, " + section).isEqualTo(wanted);
    }

    private static String[] parts(String section) throws IOException {
        String[] parts = text().split("<!-- /?" + section + " -->", -1);
        assertThat(parts).as("the markers of %s", section).hasSize(3);
        return parts;
    }
}
