package io.vipkeeper.kubernetes;

import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** When the certificates of the connections to the API server end. Filled by event loops, read by any thread. */
public final class CertificateEnds {
    private volatile Optional<Instant> client = Optional.empty();
    private volatile Optional<Instant> server = Optional.empty();

    /** The end of this node's own; empty when it shows none. */
    public Optional<Instant> client() {
        return client;
    }

    /** The end of that which the server showed last; empty before that, and without TLS. */
    public Optional<Instant> server() {
        return server;
    }

    /** @param pem this node's own chain; empty when it shows none */
    void own(String pem) {
        client = Certificates.parse(pem).stream()
                .findFirst()
                .map(X509Certificate::getNotAfter)
                .map(date -> date.toInstant());
    }

    /** @param session null without TLS */
    void shown(SSLSession session) {
        if (session == null) {
            return;
        }
        try {
            server = List.<Certificate>of(session.getPeerCertificates()).stream()
                    .findFirst()
                    .filter(X509Certificate.class::isInstance)
                    .map(certificate ->
                            ((X509Certificate) certificate).getNotAfter().toInstant());
        } catch (SSLPeerUnverifiedException e) {
            server = Optional.empty();
        }
    }
}
