package io.vipkeeper.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The values as typed, found in their order of precedence; what cannot be read is a problem and reads as the default. */
final class Settings {
    private static final Set<String> TRUE = Set.of("1", "t", "T", "TRUE", "true", "True");
    private static final Set<String> FALSE = Set.of("0", "f", "F", "FALSE", "false", "False");

    private final ConfigSources sources;
    private final Map<String, String> file;
    private final List<String> problems;

    /** @param file by key in lower case */
    Settings(ConfigSources sources, Map<String, String> file, List<String> problems) {
        this.sources = sources;
        this.file = file;
        this.problems = problems;
    }

    /** What was given, by whatever way comes first. */
    Optional<Setting> given(Option option) {
        String flag = sources.flags().get(option.flag());
        if (flag != null) {
            return Optional.of(new Setting(flag, "--" + option.flag() + "=" + shown(flag)));
        }
        String variable = sources.environment().getOrDefault(option.env(), "");
        if (!variable.isEmpty()) {
            return Optional.of(new Setting(variable, option.env() + "=" + shown(variable)));
        }
        return fromFile(option.fileKey()).or(() -> fromFile(option.env())).filter(setting -> !setting.value()
                .isEmpty());
    }

    String text(Option option) {
        return given(option).map(setting -> setting.value().strip()).orElse(option.defaultValue());
    }

    boolean flag(Option option) {
        boolean otherwise = option.defaultValue().equals("true");
        return given(option).map(setting -> flag(setting, otherwise)).orElse(otherwise);
    }

    /** A whole number between the two, both included. */
    int number(Option option, int least, int most) {
        int otherwise = Integer.parseInt(option.defaultValue());
        return given(option)
                .map(setting -> number(setting, least, most, otherwise))
                .orElse(otherwise);
    }

    /** What was typed, for a message; else the name of the option. */
    String shown(Option option) {
        return given(option).map(Setting::shown).orElse(option.name());
    }

    private boolean flag(Setting setting, boolean otherwise) {
        if (!TRUE.contains(setting.value()) && !FALSE.contains(setting.value())) {
            problems.add(setting.shown() + " is neither true nor false");
            return otherwise;
        }
        return TRUE.contains(setting.value());
    }

    private int number(Setting setting, int least, int most, int otherwise) {
        try {
            int number = Integer.parseInt(setting.value().strip());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, in the words for a number out of its range.
        }
        problems.add(setting.shown() + " must be a whole number from " + least + " to " + most);
        return otherwise;
    }

    private Optional<Setting> fromFile(String key) {
        return key.isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(file.get(ConfigFile.folded(key)))
                        .map(value -> new Setting(value, key + ": " + shown(value) + " in the configuration file"));
    }

    /** One line, of bounded length, whatever was typed. */
    static String shown(String value) {
        String line = value.replaceAll("\\p{Cntrl}", "?");
        return line.length() > 80 ? line.substring(0, 80) + "..." : line;
    }

    /**
     * A value that somebody gave.
     *
     * @param shown the value with where it was given, as a message names it
     */
    record Setting(String value, String shown) {}
}
