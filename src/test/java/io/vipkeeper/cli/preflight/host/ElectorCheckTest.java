package io.vipkeeper.cli.preflight.host;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.vipkeeper.cli.preflight.Configs;
import io.vipkeeper.cli.preflight.Laid;
import io.vipkeeper.cli.preflight.finding.Finding;
import io.vipkeeper.cli.preflight.finding.Finding.Level;

import static org.assertj.core.api.Assertions.assertThat;

class ElectorCheckTest {
    private static final String MANIFESTS = "etc/kubernetes/manifests/";
    private static final String KEEPALIVED = "etc/keepalived/keepalived.conf";

    @TempDir
    private Path root;

    private Laid laid;

    @BeforeEach
    void layOut() {
        laid = new Laid(root);
    }

    @Test
    void aNodeWithoutAnotherElectorIsWell() throws IOException {
        laid.file(MANIFESTS + "vipkeeper.yaml", pod("registry.example/vipkeeper:0.1.0", "cp_enable", "true"))
                .file(MANIFESTS + "kube-apiserver.yaml", pod("registry.k8s.io/kube-apiserver:v1", "a", "b"))
                .file(MANIFESTS + "stray.txt", "no: [yaml")
                .file("proc/17/comm", "keepalived\n")
                .file("proc/self/comm", "kube-vip\n");

        assertThat(check()).containsExactly(Finding.ok("other electors", "none on this node holds 192.0.2.10"));
    }

    @Test
    void kubeVipForTheControlPlaneIsAFailureWithTheCommandThatTakesItAway() throws IOException {
        laid.file(MANIFESTS + "kube-vip.yaml", pod("ghcr.io/kube-vip/kube-vip:v1.2.3", "cp_enable", "true"));

        assertThat(check()).singleElement().satisfies(found -> {
            assertThat(found.level()).isEqualTo(Level.FAILURE);
            assertThat(found.remedy()).contains("mv /etc/kubernetes/manifests/kube-vip.yaml", "preflight --from");
        });
    }

    @Test
    void kubeVipForServicesOnlyMayStay() throws IOException {
        laid.file(MANIFESTS + "kube-vip.yaml", pod("ghcr.io/kube-vip/kube-vip:v1.2.3", "svc_enable", "true"));

        assertThat(check()).extracting(Finding::level).containsOnly(Level.OK);

        laid.file(
                MANIFESTS + "kube-vip.yaml",
                pod("ghcr.io/kube-vip/kube-vip:v1.2.3", "svc_enable", "true")
                        .replace("[manager]", "[manager, --controlplane]"));
        assertThat(check()).extracting(Finding::level).containsOnly(Level.FAILURE);
    }

    @Test
    void twoManagersOfOneLeaseAreAFailureAndOfTwoLeasesNone() throws IOException {
        laid.file(MANIFESTS + "a.yaml", pod("vipkeeper:0.1.0", "vip_leasename", "plndr-cp-lock"))
                .file(MANIFESTS + "b.yaml", pod("vipkeeper:0.1.0", "vip_leasename", "kube-system/plndr-cp-lock"));
        assertThat(check()).singleElement().satisfies(found -> {
            assertThat(found.level()).isEqualTo(Level.FAILURE);
            assertThat(found.sentence()).contains("a.yaml and /etc/kubernetes/manifests/b.yaml", "one identity");
        });

        laid.file(MANIFESTS + "b.yaml", pod("vipkeeper:0.1.0", "vip_leasename", "another"));
        assertThat(check()).extracting(Finding::level).containsOnly(Level.OK);
    }

    @Test
    void keepalivedWithTheVipIsAFailureAndWithALongerAddressNone() throws IOException {
        laid.file(KEEPALIVED, "virtual_ipaddress {\n 192.0.2.101/24\n}\n");
        assertThat(check()).extracting(Finding::level).containsOnly(Level.OK);

        laid.file(KEEPALIVED, "virtual_ipaddress {\n 192.0.2.10/24\n}\n");
        assertThat(check()).singleElement().satisfies(found -> {
            assertThat(found.level()).isEqualTo(Level.FAILURE);
            assertThat(found.remedy()).contains("systemctl disable --now keepalived");
        });
    }

    @Test
    void aKubeVipThatRunsWithoutAManifestIsAWarning() throws IOException {
        laid.file("proc/17/comm", "kube-vip\n");

        assertThat(check()).singleElement().satisfies(found -> {
            assertThat(found.level()).isEqualTo(Level.WARNING);
            assertThat(found.remedy()).contains("get daemonset");
        });
    }

    private List<Finding> check() {
        return new ElectorCheck(laid.files(), Configs.of()).run();
    }

    private static String pod(String image, String name, String value) {
        return """
                apiVersion: v1
                kind: Pod
                spec:
                  containers:
                  - name: it
                    image: %s
                    args: [manager]
                    env:
                    - name: %s
                      value: "%s"
                """.formatted(image, name, value);
    }
}
