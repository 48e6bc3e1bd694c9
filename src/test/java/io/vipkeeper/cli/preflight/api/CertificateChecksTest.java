package io.vipkeeper.cli.preflight.api;

import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.vipkeeper.cli.preflight.finding.Finding;
import io.vipkeeper.cli.preflight.finding.Finding.Level;
import io.vipkeeper.kubernetes.TestCertificate;
import io.vipkeeper.vip.VirtualIp;

import static org.assertj.core.api.Assertions.assertThat;

class CertificateChecksTest {
    @TempDir
    private static Path folder;

    private static X509Certificate forAll;
    private static X509Certificate forKubernetes;
    private static X509Certificate forAnother;

    @BeforeAll
    static void make() throws Exception {
        forAll = certificate("dns:kubernetes,ip:192.0.2.10,ip:2001:db8::10");
        forKubernetes = certificate("dns:kubernetes,ip:192.0.2.11");
        forAnother = certificate("dns:vip.example");
    }

    @Test
    void aClientsCertificateThatLastsIsWell() {
        Instant now = end(forAll).minus(Duration.ofDays(31));

        assertThat(CertificateChecks.client(List.of(forAll), now))
                .hasValueSatisfying(found -> assertThat(found.level()).isEqualTo(Level.OK));
        assertThat(CertificateChecks.client(List.of(), now)).as("a token").isEmpty();
    }

    @Test
    void aClientsCertificateThatEndsSoonIsAWarningAndOneThatEndedAFailure() {
        // when
        Finding soon = CertificateChecks.client(List.of(forAll), end(forAll).minus(Duration.ofDays(29)))
                .orElseThrow();
        Finding late = CertificateChecks.client(List.of(forAll), end(forAll).plusSeconds(1))
                .orElseThrow();

        // then
        assertThat(soon.level()).isEqualTo(Level.WARNING);
        assertThat(soon.sentence()).contains("in 29 days", "kubeadm certs renew admin.conf");
        assertThat(late.level()).isEqualTo(Level.FAILURE);
        assertThat(late.what()).contains("ended on");
    }

    @Test
    void aServersCertificateMustBeForKubernetesAndTheVip() throws Exception {
        assertThat(server(forAll).level()).isEqualTo(Level.OK);
        assertThat(server(forKubernetes).level()).isEqualTo(Level.WARNING);
        assertThat(server(forKubernetes).remedy()).contains("--apiserver-cert-extra-sans 192.0.2.10");
        assertThat(server(forAnother).level()).isEqualTo(Level.WARNING);
        assertThat(server(forAnother).what()).contains("kubernetes", "vip.example");
    }

    @Test
    void aServersCertificateThatEndsIsToldAndNoneIsNotYet() throws Exception {
        assertThat(CertificateChecks.server(
                                Optional.of(forAll), vips(), end(forAll).minusSeconds(1))
                        .level())
                .isEqualTo(Level.WARNING);
        assertThat(CertificateChecks.server(Optional.of(forAll), vips(), end(forAll))
                        .level())
                .isEqualTo(Level.FAILURE);
        assertThat(CertificateChecks.server(Optional.empty(), vips(), end(forAll))
                        .level())
                .isEqualTo(Level.NOT_YET);
    }

    private static Finding server(X509Certificate certificate) throws Exception {
        return CertificateChecks.server(
                Optional.of(certificate), vips(), end(certificate).minus(Duration.ofDays(60)));
    }

    private static Instant end(X509Certificate certificate) {
        return certificate.getNotAfter().toInstant();
    }

    private static List<VirtualIp> vips() throws Exception {
        return List.of(
                VirtualIp.host(InetAddress.getByName("192.0.2.10")),
                VirtualIp.host(InetAddress.getByName("2001:db8::10")));
    }

    private static X509Certificate certificate(String names) throws Exception {
        byte[] pem = TestCertificate.make(folder, names).certificatePem().getBytes(StandardCharsets.US_ASCII);
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
    }
}
