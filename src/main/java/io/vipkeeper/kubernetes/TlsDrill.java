package io.vipkeeper.kubernetes;

import java.nio.ByteBuffer;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import org.jboss.logging.Logger;

import io.vipkeeper.lease.ApiFailure;

/**
 * Handshakes that nobody sees, in memory, with the certificate of the kubeconfig on both sides. The first handshake of a
 * JVM takes half a second on a machine that is busy with starting its API server, and a node that waits for that server
 * has the time to spend it before. Played once, when a request has found no server. Any thread may call.
 */
final class TlsDrill {
    private static final Logger LOG = Logger.getLogger(TlsDrill.class);
    private static final int ROUNDS = 20;

    /** A handshake takes about a dozen; one that does not come to its end must come to one. */
    private static final int LONGEST = 100;

    private static final int BUFFER = 64 << 10;

    private final Vertx vertx;
    private final AtomicBoolean begun = new AtomicBoolean();

    TlsDrill(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Draws the consequence of a request's end; returns at once. */
    void after(ApiReply reply, Access.Ready ready) {
        boolean nobody = reply instanceof ApiReply.Failed failed
                && (failed.cause() == ApiFailure.UNREACHABLE || failed.cause() == ApiFailure.TIMEOUT);
        boolean possible =
                ready.server().tls() && !ready.credentials().certificate().isEmpty();
        if (nobody && possible && begun.compareAndSet(false, true)) {
            Thread.ofPlatform().daemon().name("tls-drill").start(() -> play(ready.credentials()));
        }
    }

    /** @return whether all handshakes came to their end; a failure costs nothing but the time that it would save */
    boolean play(Access.Credentials credentials) {
        try {
            SSLContext context = context(credentials);
            boolean done = true;
            for (int round = 0; round < ROUNDS; round++) {
                done &= shakeHands(context);
            }
            return done;
        } catch (Exception e) {
            LOG.debugf("no drill of TLS: %s", OneLine.of(e.toString()));
            return false;
        }
    }

    private SSLContext context(Access.Credentials credentials) throws Exception {
        var keys = new PemKeyCertOptions()
                .addCertValue(Buffer.buffer(credentials.certificate()))
                .addKeyValue(Buffer.buffer(credentials.key()))
                .getKeyManagerFactory(vertx)
                .getKeyManagers();
        var authorities = new PemTrustOptions()
                .addCertValue(Buffer.buffer(credentials.authorities()))
                .getTrustManagerFactory(vertx)
                .getTrustManagers();
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, new TrustManager[] {new Lenient((X509TrustManager) authorities[0])}, null);
        return context;
    }

    private static boolean shakeHands(SSLContext context) throws SSLException {
        // Without a peer's name there is no session to resume, so each handshake is a whole one.
        SSLEngine client = context.createSSLEngine();
        client.setUseClientMode(true);
        SSLEngine server = context.createSSLEngine();
        server.setUseClientMode(false);
        server.setNeedClientAuth(true);
        ByteBuffer toServer = ByteBuffer.allocate(BUFFER);
        ByteBuffer toClient = ByteBuffer.allocate(BUFFER);
        client.beginHandshake();
        server.beginHandshake();
        boolean done = false;
        for (int turn = 0; turn < LONGEST && !done; turn++) {
            step(client, toClient, toServer);
            step(server, toServer, toClient);
            done = isDone(client) && isDone(server);
        }
        return done;
    }

    private static boolean isDone(SSLEngine engine) {
        return engine.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.NOT_HANDSHAKING;
    }

    private static void step(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws SSLException {
        switch (engine.getHandshakeStatus()) {
            case NEED_TASK -> {
                for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
                    task.run();
                }
            }
            case NEED_WRAP -> engine.wrap(ByteBuffer.allocate(0), out);
            case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                in.flip();
                engine.unwrap(in, ByteBuffer.allocate(BUFFER));
                in.compact();
            }
            case FINISHED, NOT_HANDSHAKING -> {}
        }
    }

    /** Checks a chain as for a client, whichever side shows it: the kubeconfig's certificate is for nothing else. */
    private record Lenient(X509TrustManager authorities) implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            authorities.checkClientTrusted(chain, type);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            authorities.checkClientTrusted(chain, "UNKNOWN");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return authorities.getAcceptedIssuers();
        }
    }
}
