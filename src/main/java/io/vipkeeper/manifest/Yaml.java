package io.vipkeeper.manifest;

import java.io.UncheckedIOException;
import java.util.Map;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;

/**
 * YAML as the tools of Kubernetes print it: keys in alphabetical order at every level, two spaces, a list's dash below
 * its key's first letter, and quotes only around what would else be read as something other than a text.
 */
public final class Yaml {
    private static final ObjectMapper MAPPER = new YAMLMapper(YAMLFactory.builder()
                    .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                    .disable(YAMLGenerator.Feature.SPLIT_LINES)
                    .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                    .stringQuotingChecker(new Quoting())
                    .build())
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    private Yaml() {}

    /** An object of the API as a document that ends with a line break. */
    public static String of(Object object) {
        try {
            Map<?, ?> tree = MAPPER.convertValue(object, Map.class);
            return MAPPER.writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What goyaml and other readers of YAML 1.1 take for null, a truth value, a number, a time or a merge. */
    private static final class Quoting extends StringQuotingChecker {
        private static final long serialVersionUID = 1L;

        private static final Pattern WORD = Pattern.compile(
                "|~|null|true|false|yes|no|on|off|y|n|<<|=|[-+]?\\.inf|\\.nan", Pattern.CASE_INSENSITIVE);
        private static final Pattern NUMBER = Pattern.compile(
                "[-+]?(0x[0-9a-f_]+|0b[01_]+|0o[0-7_]+"
                        + "|[0-9][0-9_]*(\\.[0-9_]*)?(e[-+]?[0-9]+)?|\\.[0-9_]+(e[-+]?[0-9]+)?"
                        + "|[0-9][0-9_]*(:[0-5]?[0-9])+(\\.[0-9_]*)?)",
                Pattern.CASE_INSENSITIVE);
        private static final Pattern TIME = Pattern.compile("[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt\\s].*)?");

        @Override
        public boolean needToQuoteName(String name) {
            return needToQuoteValue(name);
        }

        /** What YAML's own signs make ambiguous, the emitter finds out by itself. */
        @Override
        public boolean needToQuoteValue(String value) {
            return WORD.matcher(value).matches()
                    || NUMBER.matcher(value).matches()
                    || TIME.matcher(value).matches();
        }
    }
}
