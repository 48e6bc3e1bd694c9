package io.vipkeeper.service.plan;

import java.util.regex.Pattern;

/** RFC 1123 names as Kubernetes reads them: what the API server refuses as a name is made no part of a path. */
public final class DnsName {
    private static final Pattern LABEL = Pattern.compile("[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?");
    private static final Pattern SUBDOMAIN =
            Pattern.compile("[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*");
    private static final int LONGEST = 253;

    private DnsName() {}

    /** As a namespace has it, or a Service. */
    public static boolean isLabel(String text) {
        return text.length() <= LONGEST && LABEL.matcher(text).matches();
    }

    /** As a Lease has it, or a Node. */
    public static boolean isSubdomain(String text) {
        return text.length() <= LONGEST && SUBDOMAIN.matcher(text).matches();
    }
}
