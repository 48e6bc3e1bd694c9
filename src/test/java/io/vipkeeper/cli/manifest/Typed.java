package io.vipkeeper.cli.manifest;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import io.vipkeeper.cli.VipkeeperCommand;

/** What became of a command line. */
record Typed(int code, String out, String err) {

    /** The words of {@code line} are separated by single spaces. */
    static Typed line(String line, Map<String, String> environment) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = VipkeeperCommand.commandLine(environment)
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
}
