package io.vipkeeper.kubernetes;

import java.util.regex.Pattern;

/** Which Lease; both parts are DNS names, so that neither needs escaping in a URL. */
public record LeaseName(String namespace, String name) {
    private static final Pattern LABEL = Pattern.compile("[a-z0-9](?:[-a-z0-9]*[a-z0-9])?");
    private static final Pattern SUBDOMAIN = Pattern.compile(LABEL + "(?:\\." + LABEL + ")*");

    /** @throws IllegalArgumentException if the API server would refuse a part */
    public LeaseName {
        if (namespace.length() > 63 || !LABEL.matcher(namespace).matches()) {
            throw new IllegalArgumentException("\"" + namespace + "\" is not a namespace's name");
        }
        if (name.length() > 253 || !SUBDOMAIN.matcher(name).matches()) {
            throw new IllegalArgumentException("\"" + name + "\" is not a Lease's name");
        }
    }

    /** The collection's path. */
    String collection() {
        return "/apis/coordination.k8s.io/v1/namespaces/" + namespace + "/leases";
    }

    String object() {
        return collection() + "/" + name;
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
