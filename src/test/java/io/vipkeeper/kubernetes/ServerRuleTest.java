package io.vipkeeper.kubernetes;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.vipkeeper.kubernetes.ServerRule.Origin;

import static org.assertj.core.api.Assertions.assertThat;

final class ServerRuleTest {

    private static List<InetAddress> resolve(String name) {
        return switch (name) {
            case "cp.example" -> List.of(address("192.0.2.100"));
            case "both.example" -> List.of(address("192.0.2.11"), address("2001:db8::100"));
            case "node.example" -> List.of(address("192.0.2.11"));
            default -> List.of();
        };
    }

    private static InetAddress address(String text) {
        return Addresses.literal(text).orElseThrow();
    }

    private static String chosen(Origin origin, String url, String tlsName, String addr) throws IOException {
        ServerRule rule = new ServerRule(
                Kubeconfigs.settings(Path.of("/x"), addr == null ? "" : addr, 7443), ServerRuleTest::resolve);
        return switch (rule.choose(origin, url, tlsName == null ? "" : tlsName)) {
            case ServerRule.Verdict.Use use -> use.server() + " " + use.server().name();
            case ServerRule.Verdict.Refused refused -> refused.sentence();
        };
    }

    @ParameterizedTest(name = "{0} {1} tls-server-name {2} kubernetes_addr {3}")
    @CsvSource(textBlock = """
            # origin, server in the file, tls-server-name, kubernetes_addr, dialled, name of the certificate
            KUBEADM,    https://192.0.2.100:6443,, ,                          https://127.0.0.1:7443 kubernetes
            KUBEADM,    https://elsewhere.example:6443,, ,                    https://127.0.0.1:7443 kubernetes
            KUBEADM,    https://192.0.2.100:6443,, https://192.0.2.12:6443,   https://192.0.2.12:6443 192.0.2.12
            KUBEADM,    https://192.0.2.100:6443,, 192.0.2.12:6443,           https://192.0.2.12:6443 192.0.2.12
            KUBEADM,    https://192.0.2.100:6443,, https://kubernetes:6443,   https://127.0.0.1:6443 kubernetes
            KUBECONFIG, https://192.0.2.11:6443,, ,                           https://192.0.2.11:6443 192.0.2.11
            KUBECONFIG, https://127.0.0.1:6444,, ,                            https://127.0.0.1:6444 127.0.0.1
            KUBECONFIG, https://127.0.0.1:6444, kubernetes, ,                 https://127.0.0.1:6444 kubernetes
            KUBECONFIG, http://127.0.0.1:8001,, ,                             http://127.0.0.1:8001 127.0.0.1
            KUBECONFIG, https://192.0.2.100:6443,, ,                          https://127.0.0.1:7443 kubernetes
            KUBECONFIG, https://192.0.2.100:6443, some.example, ,             https://127.0.0.1:7443 kubernetes
            KUBECONFIG, https://[2001:db8::100]:6443,, ,                      https://127.0.0.1:7443 kubernetes
            KUBECONFIG, https://[2001:db8:0:0:0:0:0:100]:6443,, ,             https://127.0.0.1:7443 kubernetes
            KUBECONFIG, https://[2001:db8::11]:6443,, ,                       https://[2001:db8:0:0:0:0:0:11]:6443 2001:db8::11
            KUBECONFIG, https://VIP.example:6443,, ,                          https://127.0.0.1:7443 kubernetes
            KUBECONFIG, https://cp.example:6443,, ,                           https://127.0.0.1:7443 kubernetes
            KUBECONFIG, https://both.example:6443,, ,                         https://127.0.0.1:7443 kubernetes
            KUBECONFIG, https://node.example/k8s/c1/,, ,                      https://192.0.2.11:443/k8s/c1 node.example
            SERVICE_ACCOUNT, https://198.51.100.1:443,, ,                     https://198.51.100.1:443 198.51.100.1
            SERVICE_ACCOUNT, https://192.0.2.100:6443,, ,                     https://127.0.0.1:7443 kubernetes
            """)
    void aServerIsChosenAndNeverTheVirtualIp(Origin origin, String url, String tlsName, String addr, String expected)
            throws IOException {
        assertThat(chosen(origin, url, tlsName, addr)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            https://192.0.2.11:6443,     https://192.0.2.100:6443, the virtual IP itself
            https://192.0.2.11:6443,     https://cp.example:6443,  the virtual IP itself
            https://nowhere.example,     ,                         does not resolve
            ftp://192.0.2.11,            ,                         is not a URL
            https://,                    ,                         is not a URL
            https://a b,                 ,                         is not a URL
            """)
    void whatCannotBeDialledIsRefusedInASentence(String url, String addr, String why) throws IOException {
        assertThat(chosen(Origin.KUBECONFIG, url, "", addr)).contains(why).doesNotContain("\n");
    }

    @Test
    void textThatIsNoAddressAsksNoResolver() {
        assertThat(Addresses.literal("192.0.2.1")).isPresent();
        assertThat(Addresses.literal("2001:db8::1")).isPresent();
        for (String text :
                new String[] {"", "1", "192.0.2", "192.0.2.256", "dead.beef", "abc", "1:2", "::%eth0", ":"}) {
            assertThat(Addresses.literal(text)).as(text).isEmpty();
        }
    }
}
