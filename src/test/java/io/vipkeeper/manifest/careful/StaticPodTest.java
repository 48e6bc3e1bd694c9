package io.vipkeeper.manifest.careful;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;

import io.vipkeeper.config.VipkeeperConfig;
import io.vipkeeper.manifest.PodRequest;

import static org.assertj.core.api.Assertions.assertThat;

class StaticPodTest {
    @Test
    void theFileForTheClusterIsWhatTheProgramPrints() throws IOException {
        assertThat(StaticPod.yaml(Requests.of(Requests.USUAL)))
                .isEqualTo(Files.readString(Path.of("k8s/static-pod.yaml")));
    }

    @Test
    void theDaemonReadsTheSameConfigurationFromThePod() {
        // given: everything that is not as by default
        Map<String, String> typed = new HashMap<>(Requests.USUAL);
        typed.put("address", "2001:db8::10,192.0.2.10");
        typed.put("vipSubnet", "24,64");
        typed.put("port", "7443");
        typed.put("allowInterfaceNotUp", "true");
        typed.put("leaseName", "other/lock");
        typed.put("leaseDuration", "5");
        typed.put("leaseRenewDuration", "3");
        typed.put("leaseRetry", "1");
        typed.put("preserveVipOnLeadershipLoss", "true");
        typed.put("loseLeadership", "true");
        typed.put("k8sConfigPath", "/etc/kubernetes/super-admin.conf");
        typed.put("prometheusHTTPServer", "192.0.2.1:9112");
        typed.put("healthCheckPort", "9113");
        typed.put("log", "-4");
        typed.put("fast", "off");
        typed.put("weight", "7");
        typed.put("peerPort", "0");
        VipkeeperConfig config = Requests.of(typed).config();

        // when
        Pod pod = StaticPod.pod(Requests.of(typed));

        // then
        assertThat(Requests.of(Map.of(), variables(pod), false).config()).isEqualTo(config);
        assertThat(container(pod).getLivenessProbe().getHttpGet().getHost()).isEqualTo("192.0.2.1");
    }

    @Test
    void metricsThatAreSwitchedOffStayOffAndTakeTheProbesAlong() {
        Map<String, String> typed = new HashMap<>(Requests.USUAL);
        typed.put("prometheusHTTPServer", "");
        Pod pod = StaticPod.pod(Requests.of(typed));

        assertThat(container(pod).getArgs()).containsExactly("manager", "--prometheusHTTPServer=");
        assertThat(container(pod).getLivenessProbe()).isNull();
        assertThat(variables(pod)).doesNotContainKey("prometheus_server");
    }

    @Test
    void onlyTheTwoCapabilitiesAreAskedForAndTheKeysOfTheClusterAreCovered() {
        Container container = container(StaticPod.pod(Requests.of(Requests.USUAL)));

        assertThat(container.getSecurityContext().getCapabilities().getAdd()).containsExactly("NET_ADMIN", "NET_RAW");
        assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(container.getSecurityContext().getPrivileged()).isNull();
        assertThat(container.getVolumeMounts())
                .extracting(VolumeMount::getMountPath, VolumeMount::getReadOnly)
                .contains(
                        org.assertj.core.groups.Tuple.tuple("/etc/kubernetes", true),
                        org.assertj.core.groups.Tuple.tuple("/etc/kubernetes/pki", true));
    }

    @Test
    void whatIsPrintedIsReadBackAsTheSamePod() {
        PodRequest request = Requests.of(Requests.USUAL);

        assertThat(Serialization.unmarshal(StaticPod.yaml(request), Pod.class)).isEqualTo(StaticPod.pod(request));
    }

    private static Container container(Pod pod) {
        return pod.getSpec().getContainers().getFirst();
    }

    private static Map<String, String> variables(Pod pod) {
        Map<String, String> variables = new HashMap<>();
        for (EnvVar variable : container(pod).getEnv()) {
            variables.put(variable.getName(), variable.getValue() == null ? "cp-1" : variable.getValue());
        }
        assertThat(variables).hasSameSizeAs(container(pod).getEnv());
        return variables;
    }
}
