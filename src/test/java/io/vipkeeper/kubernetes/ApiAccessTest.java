package io.vipkeeper.kubernetes;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

final class ApiAccessTest {
    @TempDir
    private Path folder;

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private ApiAccess access() throws IOException {
        return new ApiAccess(
                Kubeconfigs.settings(folder.resolve("explicit"), "", 6443),
                folder.resolve("home"),
                folder.resolve("sa"),
                Map.of("KUBERNETES_SERVICE_HOST", "198.51.100.1", "KUBERNETES_SERVICE_PORT", "443"));
    }

    private static String server(Access access) {
        return switch (access) {
            case Access.Ready ready -> ready.server().toString();
            case Access.NotReady missing -> missing.sentence();
        };
    }

    @Test
    void theFirstPlaceThatExistsIsUsedAndABetterOneIsNoticed() throws IOException {
        // given nothing
        ApiAccess access = access();
        assertThat(server(access.look())).contains("no kubeconfig", "explicit", ".kube/config", "k8s_config_file");
        // when the places come into being, the last first
        write("sa/token", "aaa\n");
        write("sa/ca.crt", "pem");
        assertThat(server(access.look())).isEqualTo("https://198.51.100.1:443");
        write("home/.kube/config", Kubeconfigs.text("server: 'https://192.0.2.12:6443'", "token: bbb"));
        assertThat(server(access.look())).isEqualTo("https://192.0.2.12:6443");
        write("explicit", Kubeconfigs.text("server: 'https://192.0.2.13:6443'", "token: ccc"));
        // then the explicit file wins, and its going is noticed too
        assertThat(server(access.look())).isEqualTo("https://192.0.2.13:6443");
        Files.delete(folder.resolve("explicit"));
        assertThat(server(access.look())).isEqualTo("https://192.0.2.12:6443");
    }

    @Test
    void aChangeOfAFileOrOfAFileThatItNamesIsAnotherAccess() throws IOException {
        // given a kubeconfig with a token in a file beside it
        write("explicit", Kubeconfigs.text("server: 'https://192.0.2.13:6443'", "tokenFile: tok"));
        write("tok", "one\n");
        ApiAccess access = access();
        Access first = access.look();
        assertThat(access.look()).isEqualTo(first);
        // when the token becomes another of the same length
        write("tok", "two\n");
        Access second = access.look();
        // then
        assertThat(second).isNotEqualTo(first);
        assertThat(((Access.Ready) second).credentials().authorization()).isEqualTo("Bearer two");
        write("explicit", Kubeconfigs.text("server: 'https://192.0.2.14:6443'", "tokenFile: tok"));
        assertThat(server(access.look())).isEqualTo("https://192.0.2.14:6443");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
            server: 'https://192.0.2.1' | exec: {command: aws, apiVersion: v1}       | plugin
            server: 'https://192.0.2.1' | auth-provider: {name: gcp}                 | plugin
            server: 'https://192.0.2.1' | username: a, password: b                   | password
            server: 'https://192.0.2.1' | as: root                                   | impersonation
            server: 'https://192.0.2.1' | tokenFile: missing                         | missing, which cannot be read
            server: 'https://192.0.2.1' | client-certificate: gone.crt               | gone.crt, which cannot be read
            server: 'https://192.0.2.1' | client-certificate-data: '***'             | not base64
            server: 'https://192.0.2.1' | token: 'a b'                               | characters
            server: 'https://192.0.2.1', proxy-url: 'http://192.0.2.2' | token: t    | proxy-url
            insecure-skip-tls-verify: true | token: t                                | no server
            """)
    void whatIsNotSupportedIsRefusedInASentenceThatNamesTheFile(String cluster, String user, String why)
            throws IOException {
        write("explicit", Kubeconfigs.text(cluster, user));
        assertThat(server(access().look())).contains(why, "explicit").doesNotContain("\n");
    }

    @ParameterizedTest
    @CsvSource({"'', is", "hello, is not a kubeconfig", "[1], is not a kubeconfig", "'a: [', is not a kubeconfig"})
    void whatIsNoKubeconfigIsRefused(String text, String why) throws IOException {
        write("explicit", text);
        assertThat(access().look()).isInstanceOf(Access.NotReady.class);
        assertThat(server(access().look())).contains(why, "explicit");
    }

    @Test
    void aContextThatIsMissingIsNamed() throws IOException {
        write(
                "explicit",
                Kubeconfigs.text("server: 'https://192.0.2.1'", "token: t").replace("user: someone", "user: no"));
        assertThat(server(access().look())).contains("no user named \"no\"");
    }

    @Test
    void credentialsAreNotPrinted() throws IOException {
        write("explicit", Kubeconfigs.text("server: 'https://192.0.2.13:6443'", "token: s3cret"));
        assertThat(access().look().toString()).contains("192.0.2.13").doesNotContain("s3cret");
    }

    @Test
    void theOtherControlPlanesAreDialledAtTheirOwnAddressesAndNeverAtTheVirtualIp() throws IOException {
        // given a node whose first address is the virtual IP, one that has nothing else, this one, and nonsense
        List<List<InetAddress>> nodes = List.of(
                addresses("192.0.2.100", "192.0.2.12", "2001:db8::12"),
                addresses("192.0.2.100", "2001:db8::100"),
                addresses("192.0.2.11", "127.0.0.1"),
                addresses("0.0.0.0", "224.0.0.1", "fe80::1"),
                addresses("2001:db8::13"),
                List.of());
        ApiServer local = new ApiServer(true, addresses("127.0.0.1").getFirst(), 6443, "kubernetes", "");

        // when
        List<ApiServer> others = access().others(nodes, local);

        // then
        assertThat(others).extracting(ApiServer::name).containsOnly("kubernetes");
        assertThat(others)
                .extracting(ApiServer::toString)
                .containsExactly("https://192.0.2.12:6443", "https://[2001:db8:0:0:0:0:0:13]:6443");
    }

    private static List<InetAddress> addresses(String... texts) {
        return Stream.of(texts)
                .map(text -> Addresses.literal(text).orElseThrow())
                .toList();
    }
}
