package io.vipkeeper.cli.manifest;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import picocli.CommandLine;

/** What became of a command line of this package. */
record Typed(int code, String out, String err) {

    /** {@code line} begins with {@code manifest} or {@code kubeadm}; its words are separated by single spaces. */
    static Typed line(String line, Map<String, String> environment) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = new CommandLine(new Top())
                .addSubcommand("manifest", ManifestCommand.commandLine(environment))
                .addSubcommand("kubeadm", KubeadmCommand.commandLine(environment))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(line.split(" "));
        return new Typed(code, out.toString(), err.toString());
    }

    static Typed line(String line) {
        return line(line, Map.of());
    }

    /** The documents on stdout. */
    List<JsonNode> objects() throws IOException {
        try (MappingIterator<JsonNode> documents =
                new YAMLMapper().readerFor(JsonNode.class).readValues(out)) {
            return documents.readAll().stream().filter(JsonNode::isObject).toList();
        }
    }

    @CommandLine.Command(name = "vipkeeper")
    private static final class Top {}
}
