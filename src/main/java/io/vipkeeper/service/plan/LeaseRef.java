package io.vipkeeper.service.plan;

/** Which Lease. */
public record LeaseRef(String namespace, String name) {

    /** @param text a name, or a namespace and a name with a slash in between */
    public static LeaseRef of(String text, String otherwise) {
        int slash = text.indexOf('/');
        return new LeaseRef(slash < 0 ? otherwise : text.substring(0, slash), text.substring(slash + 1));
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
