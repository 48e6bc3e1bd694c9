package io.vipkeeper.cli.common;

import picocli.CommandLine.Option;

/** {@code --output}, for commands that serve people and programs. */
public final class OutputOption {

    @Option(
            names = "--output",
            paramLabel = "text|json",
            defaultValue = "text",
            description = "for people, or for programs [default: ${DEFAULT-VALUE}]")
    private Form form;

    enum Form {
        text,
        json
    }

    public boolean isJson() {
        return form == Form.json;
    }
}
