package io.vipkeeper.cli.preflight.migration;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.vipkeeper.cli.preflight.finding.Finding;
import io.vipkeeper.cli.preflight.finding.Finding.Level;
import io.vipkeeper.cli.preflight.finding.PodFile;
import io.vipkeeper.config.ConfigSources;
import io.vipkeeper.config.Configured;
import io.vipkeeper.config.VipkeeperConfig;

import static org.assertj.core.api.Assertions.assertThat;

class MigrationTest {
    private static final String IMAGE = "registry.example/vipkeeper:0.1.0";

    /** What kube-vip 1.2.3's generator prints, with what a test adds. */
    private static String pod(String more) {
        return """
                apiVersion: v1
                kind: Pod
                metadata:
                  name: kube-vip
                  namespace: kube-system
                spec:
                  containers:
                  - args:
                    - manager
                    env:
                    - name: vip_arp
                      value: "true"
                    - name: port
                      value: "6443"
                    - name: vip_nodename
                      valueFrom:
                        fieldRef:
                          fieldPath: spec.nodeName
                    - name: vip_interface
                      value: eth0
                    - name: vip_subnet
                      value: "32"
                    - name: dns_mode
                      value: first
                    - name: dhcp_mode
                      value: ipv4
                    - name: cp_enable
                      value: "true"
                    - name: cp_namespace
                      value: kube-system
                    - name: vip_leaderelection
                      value: "true"
                    - name: vip_leasename
                      value: plndr-cp-lock
                    - name: vip_leaseduration
                      value: "5"
                    - name: vip_renewdeadline
                      value: "3"
                    - name: vip_retryperiod
                      value: "1"
                    - name: address
                      value: 192.0.2.10
                    - name: prometheus_server
                      value: :2112
                %s
                    image: ghcr.io/kube-vip/kube-vip:v1.2.3
                    imagePullPolicy: IfNotPresent
                    name: kube-vip
                    resources: {}
                    securityContext:
                      capabilities:
                        add:
                        - NET_ADMIN
                        - NET_RAW
                        drop:
                        - ALL
                    volumeMounts:
                    - mountPath: /etc/kubernetes/admin.conf
                      name: kubeconfig
                  hostAliases:
                  - hostnames:
                    - kubernetes
                    ip: 127.0.0.1
                  hostNetwork: true
                  volumes:
                  - hostPath:
                      path: /etc/kubernetes/admin.conf
                    name: kubeconfig
                status: {}
                """.formatted(more.indent(4));
    }

    @Test
    void aDaemonSetStaysOneWithItsServiceAccount() {
        // given
        String from = """
                apiVersion: apps/v1
                kind: DaemonSet
                metadata:
                  name: kube-vip-ds
                  namespace: kube-system
                spec:
                  template:
                    spec:
                      containers:
                      - name: kube-vip
                        args: [manager]
                        env:
                        - {name: vip_interface, value: eth0}
                        - {name: address, value: 192.0.2.10}
                        - {name: cp_enable, value: "true"}
                        - {name: vip_arp, value: "true"}
                        - {name: vip_leaderelection, value: "true"}
                      serviceAccountName: kube-vip
                """;

        // when
        String manifest = Migration.of(from, IMAGE).manifest();

        // then
        assertThat(manifest).contains("kind: DaemonSet", "serviceAccountName:").doesNotContain("kubeconfig");
    }

    @Test
    void whatKubeVipsGeneratorPrintsCarriesOver() {
        // when
        Migration.Result result = Migration.of(pod(""), IMAGE);

        // then
        assertThat(result.findings()).extracting(Finding::level).containsOnly(Level.OK);
        assertThat(result.findings())
                .filteredOn(found -> found.check().equals("carries over"))
                .extracting(Finding::what)
                .contains("vip_interface=eth0", "vip_leaseduration=5", "address=192.0.2.10", "prometheus_server=:2112");
        assertThat(result.findings())
                .filteredOn(found -> found.check().equals("left out"))
                .extracting(Finding::what)
                .anyMatch(what -> what.startsWith("dns_mode"))
                .anyMatch(what -> what.startsWith("spec.hostAliases"));
    }

    @Test
    void thePrintedManifestHasTheSameConfiguration() {
        // given
        String from = pod("""
                - {name: vip_arpRate, value: "2000"}
                - {name: vip_preserve_on_leadership_loss, value: "true"}
                - {name: health_check_port, value: "18080"}
                - {name: vip_loglevel, value: "4"}
                """);

        // when
        String manifest = Migration.of(from, IMAGE).manifest();

        // then
        PodFile printed = PodFile.parse(manifest).orElseThrow();
        assertThat(printed.containers().getFirst().image()).isEqualTo(IMAGE);
        assertThat(config(manifest)).isEqualTo(config(from));
        assertThat(config(manifest).address().preserveOnLoss()).isTrue();
    }

    @Test
    void variablesGoBeforeFlagsAsInKubeVip() {
        // given
        String from = pod("").replace(
                        "    - manager\n",
                        "    - manager\n    - --interface=eth7\n    - --leaseDuration\n"
                                + "    - '9'\n    - --healthCheckPort=18080\n    - --arp\n");

        // when
        Migration.Result result = Migration.of(from, IMAGE);

        // then
        VipkeeperConfig config = config(result.manifest());
        assertThat(config.link().interfaceName()).contains("eth0");
        assertThat(config.election().timing().leaseDuration()).hasSeconds(5);
        assertThat(config.http().healthCheckPort()).hasValue(18080);
        assertThat(result.findings())
                .extracting(Finding::what)
                .contains("--interface=eth7: kube-vip takes the variable vip_interface", "--healthCheckPort=18080");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "- {name: bgp_enable, value: 'true'}",
                "- {name: lb_enable, value: 'true'}",
                "- {name: vip_ddns, value: 'true'}",
                "- {name: vip_leaseduration, valueFrom: {configMapKeyRef: {name: a, key: b}}}",
                "- {name: vip_arpRate, value: '1'}",
                "envFrom: [{secretRef: {name: a}}]"
            })
    void whatIsRefusedIsToldAndNothingIsPrinted(String more) {
        Migration.Result result = Migration.of(pod(more), IMAGE);

        assertThat(result.findings())
                .filteredOn(found -> found.level() == Level.FAILURE)
                .isNotEmpty()
                .allMatch(found -> found.check().equals("refused"));
        assertThat(result.manifest()).isEmpty();
    }

    @Test
    void aPasswordIsNotShown() {
        assertThat(Migration.of(pod("- {name: bgp_peerpass, value: hunter2}"), IMAGE)
                        .findings())
                .noneMatch(found -> found.sentence().contains("hunter2"));
    }

    @Test
    void servicesCarryOverAndWhatSomebodyAddedIsAWarning() {
        // given
        String from = pod("""
                - {name: svc_enable, value: "true"}
                - {name: svc_election, value: "true"}
                - {name: TZ, value: UTC}
                """).replace("  hostNetwork: true", "  hostNetwork: true\n  nodeSelector: {a: b}");

        // when
        Migration.Result result = Migration.of(from, IMAGE);

        // then
        assertThat(result.manifest()).contains("svc_enable", "svc_election").doesNotContain("TZ");
        assertThat(result.findings())
                .filteredOn(found -> found.level() == Level.WARNING)
                .extracting(Finding::what)
                .anyMatch(what -> what.contains("spec.nodeSelector"))
                .anyMatch(what -> what.contains("TZ"))
                .hasSize(2);
    }

    @Test
    void theKubeconfigIsTheOneThatIsMounted() {
        // given kube-vip's way to another file: the volume alone changes
        String from = pod("").replace("path: /etc/kubernetes/admin.conf", "path: /etc/kubernetes/super-admin.conf");

        // when
        Migration.Result result = Migration.of(from, IMAGE);

        // then
        assertThat(config(result.manifest()).api().kubeconfig()).hasToString("/etc/kubernetes/super-admin.conf");
        assertThat(result.findings())
                .filteredOn(found -> found.level() == Level.WARNING)
                .singleElement()
                .satisfies(found -> assertThat(found.remedy()).contains("admin.conf"));
    }

    @Test
    void aNodeNameOfOnesOwnIsAWarning() {
        String from = pod("- {name: vip_nodename, value: first}")
                .replaceFirst("(?s)    - name: vip_nodename\n.*?nodeName\n", "");

        assertThat(Migration.of(from, IMAGE).findings())
                .filteredOn(found -> found.level() == Level.WARNING)
                .singleElement()
                .satisfies(found -> assertThat(found.what()).contains("vip_nodename=first"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "kind: Pod", "kind: Pod\nspec: {containers: [{image: nginx, name: web}]}"})
    void whatIsNoManifestOfKubeVipIsRefusedInOneSentence(String text) {
        Migration.Result result = Migration.of(text, IMAGE);

        assertThat(result.findings()).singleElement().satisfies(found -> assertThat(found.level())
                .isEqualTo(Level.FAILURE));
        assertThat(result.manifest()).isEmpty();
    }

    @Test
    void argumentsThatAreNoKubeVipsAreRefused() {
        for (String arguments :
                List.of("[]", "[start]", "[manager, --nonsense]", "[manager, --interface]", "[manager, x]")) {
            String from = pod("").replace("args:\n    - manager", "args: " + arguments);

            assertThat(Migration.of(from, IMAGE).manifest()).as(arguments).isEmpty();
        }
    }

    private static VipkeeperConfig config(String manifest) {
        Map<String, String> variables =
                PodFile.parse(manifest).orElseThrow().containers().getFirst().env();
        return ((Configured.Usable)
                        VipkeeperConfig.read(new ConfigSources(Map.of(), variables, "node", Optional.empty())))
                .config();
    }
}
