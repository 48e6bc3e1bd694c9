package io.vipkeeper.manifest;

import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class YamlTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "~",
                "null",
                "true",
                "No",
                "y",
                "ON",
                "12",
                "-4",
                "0x1f",
                "1_000",
                "1.5",
                "1e3",
                ".inf",
                "12:30:45",
                "2026-11-22",
                "0o17",
                "0b11",
                "<<"
            })
    void whatWouldBeReadAsSomethingElseIsQuoted(String text) throws JsonProcessingException {
        assertThat(Yaml.of(Map.of("a", text))).isEqualTo("a: \"" + text + "\"\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"eth0", "192.0.2.10", ":2112", "32,128", "system:vipkeeper-role", "2001:db8::10", "yes1"})
    void whatIsATextAnywayIsNot(String text) {
        assertThat(Yaml.of(Map.of("a", text))).isEqualTo("a: " + text + "\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[2001:db8::1]:2112",
                "a: b",
                "#no",
                "a #b",
                " a",
                "*a",
                "&a",
                "!a",
                "%a",
                "@a",
                "- a",
                "'",
                "\"",
                "a\nb",
                "{a}",
                "a:",
                "?",
                "|",
                ">",
                "\t",
                "é",
                "\\"
            })
    void anyTextIsReadBackAsItWas(String text) throws JsonProcessingException {
        assertThat(new ObjectMapper(new YAMLFactory())
                        .readTree(Yaml.of(Map.of("a", text)))
                        .get("a")
                        .textValue())
                .isEqualTo(text);
    }

    @Test
    void keysAreSortedAtEveryLevel() {
        assertThat(Yaml.of(Map.of("b", Map.of("d", 1, "c", Map.of()), "a", true)))
                .isEqualTo("a: true\nb:\n  c: {}\n  d: 1\n");
    }
}
