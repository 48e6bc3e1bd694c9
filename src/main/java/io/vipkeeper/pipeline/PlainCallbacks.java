package io.vipkeeper.pipeline;

import io.smallrye.mutiny.infrastructure.Infrastructure;

/**
 * Has Mutiny call plain functions. Quarkus wraps each one so that the contexts of a web request follow it from thread to
 * thread; there are none here, and a hundred events a second pay for it several times each.
 */
public final class PlainCallbacks {
    private PlainCallbacks() {}

    /** For every stream that is put together from now on. */
    public static void use() {
        Infrastructure.clearInterceptors();
    }
}
