package io.vipkeeper.kubernetes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.Cluster;
import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.client.utils.Serialization;

/** A kubeconfig's current context, read so far that a change of the files that it names is seen by reading again. */
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

    private final Path file;
    private final Config config;

    private Kubeconfig(Path file, Config config) {
        this.file = file;
        this.config = config;
    }

    /** @return empty when the text is no kubeconfig */
    static Optional<Kubeconfig> parse(Path file, String text) {
        try {
            Config config = Serialization.unmarshal(text, Config.class);
            return config == null ? Optional.empty() : Optional.of(new Kubeconfig(file, config));
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    /** Reads the files that it names, which change more often than itself. */
    Content content(Reader reader) {
        try {
            var context = named(config.getContexts(), c -> c.getName(), config.getCurrentContext(), "context")
                    .getContext();
            Cluster cluster = named(config.getClusters(), c -> c.getName(), context.getCluster(), "cluster")
                    .getCluster();
            AuthInfo user = named(config.getUsers(), u -> u.getName(), context.getUser(), "user")
                    .getUser();
            if (cluster == null || text(cluster.getServer()).isEmpty()) {
                throw new Refusal("names no server");
            }
            if (!text(cluster.getProxyUrl()).isEmpty()) {
                throw new Refusal("has a proxy-url; the election talks to the API server directly, remove it");
            }
            var credentials = credentials(cluster, user == null ? new AuthInfo() : user, reader);
            return new Content.Usable(
                    cluster.getServer(), text(cluster.getTlsServerName()), credentials, text(context.getUser()));
        } catch (Refusal e) {
            return new Content.Refused("kubeconfig " + file + " " + e.getMessage());
        } catch (RuntimeException e) {
            return new Content.Refused("kubeconfig " + file + " is incomplete");
        }
    }

    private Access.Credentials credentials(Cluster cluster, AuthInfo user, Reader reader) throws Refusal {
        if (user.getExec() != null || user.getAuthProvider() != null) {
            throw new Refusal("takes its credentials from a plugin (exec or auth-provider), which is not supported;"
                    + " give a client certificate, a token or a tokenFile");
        }
        if (!text(user.getAs()).isEmpty() || !text(user.getUsername()).isEmpty()) {
            throw new Refusal("uses impersonation or a password, which is not supported;"
                    + " give a client certificate, a token or a tokenFile");
        }
        String token = text(user.getTokenFile()).isEmpty()
                ? text(user.getToken())
                : read(user.getTokenFile(), reader).strip();
        if (!token.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new Refusal("has a token with characters that no token has");
        }
        return new Access.Credentials(
                Boolean.TRUE.equals(cluster.getInsecureSkipTlsVerify()),
                pem(cluster.getCertificateAuthorityData(), cluster.getCertificateAuthority(), reader),
                pem(user.getClientCertificateData(), user.getClientCertificate(), reader),
                pem(user.getClientKeyData(), user.getClientKey(), reader),
                token.isEmpty() ? "" : "Bearer " + token);
    }

    private String pem(String data, String path, Reader reader) throws Refusal {
        if (text(data).isEmpty()) {
            return text(path).isEmpty() ? "" : read(path, reader);
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

    private static <T> T named(List<T> all, Function<T, String> name, String wanted, String what) throws Refusal {
        for (T one : all == null ? List.<T>of() : all) {
            if (name.apply(one).equals(wanted)) {
                return one;
            }
        }
        throw new Refusal("has no " + what + " named \"" + OneLine.of(text(wanted)) + "\"");
    }

    private static String text(String text) {
        return text == null ? "" : text;
    }
}
