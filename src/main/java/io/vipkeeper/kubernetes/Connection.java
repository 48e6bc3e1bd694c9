package io.vipkeeper.kubernetes;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.X509KeyManager;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.TrustOptions;

/**
 * HTTP clients for what the files said at one moment; they live until those say something else. Probes have a client of
 * their own: those of a server that hangs must not use up the connections of the election, nor wait behind it.
 */
record Connection(Access access, HttpClient http, HttpClient probes, String problem) {
    private static final int POOL = 8;

    /** One to ask with, and those that still connect to a server that hangs. */
    private static final int PROBES = 4;

    private static final int PROBE_CONNECT_MILLIS = 500;

    /** One event loop, which only the election, its watch and the list of nodes use; threads that hold up no exit. */
    static Vertx vertx() {
        return Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setUseDaemonThread(true)
                .setBlockedThreadCheckInterval(TimeUnit.HOURS.toMillis(1))
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
    }

    /**
     * @param attempt bounds the connecting and the TLS handshake, each
     * @param ends told of the certificates
     */
    static Connection open(Vertx vertx, Access access, Duration attempt, CertificateEnds ends) {
        return switch (access) {
            case Access.NotReady missing -> missing(access, missing.sentence());
            case Access.Ready ready -> {
                try {
                    HttpClientOptions options = options(vertx, ready, attempt);
                    HttpClientOptions probes = new HttpClientOptions(options)
                            .setMaxPoolSize(PROBES)
                            .setMaxWaitQueueSize(PROBES)
                            .setConnectTimeout(PROBE_CONNECT_MILLIS)
                            .setSslHandshakeTimeout(PROBE_CONNECT_MILLIS);
                    ends.own(ready.credentials().certificate());
                    yield new Connection(access, client(vertx, options, ends), client(vertx, probes, ends), "");
                } catch (Exception e) {
                    yield missing(
                            access,
                            "the certificates or the key of " + ready.origin() + " cannot be used: "
                                    + OneLine.of(e.getMessage()));
                }
            }
        };
    }

    /** @param why a sentence */
    static Connection missing(Access access, String why) {
        return new Connection(access, null, null, why);
    }

    void close() {
        http.close();
        probes.close();
    }

    /** Without a handler Vert.x logs each broken connection as an error; whoever asked is told of it anyway. */
    private static HttpClient client(Vertx vertx, HttpClientOptions options, CertificateEnds ends) {
        return vertx.httpClientBuilder()
                .with(options)
                .withConnectHandler(connection -> {
                    ends.shown(connection.sslSession());
                    connection.exceptionHandler(broken -> {});
                })
                .build();
    }

    boolean usable() {
        return http != null;
    }

    /** HTTP/1.1: an exchange that is given up takes its connection along, and no other exchange. */
    private static HttpClientOptions options(Vertx vertx, Access.Ready ready, Duration attempt) throws Exception {
        int millis = (int) Math.max(1, attempt.toMillis());
        HttpClientOptions options = new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_1_1)
                .setUseAlpn(false)
                .setKeepAlive(true)
                .setKeepAliveTimeout(30)
                .setPipelining(false)
                .setMaxPoolSize(POOL)
                .setMaxWaitQueueSize(POOL)
                .setConnectTimeout(millis)
                .setSslHandshakeTimeout(millis)
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setMaxHeaderSize(16 << 10)
                .setTcpNoDelay(true);
        return ready.server().tls() ? tls(vertx, options, ready.credentials()) : options;
    }

    /** The PEM texts become managers here, where a mistake in them can be told, and only once: it is costly. */
    private static HttpClientOptions tls(Vertx vertx, HttpClientOptions options, Access.Credentials credentials)
            throws Exception {
        if (credentials.insecure()) {
            options.setTrustAll(true).setVerifyHost(false);
        } else if (!credentials.authorities().isEmpty()) {
            var managers = new PemTrustOptions()
                    .addCertValue(Buffer.buffer(credentials.authorities()))
                    .getTrustManagerFactory(vertx)
                    .getTrustManagers();
            options.setTrustOptions(TrustOptions.wrap(managers[0]));
        }
        if (!credentials.certificate().isEmpty()) {
            var managers = new PemKeyCertOptions()
                    .addCertValue(Buffer.buffer(credentials.certificate()))
                    .addKeyValue(Buffer.buffer(credentials.key()))
                    .getKeyManagerFactory(vertx)
                    .getKeyManagers();
            options.setKeyCertOptions(KeyCertOptions.wrap((X509KeyManager) managers[0]));
        }
        return options;
    }
}
