package io.vipkeeper.cli.preflight.finding;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * This machine as far as it is told by files: /etc, /proc, /run and /sys. What cannot be read is as if it were not
 * there, because a container sees only a part of its host.
 *
 * @param root the folder that they are in; {@code /} in earnest
 */
public record HostFiles(Path root) {
    private static final int LARGEST = 1 << 20;

    /** The text of a file of up to 1 MiB, named from the root without a slash before it. */
    public Optional<String> text(String path) {
        return resolved(path).flatMap(HostFiles::text);
    }

    /** The whole number that is all of a file, as in /proc/sys. */
    public OptionalLong number(String path) {
        try {
            return text(path)
                    .map(text -> OptionalLong.of(Long.parseLong(text.strip())))
                    .orElse(OptionalLong.empty());
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    public boolean exists(String path) {
        return resolved(path).filter(Files::exists).isPresent();
    }

    /** What is in a folder, sorted by name; nothing for one that is not there. */
    public List<Path> list(String folder) {
        try (Stream<Path> entries = Files.list(root.resolve(folder))) {
            return entries.sorted().toList();
        } catch (IOException | InvalidPathException e) {
            return List.of();
        }
    }

    /** The text of a file of up to 1 MiB. */
    public static Optional<String> text(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            // Read from its beginning in one piece: of /proc/sys the kernel gives nothing to a second call.
            byte[] bytes = in.readNBytes(LARGEST + 1);
            return bytes.length > LARGEST ? Optional.empty() : Optional.of(new String(bytes, StandardCharsets.UTF_8));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Optional<Path> resolved(String path) {
        try {
            return Optional.of(root.resolve(path));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
