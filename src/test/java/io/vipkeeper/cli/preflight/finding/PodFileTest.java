package io.vipkeeper.cli.preflight.finding;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.vipkeeper.cli.preflight.finding.PodFile.Container;

import static org.assertj.core.api.Assertions.assertThat;

class PodFileTest {
    private static final String DAEMON_SET = """
            kind: ServiceAccount
            ---
            kind: DaemonSet
            spec:
              template:
                spec:
                  containers:
                  - name: one
                    args: [manager, 5]
                    env:
                    - {name: a, value: "1"}
                    - {name: b, valueFrom: {secretKeyRef: {name: s, key: k}}}
                    volumeMounts:
                    - {name: conf, mountPath: /etc/kubernetes}
                  volumes:
                  - {name: conf, hostPath: {path: /srv/conf}}
            """;

    @Test
    void theFirstDaemonSetOfSeveralDocumentsIsRead() {
        PodFile file = PodFile.parse(DAEMON_SET).orElseThrow();
        Container container = file.containers().getFirst();

        assertThat(file.kind()).isEqualTo("DaemonSet");
        assertThat(container.args()).containsExactly("manager", "5");
        assertThat(container.env()).containsOnlyKeys("a");
        assertThat(container.envFrom()).containsEntry("b", "secretKeyRef");
        assertThat(file.onHost(container, Path.of("/etc/kubernetes/admin.conf")))
                .contains(Path.of("/srv/conf/admin.conf"));
        assertThat(file.onHost(container, Path.of("/etc/other"))).isEmpty();
    }

    @ParameterizedTest(name = "{0} runs {1}: {2}")
    @CsvSource({
        "ghcr.io/kube-vip/kube-vip:v1.2.3,kube-vip,true",
        "registry.example:5000/a/kube-vip@sha256:00,kube-vip,true",
        "kube-vip-iptables:v1,kube-vip,true",
        "kube-vip/other:v1,kube-vip,false",
        "'',kube-vip,false"
    })
    void theProgramIsKnownByTheImagesName(String image, String program, boolean runs) {
        PodFile file = PodFile.parse("{kind: Pod, spec: {containers: [{image: '" + image + "'}]}}")
                .orElseThrow();

        assertThat(file.containers().getFirst().runs(program)).isEqualTo(runs);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "no: [yaml", "kind: Deployment", "- a", "\u0000", "a: &a [*a, *a]", "kind: Pod\nkind: Pod"})
    void whatHoldsNeitherIsNothing(String text) {
        assertThat(PodFile.parse(text)).isEmpty();
    }

    @Test
    void membersOfWrongTypesAndDeepNestingDoNoHarm() {
        String wrong = "{kind: Pod, spec: {containers: [{args: 5, env: {a: 1}}, 7], volumes: x}}";
        assertThat(PodFile.parse(wrong).orElseThrow().containers())
                .extracting(Container::args)
                .containsExactly(List.of(), List.of());
        assertThat(PodFile.parse("kind: Pod\nspec: " + "[".repeat(100_000))).isEmpty();
    }
}
