package io.vipkeeper.config;

import java.util.List;
import java.util.regex.Pattern;

/** The name of the Lease. */
final class LeaseReader {
    private static final int LONGEST_LABEL = 63;
    private static final int LONGEST_SUBDOMAIN = 253;
    private static final Pattern LABEL = Pattern.compile("[a-z0-9](?:[-a-z0-9]*[a-z0-9])?");
    private static final Pattern SUBDOMAIN = Pattern.compile(LABEL + "(?:\\." + LABEL + ")*");

    private final ConfigSources sources;
    private final Settings settings;
    private final List<String> problems;

    record Name(String namespace, String name) {}

    LeaseReader(ConfigSources sources, Settings settings, List<String> problems) {
        this.sources = sources;
        this.settings = settings;
        this.problems = problems;
    }

    Name name() {
        String typed = settings.text(Options.LEASE_NAME);
        int slash = typed.indexOf('/');
        String name = typed.substring(slash + 1);
        String namespace = slash >= 0
                ? typed.substring(0, slash)
                : sources.serviceAccountNamespace().orElseGet(() -> settings.text(Options.NAMESPACE));
        if (!isSubdomain(name)) {
            problems.add(settings.shown(Options.LEASE_NAME)
                    + " is no name for a Lease: write name or namespace/name with lower-case letters, digits, dashes"
                    + " and dots, each part between dots beginning and ending with a letter or digit");
        }
        if (namespace.length() > LONGEST_LABEL || !LABEL.matcher(namespace).matches()) {
            String source = slash >= 0 ? settings.shown(Options.LEASE_NAME) : settings.shown(Options.NAMESPACE);
            problems.add(source + " names no namespace: write lower-case letters, digits and dashes, 63 at most,"
                    + " beginning and ending with a letter or digit");
        }
        return new Name(namespace, name);
    }

    /** Whether somebody said which Lease, rather than the default. */
    boolean isGiven() {
        return settings.given(Options.LEASE_NAME).isPresent()
                || settings.given(Options.NAMESPACE).isPresent();
    }

    /** RFC 1123 as Kubernetes reads it: what the API server would refuse later is refused here. */
    static boolean isSubdomain(String name) {
        return name.length() <= LONGEST_SUBDOMAIN && SUBDOMAIN.matcher(name).matches();
    }
}
