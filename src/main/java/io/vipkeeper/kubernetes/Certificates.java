package io.vipkeeper.kubernetes;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Certificates to look at; nothing here decides whom to trust. */
public final class Certificates {
    private static final Pattern HOST_NAME = Pattern.compile("[A-Za-z][-A-Za-z0-9.]{0,252}");

    private Certificates() {}

    /** Those of a PEM text, in their order; none for a text that is no such. */
    static List<X509Certificate> parse(String pem) {
        try {
            byte[] bytes = pem.getBytes(StandardCharsets.US_ASCII);
            return CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(bytes))
                    .stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (GeneralSecurityException e) {
            return List.of();
        }
    }

    /**
     * The certificate that a TLS server shows; nothing is sent to it after the handshake, and the handshake's failure
     * because it wants one of ours does not matter.
     *
     * @param name asked for, where it is a host name
     * @param bound of the dialling and of the handshake, each
     * @return empty if nobody shows one
     */
    public static Optional<X509Certificate> shownBy(InetAddress address, int port, String name, Duration bound) {
        Onlooker onlooker = new Onlooker();
        int millis = (int) Math.max(1, bound.toMillis());
        try (Socket plain = new Socket()) {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {onlooker}, null);
            plain.connect(new InetSocketAddress(address, port), millis);
            plain.setSoTimeout(millis);
            SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, name, port, true);
            if (HOST_NAME.matcher(name).matches()) {
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setServerNames(List.of(new SNIHostName(name)));
                socket.setSSLParameters(parameters);
            }
            socket.startHandshake();
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            return onlooker.seen;
        }
        return onlooker.seen;
    }

    /** Notes what is shown and refuses nothing: it is looked at, and nothing is entrusted to the connection. */
    private static final class Onlooker extends X509ExtendedTrustManager {
        private Optional<X509Certificate> seen = Optional.empty();

        private void look(Certificate... chain) {
            seen = Optional.of((X509Certificate) chain[0]);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            look(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
            look(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {
            look(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
