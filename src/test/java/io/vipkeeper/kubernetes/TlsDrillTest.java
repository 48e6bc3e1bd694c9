package io.vipkeeper.kubernetes;

import java.nio.file.Path;

import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class TlsDrillTest {
    private final Vertx vertx = Connection.vertx();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        vertx.close();
    }

    @Test
    void theCertificateOfAKubeconfigIsEnoughForWholeHandshakes() throws Exception {
        // given
        TestCertificate made = TestCertificate.make(folder, "dns:kubernetes");

        // then
        assertThat(new TlsDrill(vertx).play(credentials(made.certificatePem(), made.certificatePem(), made.keyPem())))
                .isTrue();
    }

    @Test
    void aCertificateOfAnotherAuthorityOrNonsenseEndsItQuietly() throws Exception {
        // given
        TestCertificate made = TestCertificate.make(folder, "dns:kubernetes");
        TestCertificate other = TestCertificate.make(folder, "dns:other");
        TlsDrill drill = new TlsDrill(vertx);

        // then
        assertThat(drill.play(credentials(other.certificatePem(), made.certificatePem(), made.keyPem())))
                .isFalse();
        assertThat(drill.play(credentials("nonsense", "nonsense", "nonsense"))).isFalse();
    }

    private static Access.Credentials credentials(String authorities, String certificate, String key) {
        return new Access.Credentials(false, authorities, certificate, key, "");
    }
}
