package io.vipkeeper.cli.manifest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class StaticPodReferencesTest {
    private static final String FLAGS = "--address 192.0.2.10 --controlplane --arp --leaderElection";

    /** A reference to another object of the API: kubelet runs no static pod that has one. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "manifest pod FLAGS",
                "manifest pod FLAGS --style compatible",
                "kubeadm init --interface eth0 --address 192.0.2.10",
                "kubeadm join --interface eth0 --address 192.0.2.10",
            })
    void aStaticPodRefersToNothingThatAKubeletRefuses(String line) throws IOException {
        JsonNode pod = Typed.line(line.replace("FLAGS", FLAGS)).objects().getFirst();

        assertThat(pod.findValues("serviceAccountName")).isEmpty();
        assertThat(pod.findValues("serviceAccount")).isEmpty();
        assertThat(pod.findValues("imagePullSecrets")).isEmpty();
        assertThat(pod.findValues("resourceClaims")).isEmpty();
        assertThat(pod.findValues("envFrom")).isEmpty();
        assertThat(pod.findValues("valueFrom"))
                .allSatisfy(source -> assertThat(fields(source)).containsExactly("fieldRef"));
        assertThat(pod.at("/spec/volumes")).isNotEmpty().allSatisfy(volume -> assertThat(fields(volume))
                .containsAnyOf("hostPath", "emptyDir")
                .hasSize(2));
    }

    private static List<String> fields(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
