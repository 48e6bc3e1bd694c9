package io.vipkeeper.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;

/** Reads a configuration file: one flat object with kube-vip's keys, or the names of the variables. */
final class ConfigFile {
    private static final int LARGEST = 1 << 20;

    private ConfigFile() {}

    /** A key as it is compared: Go's decoders do not look at the case either. */
    static String folded(String key) {
        return key.toLowerCase(Locale.ROOT);
    }

    /**
     * The values by folded key; what is wrong with the file is added to {@code problems}.
     *
     * @return empty if no value can be known, so that nothing may be concluded from what is not there
     */
    static Optional<Map<String, String>> read(Path file, List<String> problems) {
        Optional<String> text = text(file, problems);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            JsonNode root = mapper(file).readTree(text.get());
            if (root == null || root.isMissingNode() || root.isNull()) {
                return Optional.of(Map.of());
            }
            if (root.isObject()) {
                return Optional.of(values(file, root, problems));
            }
            problems.add("the configuration file " + file + " must hold one object of options");
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            problems.add("the configuration file " + file + " is not well formed near line " + line);
        }
        return Optional.empty();
    }

    private static Optional<String> text(Path file, List<String> problems) {
        String name = folded(file.toString());
        if (!name.endsWith(".json") && !name.endsWith(".yaml") && !name.endsWith(".yml")) {
            problems.add("the configuration file " + file + " must be called .json, .yaml or .yml");
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length <= LARGEST) {
                return Optional.of(new String(bytes, StandardCharsets.UTF_8));
            }
            problems.add("the configuration file " + file + " is larger than 1 MiB");
        } catch (NoSuchFileException e) {
            problems.add("the configuration file " + file + " does not exist");
        } catch (AccessDeniedException e) {
            problems.add("the configuration file " + file + " cannot be read: permission denied");
        } catch (IOException e) {
            problems.add("the configuration file " + file + " cannot be read: " + e.getMessage());
        }
        return Optional.empty();
    }

    private static ObjectMapper mapper(Path file) {
        JsonFactory factory = folded(file.toString()).endsWith(".json") ? new JsonFactory() : new YAMLFactory();
        return new ObjectMapper(factory.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION))
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    private static Map<String, String> values(Path file, JsonNode root, List<String> problems) {
        Map<String, String> values = new HashMap<>();
        root.properties().forEach(entry -> {
            String key = folded(entry.getKey());
            if (!known(key)) {
                problems.add("the key " + entry.getKey() + " in " + file + " is no option"
                        + Nearest.hint(entry.getKey(), Options.all().stream().map(Option::fileKey)));
            } else if (values.putIfAbsent(key, value(entry.getValue())) != null) {
                problems.add("the key " + entry.getKey() + " is twice in " + file);
            }
        });
        return values;
    }

    /** The scalar as typed; a nested value only occurs in options that are refused, where any text will do. */
    private static String value(JsonNode node) {
        if (node.isContainerNode()) {
            return node.isEmpty() ? "" : node.toString();
        }
        return node.isNull() ? "" : node.asText();
    }

    private static boolean known(String key) {
        return Options.all().stream()
                .anyMatch(option -> key.equals(folded(option.fileKey())) || key.equals(folded(option.env())));
    }
}
