package io.vipkeeper.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.vipkeeper.lease.Timing;

import static org.assertj.core.api.Assertions.assertThat;

class ConfigFileTest {

    @TempDir
    private Path directory;

    @Test
    void yamlWithKubeVipsKeysIsRead() throws IOException {
        VipkeeperConfig config = withFile("c.yaml", """
                enableARP: true
                enableControlPlane: true
                enableServices: false
                address: "192.0.2.100"
                port: 7443
                interface: eth1
                leaseName: file-lease
                leaseDuration: 20
                leaseNodeName: cp-7
                """).usable();

        assertThat(config.address().vips()).hasToString("[192.0.2.100/32]");
        assertThat(config.api().port()).isEqualTo(7443);
        assertThat(config.election().leaseName()).isEqualTo("file-lease");
        assertThat(config.election().timing()).isEqualTo(Timing.ofSeconds(20, 10, 2));
        assertThat(config.nodeName()).isEqualTo("cp-7");
    }

    @Test
    void jsonWithTheNamesOfVariablesIsRead() throws IOException {
        VipkeeperConfig config = withFile("c.json", """
                {"vip_arp": true, "cp_enable": "true", "address": "2001:db8::1",
                \t"vip_retryperiod": 1, "vip_carrierlosstimeout": 0}
                """).usable();

        assertThat(config.election().timing()).isEqualTo(Timing.ofSeconds(15, 10, 1));
        assertThat(config.link().carrierLossTimeout()).isEmpty();
    }

    @Test
    void flagAndVariableGoBeforeTheFileAndTheFileBeforeTheDefault() throws IOException {
        Typed typed = withFile(
                "c.yaml", "{enableARP: true, enableControlPlane: true, address: 192.0.2.1, port: 1, namespace: f}");

        assertThat(typed.usable().api().port()).isEqualTo(1);
        assertThat(typed.env("port", "2").usable().api().port()).isEqualTo(2);
        assertThat(typed.flag("port", "3").usable().api().port()).isEqualTo(3);
        assertThat(typed.usable().election().namespace()).isEqualTo("f");
    }

    @Test
    void theFileMayBeNamedByItsVariable() throws IOException {
        Path file = Files.writeString(directory.resolve("c.yml"), "address: 192.0.2.77");

        assertThat(Typed.smallest()
                        .env("address", "")
                        .env("config_file", file.toString())
                        .usable()
                        .address()
                        .vips())
                .hasToString("[192.0.2.77/32]");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "c.yaml|addres: 192.0.2.1|did you mean address?",
                "c.yaml|a: [|not well formed",
                "c.json|{\"port\": }|not well formed",
                "c.json|{\"port\": 1, \"port\": 2}|not well formed",
                "c.json|{\"port\": 1, \"PORT\": 2}|twice",
                "c.json|{} x|not well formed",
                "c.yaml|- 1|one object of options",
                "c.yaml|port: x|port: x in the configuration file",
                "c.yaml|enableBGP: true|bgp_enable",
                "c.yaml|bgpConfig: {as: 1}|bgpConfig",
                "c.yaml|loadBalancers: [{name: a}]|loadBalancers",
                "c.yaml|leaderElectionType: etcd|--leaderElectionType"
            })
    void aBadFileIsRefused(String name, String text, String reason) throws IOException {
        Path file = Files.writeString(directory.resolve(name), text);

        assertThat(Typed.smallest()
                        .flag("config-file", file.toString())
                        .refused()
                        .problems())
                .singleElement()
                .asString()
                .contains(reason);
    }

    @Test
    void bytesThatAreNoTextAreRefused() throws IOException {
        Path file = Files.write(directory.resolve("c.yaml"), new byte[] {0, 1, 2, (byte) 0xff});

        assertThat(Typed.smallest()
                        .flag("config-file", file.toString())
                        .refused()
                        .problems())
                .singleElement()
                .asString()
                .contains("not well formed");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"c.yaml|port: [", "c.yaml|- 1", "c.txt|port: 1"})
    void nothingIsSaidToBeMissingThatMayBeInAFileThatCannotBeRead(String name, String text) throws IOException {
        assertThat(withFile(name, text).refused().problems())
                .singleElement()
                .asString()
                .contains(name);
    }

    @Test
    void whatIsWrongTwiceIsSaidOnce() throws IOException {
        assertThat(Typed.smallest()
                        .env("address", "")
                        .flag(
                                "config-file",
                                Files.writeString(directory.resolve("c.yaml"), "address: [1,2]")
                                        .toString())
                        .refused()
                        .problems())
                .singleElement()
                .asString()
                .contains("address: [1,2] in the configuration file is no IP address");
    }

    private Typed withFile(String name, String text) throws IOException {
        Path file = Files.writeString(directory.resolve(name), text);
        return Typed.nothing().flag("config-file", file.toString());
    }
}
