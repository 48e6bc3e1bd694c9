package io.vipkeeper.config;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.vipkeeper.config.VipkeeperConfig.Api;
import io.vipkeeper.config.VipkeeperConfig.Http;
import io.vipkeeper.config.VipkeeperConfig.Listen;
import io.vipkeeper.vip.VirtualIp;

/** Reads where the program listens and which API server it talks to. */
final class Listeners {
    private static final int FIRST_UNPRIVILEGED = 1024;
    private static final Pattern LISTEN =
            Pattern.compile("(?:\\[(?<six>[0-9a-fA-F:.]+)]|(?<host>[-A-Za-z0-9._]*)):(?<port>[0-9]{1,5})");

    private final Settings settings;
    private final List<String> problems;
    private final List<String> warnings;

    Listeners(Settings settings, List<String> problems, List<String> warnings) {
        this.settings = settings;
        this.problems = problems;
        this.warnings = warnings;
    }

    Http http() {
        Optional<Listen> metrics = metrics();
        int health = settings.number(Options.HEALTH_CHECK_PORT, 0, 65_535);
        if (health > 0 && health < FIRST_UNPRIVILEGED) {
            problems.add(settings.shown(Options.HEALTH_CHECK_PORT) + " must be 0 or at least 1024");
        }
        if (metrics.isPresent() && metrics.get().port() == health) {
            problems.add(settings.shown(Options.HEALTH_CHECK_PORT) + " is the port of prometheus_server already");
        }
        return new Http(metrics, health == 0 ? OptionalInt.empty() : OptionalInt.of(health));
    }

    Api api(List<VirtualIp> vips) {
        boolean given = settings.given(Options.KUBECONFIG).isPresent();
        String kubeconfig = settings.text(Options.KUBECONFIG);
        if (kubeconfig.isEmpty()) {
            problems.add("k8s_config_file (--k8sConfigPath) is empty; name a kubeconfig or leave the option out");
        }
        int port = settings.number(Options.PORT, 1, 65_535);
        return new Api(port, path(kubeconfig), given, server(vips));
    }

    private Path path(String typed) {
        try {
            return Path.of(typed);
        } catch (InvalidPathException e) {
            problems.add(settings.shown(Options.KUBECONFIG) + " cannot be the path of a file");
            return Path.of("");
        }
    }

    private Optional<Listen> metrics() {
        String typed = settings.text(Options.PROMETHEUS_SERVER);
        if (typed.isEmpty()) {
            return Optional.empty();
        }
        Matcher matcher = LISTEN.matcher(typed);
        if (matcher.matches()) {
            int port = Integer.parseInt(matcher.group("port"));
            if (port >= 1 && port <= 65_535) {
                String six = matcher.group("six");
                return Optional.of(new Listen(six == null ? matcher.group("host") : six, port));
            }
        }
        problems.add(settings.shown(Options.PROMETHEUS_SERVER)
                + " must be :port, host:port or [IPv6]:port with a port from 1 to 65535");
        return Optional.empty();
    }

    private Optional<URI> server(List<VirtualIp> vips) {
        String typed = settings.text(Options.KUBERNETES_ADDRESS);
        if (typed.isEmpty()) {
            return Optional.empty();
        }
        try {
            URI server = new URI(typed);
            if (server.getUserInfo() != null) {
                problems.add("kubernetes_addr must not hold a user or password; credentials are in the kubeconfig");
                return Optional.empty();
            }
            if (server.getHost() != null && List.of("http", "https").contains(server.getScheme())) {
                checkHost(server, vips);
                return Optional.of(server);
            }
        } catch (URISyntaxException e) {
            // Said below, in the words for every other address that is none.
        }
        problems.add(settings.shown(Options.KUBERNETES_ADDRESS) + " must be a URL such as https://192.0.2.1:6443");
        return Optional.empty();
    }

    private void checkHost(URI server, List<VirtualIp> vips) {
        String host = server.getHost().replaceAll("[\\[\\]]", "");
        if (vips.stream().anyMatch(vip -> isSame(vip, host))) {
            problems.add(settings.shown(Options.KUBERNETES_ADDRESS)
                    + " leads through the virtual IP that depends on it; name an API server by its own address");
        }
        if (server.getScheme().equals("http")) {
            warnings.add("kubernetes_addr is not https: credentials and Leases are sent in clear text");
        }
    }

    private static boolean isSame(VirtualIp vip, String host) {
        try {
            boolean literal = host.contains(":") || host.matches("[0-9.]+");
            return literal && InetAddress.getByName(host).equals(vip.address());
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
