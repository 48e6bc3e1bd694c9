package io.vipkeeper.kubernetes;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import io.vipkeeper.kubernetes.ServerRule.Origin;

/**
 * Finds the API server and the credentials, in kube-vip 1.2.3's order: {@code k8s_config_file}, the home directory's
 * kubeconfig, the pod's service account. Everything is read anew each time, so that a file which appears, is
 * rotated or goes is noticed by the next look. Not for more than one thread.
 */
public final class ApiAccess {
    private static final int LARGEST_FILE = 1 << 20;
    private static final Path SERVICE_ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

    private final ApiSettings settings;
    private final Path home;
    private final Path serviceAccount;
    private final Map<String, String> environment;
    private final ServerRule rule;
    private final Map<Path, Parsed> parsed = new LinkedHashMap<>();
    private final Map<String, List<InetAddress>> resolved = new LinkedHashMap<>();

    private record Parsed(String text, Optional<Kubeconfig> kubeconfig) {}

    public ApiAccess(ApiSettings settings) {
        this(
                settings,
                Path.of(Objects.requireNonNullElse(System.getenv("HOME"), "/")),
                SERVICE_ACCOUNT,
                System.getenv());
    }

    ApiAccess(ApiSettings settings, Path home, Path serviceAccount, Map<String, String> environment) {
        this.settings = settings;
        this.home = home.resolve(".kube/config");
        this.serviceAccount = serviceAccount;
        this.environment = Map.copyOf(environment);
        this.rule = new ServerRule(settings, this::resolve);
    }

    /** Looks at the files; may wait for a disk or a name server, never throws. */
    Access look() {
        for (Path file : List.of(settings.kubeconfig(), home)) {
            if (Files.exists(file)) {
                return fromFile(file);
            }
        }
        Path token = serviceAccount.resolve("token");
        if (environment.containsKey("KUBERNETES_SERVICE_HOST") && Files.exists(token)) {
            return fromServiceAccount(token);
        }
        return new Access.NotReady("no kubeconfig: neither " + settings.kubeconfig() + " nor " + home
                + " exists, and there is no service account in " + serviceAccount + "; set k8s_config_file");
    }

    /** The server that the configured kubeconfig names, whatever is dialled instead. */
    Optional<String> namedServer() {
        try {
            Path file = settings.kubeconfig();
            return Kubeconfig.parse(file, read(file)).flatMap(Kubeconfig::server);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * The API servers of the other control planes, verified as every one of a kubeadm cluster can be.
     *
     * @param nodes the addresses of each; the first one counts that is not the virtual IP
     * @param configured left out if it is this node's own, under whatever address
     */
    List<ApiServer> others(List<List<InetAddress>> nodes, ApiServer configured) {
        boolean local = Addresses.isHere(configured.address());
        return nodes.stream()
                .filter(addresses -> !local || addresses.stream().noneMatch(Addresses::isHere))
                .flatMap(addresses -> addresses.stream().filter(this::mayDial).limit(1))
                .map(address -> new ApiServer(true, address, settings.port(), ServerRule.KUBERNETES, ""))
                .toList();
    }

    private boolean mayDial(InetAddress address) {
        return !settings.vips().contains(address) && Addresses.isUnicast(address);
    }

    private Access fromFile(Path file) {
        String text;
        try {
            text = read(file);
        } catch (IOException e) {
            return new Access.NotReady("kubeconfig " + file + " cannot be read: " + reason(e));
        }
        Parsed known = parsed.get(file);
        if (known == null || !known.text.equals(text)) {
            known = new Parsed(text, Kubeconfig.parse(file, text));
            parsed.put(file, known);
        }
        if (known.kubeconfig.isEmpty()) {
            return new Access.NotReady("kubeconfig " + file + " is not a kubeconfig");
        }
        Path plain = file.toAbsolutePath().normalize();
        boolean kubeadm = plain.equals(ApiSettings.ADMIN_CONF) || plain.equals(ApiSettings.SUPER_ADMIN_CONF);
        return switch (known.kubeconfig.get().content(ApiAccess::read)) {
            case Kubeconfig.Content.Refused refused -> new Access.NotReady(refused.sentence());
            case Kubeconfig.Content.Usable usable ->
                access(
                        rule.choose(
                                kubeadm ? Origin.KUBEADM : Origin.KUBECONFIG, usable.server(), usable.tlsServerName()),
                        usable.credentials(),
                        usable.user() + " of " + file);
        };
    }

    private Access fromServiceAccount(Path token) {
        String host = environment.get("KUBERNETES_SERVICE_HOST");
        String port = environment.getOrDefault("KUBERNETES_SERVICE_PORT", "443");
        String url = "https://" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
        try {
            var credentials = new Access.Credentials(
                    false,
                    read(serviceAccount.resolve("ca.crt")),
                    "",
                    "",
                    "Bearer " + read(token).strip());
            return access(rule.choose(Origin.SERVICE_ACCOUNT, url, ""), credentials, "the service account");
        } catch (IOException e) {
            return new Access.NotReady("the service account in " + serviceAccount + " cannot be read: " + reason(e));
        }
    }

    private static Access access(ServerRule.Verdict verdict, Access.Credentials credentials, String origin) {
        return switch (verdict) {
            case ServerRule.Verdict.Refused refused -> new Access.NotReady(refused.sentence());
            case ServerRule.Verdict.Use use -> new Access.Ready(use.server(), credentials, OneLine.of(origin));
        };
    }

    private static String read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LARGEST_FILE + 1);
            if (bytes.length > LARGEST_FILE) {
                throw new IOException("it is larger than 1 MiB");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    /** A name server that fails does not take away what it said before. */
    private List<InetAddress> resolve(String host) {
        try {
            resolved.put(host, List.of(InetAddress.getAllByName(host)));
        } catch (UnknownHostException e) {
            // Known from before, or not at all.
        }
        return resolved.getOrDefault(host, List.of());
    }

    private static String reason(IOException e) {
        return e instanceof java.nio.file.AccessDeniedException ? "permission denied" : OneLine.of(e.getMessage());
    }
}
