package io.vipkeeper.cli.preflight;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.vipkeeper.cli.preflight.finding.HostFiles;

/** A machine's files, laid out in a folder. */
public record Laid(Path root) {

    public Laid file(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return this;
    }

    public HostFiles files() {
        return new HostFiles(root);
    }
}
