package io.vipkeeper.observe.page;

import java.util.Map;

import io.vertx.core.http.HttpServerResponse;

/** What a browser is told to refuse: everything but this page's own files, and being shown inside another page. */
final class PageHeaders {
    private static final Map<String, String> ALL = Map.of(
            "content-security-policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "x-content-type-options",
            "nosniff",
            "x-frame-options",
            "DENY",
            "referrer-policy",
            "no-referrer",
            "cross-origin-resource-policy",
            "same-origin",
            "permissions-policy",
            "camera=(), geolocation=(), microphone=()",
            "cache-control",
            "no-store");

    private PageHeaders() {}

    static void on(HttpServerResponse response) {
        ALL.forEach(response::putHeader);
    }
}
