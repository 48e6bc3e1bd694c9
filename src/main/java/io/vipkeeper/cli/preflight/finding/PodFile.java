package io.vipkeeper.cli.preflight.finding;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;

/**
 * The first Pod or DaemonSet of a manifest, read as far as it is understood; a member of a wrong type is as if it were
 * not there.
 *
 * @param kind {@code Pod} or {@code DaemonSet}
 * @param spec of the pod
 */
public record PodFile(String kind, JsonNode metadata, JsonNode spec) {
    private static final ObjectMapper YAML =
            new ObjectMapper(new YAMLFactory().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION));

    /**
     * A container.
     *
     * @param env in their order; those with a value of their own
     * @param envFrom the names of those whose value comes from somewhere else, and where from, for example
     *     {@code secretKeyRef}
     * @param node the container as it is written
     */
    public record Container(
            String name,
            String image,
            List<String> args,
            Map<String, String> env,
            Map<String, String> envFrom,
            JsonNode node) {

        /** Whether the image's name, without registry, folder, tag and digest, is this one or begins with it and a dash. */
        public boolean runs(String program) {
            String last = image.substring(image.lastIndexOf('/') + 1);
            return Pattern.matches(Pattern.quote(program) + "(-[^:@]*)?([:@].*)?", last);
        }
    }

    /** @return empty for text that is no YAML, or holds neither */
    public static Optional<PodFile> parse(String text) {
        try (MappingIterator<JsonNode> documents =
                YAML.readerFor(JsonNode.class).readValues(text)) {
            while (documents.hasNext()) {
                JsonNode document = documents.next();
                String kind = document.path("kind").asText("");
                if (kind.equals("Pod")) {
                    return Optional.of(new PodFile(kind, document.path("metadata"), document.path("spec")));
                }
                if (kind.equals("DaemonSet")) {
                    JsonNode template = document.path("spec").path("template");
                    return Optional.of(new PodFile(kind, document.path("metadata"), template.path("spec")));
                }
            }
        } catch (IOException | RuntimeException e) {
            // A stray file in the folder, or somebody's malice.
            return Optional.empty();
        }
        return Optional.empty();
    }

    public List<Container> containers() {
        List<Container> containers = new ArrayList<>();
        for (JsonNode node : spec.path("containers")) {
            List<String> args = new ArrayList<>();
            node.path("args").forEach(argument -> args.add(argument.asText("")));
            Map<String, String> env = new LinkedHashMap<>();
            Map<String, String> from = new LinkedHashMap<>();
            for (JsonNode variable : node.path("env")) {
                String name = variable.path("name").asText("");
                Iterator<String> source = variable.path("valueFrom").fieldNames();
                if (source.hasNext()) {
                    from.put(name, source.next());
                } else {
                    env.put(name, variable.path("value").asText(""));
                }
            }
            containers.add(new Container(
                    node.path("name").asText(""), node.path("image").asText(""), args, env, from, node));
        }
        return containers;
    }

    /**
     * Where a path of a container is on the host: by the mount that holds it and a volume of the kind hostPath.
     *
     * @return empty for a path that is in no such mount
     */
    public Optional<Path> onHost(Container container, Path path) {
        for (JsonNode mount : container.node().path("volumeMounts")) {
            Optional<Path> at = path(mount.path("mountPath").asText(""));
            Optional<Path> source = hostPath(mount.path("name").asText(""));
            if (at.isPresent() && source.isPresent() && path.startsWith(at.get())) {
                return Optional.of(
                        source.get().resolve(at.get().relativize(path)).normalize());
            }
        }
        return Optional.empty();
    }

    private Optional<Path> hostPath(String volume) {
        for (JsonNode node : spec.path("volumes")) {
            if (node.path("name").asText("").equals(volume)) {
                return path(node.path("hostPath").path("path").asText(""));
            }
        }
        return Optional.empty();
    }

    private static Optional<Path> path(String text) {
        try {
            return Optional.of(Path.of(text)).filter(Path::isAbsolute);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
