package io.vipkeeper.kubernetes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * A kubeconfig's current context, read so far that a change of the files that it names is seen by reading again.
 *
 * <p>Read by the YAML parser that fabric8 brings, without fabric8's model: loading the classes of the model takes
 * longer than a request to the API server may.
 */
final class Kubeconfig {

    /** What it says; or why it cannot be used. */
    sealed interface Content {
        record Usable(String server, String tlsServerName, Access.Credentials credentials, String user)
                implements Content {}

        record Refused(String sentence) implements Content {}
    }

    /** Reads a whole file of bounded size as text. */
    interface Reader {
        String read(Path file) throws IOException;
    }

    private static final class Refusal extends Exception {
        private static final long serialVersionUID = 1L;

        Refusal(String sentence) {
            super(sentence, null, false, false);
        }
    }

    /** A mapping of the file; what is missing, or of another type, is empty. */
    private record Section(Map<?, ?> members) {
        static Section of(Object node) {
            return new Section(node instanceof Map<?, ?> map ? map : Map.of());
        }

        boolean has(String name) {
            return members.get(name) != null;
        }

        String text(String name) {
            Object node = members.get(name);
            return node == null || node instanceof Map || node instanceof List ? "" : node.toString();
        }

        /** The entry of a list of named entries, as kubeconfigs have them. */
        Section named(String list, String what, String wanted) throws Refusal {
            if (members.get(list) instanceof List<?> all) {
                for (Object entry : all) {
                    Section section = of(entry);
                    if (section.has("name") && section.text("name").equals(wanted)) {
                        return of(section.members.get(what));
                    }
                }
            }
            throw new Refusal("has no " + what + " named \"" + OneLine.of(wanted) + "\"");
        }
    }

    private final Path file;
    private final Section config;

    private Kubeconfig(Path file, Section config) {
        this.file = file;
        this.config = config;
    }

    /** @return empty when the text is no kubeconfig */
    static Optional<Kubeconfig> parse(Path file, String text) {
        try {
            Object root = new Load(LoadSettings.builder().build()).loadFromString(text);
            return root instanceof Map<?, ?> map
                    ? Optional.of(new Kubeconfig(file, new Section(map)))
                    : Optional.empty();
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    /** The server of the current context; empty if there is none. Needs no credentials. */
    Optional<String> server() {
        try {
            Section context = config.named("contexts", "context", config.text("current-context"));
            String server =
                    config.named("clusters", "cluster", context.text("cluster")).text("server");
            return Optional.of(server).filter(text -> !text.isEmpty());
        } catch (Refusal e) {
            return Optional.empty();
        }
    }

    /** Reads the files that it names, which change more often than itself. */
    Content content(Reader reader) {
        try {
            Section context = config.named("contexts", "context", config.text("current-context"));
            Section cluster = config.named("clusters", "cluster", context.text("cluster"));
            Section user = config.named("users", "user", context.text("user"));
            if (cluster.text("server").isEmpty()) {
                throw new Refusal("names no server");
            }
            if (cluster.has("proxy-url")) {
                throw new Refusal("has a proxy-url; the election talks to the API server directly, remove it");
            }
            return new Content.Usable(
                    cluster.text("server"),
                    cluster.text("tls-server-name"),
                    credentials(cluster, user, reader),
                    context.text("user"));
        } catch (Refusal e) {
            return new Content.Refused("kubeconfig " + file + " " + e.getMessage());
        }
    }

    private Access.Credentials credentials(Section cluster, Section user, Reader reader) throws Refusal {
        if (user.has("exec") || user.has("auth-provider")) {
            throw new Refusal("takes its credentials from a plugin (exec or auth-provider), which is not supported;"
                    + " give a client certificate, a token or a tokenFile");
        }
        if (user.has("as") || user.has("username")) {
            throw new Refusal("uses impersonation or a password, which is not supported;"
                    + " give a client certificate, a token or a tokenFile");
        }
        String tokenFile = user.text("tokenFile");
        String token = tokenFile.isEmpty()
                ? user.text("token")
                : read(tokenFile, reader).strip();
        if (!token.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new Refusal("has a token with characters that no token has");
        }
        return new Access.Credentials(
                cluster.text("insecure-skip-tls-verify").equals("true"),
                pem(cluster, "certificate-authority", reader),
                pem(user, "client-certificate", reader),
                pem(user, "client-key", reader),
                token.isEmpty() ? "" : "Bearer " + token);
    }

    /** The text inside ({@code NAME-data}), which kubectl prefers, or that of the file. */
    private String pem(Section section, String name, Reader reader) throws Refusal {
        String data = section.text(name + "-data");
        String path = section.text(name);
        if (data.isEmpty()) {
            return path.isEmpty() ? "" : read(path, reader);
        }
        try {
            return new String(Base64.getDecoder().decode(data.replaceAll("\\s", "")), StandardCharsets.US_ASCII);
        } catch (IllegalArgumentException e) {
            throw new Refusal("has certificate data that is not base64");
        }
    }

    private String read(String path, Reader reader) throws Refusal {
        Path named = file.toAbsolutePath().getParent().resolve(path);
        try {
            return reader.read(named);
        } catch (IOException e) {
            throw new Refusal("names " + named + ", which cannot be read");
        }
    }
}
