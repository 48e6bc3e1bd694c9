package io.vipkeeper.config;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import io.vipkeeper.config.Option.Kind;
import io.vipkeeper.config.Option.Origin;

import static org.assertj.core.api.Assertions.assertThat;

class RefusalTest {

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "vip_arp|false|exactly one mode",
                "vip_skipdad|yes|neither true nor false",
                "vip_fast|on|neither auto nor off",
                "vip_fastgrant|10001|150 to 10000 ms",
                "vip_fastgrant|180|at least four heartbeat intervals",
                "vip_fastinterval|19|20 to 1000 ms",
                "vip_fastinterval|0|from 1 to 60000",
                "vip_peerport|65536|from 0 to 65535",
                "vip_weight|256|from 0 to 255",
                "vip_bootstrap|first|neither true nor false",
                "cp_enable|false|no features are enabled",
                "address|vip.example|does not resolve DNS names",
                "address|192.0.2.10/32|vip_subnet",
                "address|192.0.2.256|no IP address",
                "address|192.0.2|no IP address",
                "address|2001:db8::1::2|no IP address",
                "address|2001:db8::1%eth0|no IP address",
                "address|192.0.2.10,|no IP address",
                "address|192.0.2.10,192.0.2.10|names one address twice",
                "address|192.0.2.10,192.0.2.11|two addresses of one family",
                "address|224.0.0.5|multicast",
                "address|255.255.255.255|broadcast",
                "address|127.0.0.1|loopback",
                "address|::1|loopback",
                "address|0.0.0.0|unspecified",
                "address|::|unspecified",
                "address|169.254.1.1|link-local",
                "address|fe80::1|link-local",
                "address|ff02::1|multicast",
                "address|::ffff:192.0.2.10|write it as IPv4",
                "vip_subnet|33|no prefix from 1 to 32",
                "vip_subnet|0|no prefix from 1 to 32",
                "vip_subnet|auto|no prefix from 1 to 32",
                "vip_subnet|192.0.2.0/24|no prefix from 1 to 32",
                "vip_subnet|1,2,3|one prefix for each family",
                "vip_address|192.0.2.11|differ",
                "port|0|from 1 to 65535",
                "port|x|from 1 to 65535",
                "vip_interface|a b|cannot be the name",
                "vip_interface|interface-too-long|cannot be the name",
                "vip_interface|lo|no neighbour",
                "vip_arpRate|499|from 500",
                "vip_nodename|no spaces|not one that Kubernetes gives",
                "vip_leasename|a/b/c|no name for a Lease",
                "vip_leasename|/c|names no namespace",
                "vip_leasename|Upper|no name for a Lease",
                "vip_leasename|a..b|no name for a Lease",
                "vip_leasename|a.-b|no name for a Lease",
                "vip_leasename|a-.b|no name for a Lease",
                "vip_leasename|a_b|no name for a Lease",
                "vip_leasename|kube-system/|no name for a Lease",
                "vip_leasename|a.b/c|names no namespace",
                "vip_leasename|-a/c|names no namespace",
                "cp_namespace|kube.system|names no namespace",
                "cp_namespace|Kube|names no namespace",
                "vip_leaseduration|0|from 1",
                "vip_leaseduration|15s|whole number",
                "vip_leaseduration|9|must be greater than renewDeadline 10 s (vip_leaseduration=9",
                "vip_leaseduration|601|at most 600",
                "vip_retryperiod|9|1.2 times retryPeriod",
                "vip_loseleadership|30|neither true nor false",
                "vip_carrierlosstimeout|-1|from 0",
                "kubernetes_addr|192.0.2.1:6443|must be a URL",
                "kubernetes_addr|https://192.0.2.10:6443|through the virtual IP",
                "prometheus_server|2112|:port",
                "prometheus_server|:0|port from 1 to 65535",
                "prometheus_server|:65536|port from 1 to 65535",
                "prometheus_server|2001:db8::1:9|[IPv6]:port",
                "health_check_port|1023|at least 1024",
                "health_check_port|2112|port of prometheus_server",
                "vip_loglevel|debug|whole number",
                "vip_logformat|xml|neither text nor json",
                "config_file|/nowhere/c.yaml|does not exist",
                "config_file|/nowhere/c.txt|must be called .json, .yaml or .yml"
            })
    void isRefusedInOneSentenceThatNamesTheInput(String variable, String value, String reason) {
        List<String> problems = Typed.smallest().env(variable, value).refused().problems();

        assertThat(problems).singleElement().asString().contains(reason);
        assertThat(problems.getFirst())
                .containsAnyOf(variable + "=" + value, variable, "no features", value)
                .doesNotContain("\n");
    }

    @Test
    void namesOfAnyLengthThatKubernetesAllowsAreTakenAndLongerOnesRefused() {
        // given
        String namespace = "n".repeat(63);
        String lease = "l".repeat(253);

        // when, then
        assertThat(Typed.smallest()
                        .env("vip_leasename", namespace + "/" + lease)
                        .usable()
                        .election()
                        .leaseName())
                .isEqualTo(lease);
        assertThat(Typed.smallest().env("vip_leasename", lease + "l").refused().problems())
                .singleElement()
                .asString()
                .contains("no name for a Lease");
        assertThat(Typed.smallest()
                        .env("cp_namespace", namespace + "n")
                        .refused()
                        .problems())
                .singleElement()
                .asString()
                .contains("names no namespace");
    }

    @ParameterizedTest
    @MethodSource("absent")
    void whatKubeVipHasAndVipkeeperNotIsRefusedByName(Option option) {
        // given
        String on = option.kind() == Kind.BOOLEAN ? option.defaultValue().equals("true") ? "false" : "true" : "s3cret";

        // then: by its variable, and by its flag
        if (!option.env().isEmpty()) {
            assertThat(Typed.smallest().env(option.env(), on).refused().problems())
                    .singleElement()
                    .asString()
                    .contains(option.env(), "does not have", "remove it")
                    .doesNotContain("s3cret");
        }
        if (!option.flag().isEmpty()) {
            assertThat(Typed.smallest().flag(option.flag(), on).refused().problems())
                    .singleElement()
                    .asString()
                    .contains("--" + option.flag())
                    .doesNotContain("s3cret");
        }
    }

    @ParameterizedTest
    @MethodSource("absent")
    void whatIsAsKubeVipsGeneratorPrintsItIsAccepted(Option option) {
        Typed typed = Typed.smallest();
        if (!option.env().isEmpty()) {
            typed.env(option.env(), option.defaultValue());
        }

        assertThat(typed.usable()).isNotNull();
    }

    static List<Option> absent() {
        return Options.all().stream()
                .filter(option -> option.origin() == Origin.ABSENT)
                .toList();
    }

    @Test
    void servicesAloneLeaveNothingToDo() {
        assertThat(Typed.smallest()
                        .env("cp_enable", "false")
                        .env("svc_enable", "true")
                        .refused()
                        .problems())
                .singleElement()
                .asString()
                .contains("svc_enable alone");
    }

    @Test
    void theDeprecatedAddressNeedsItsPrefix() {
        assertThat(Typed.smallest()
                        .env("address", "")
                        .env("vip_address", "192.0.2.10")
                        .refused()
                        .problems())
                .singleElement()
                .asString()
                .contains("needs vip_subnet");
    }

    @Test
    void onePrefixIsTooFewForTwoFamilies() {
        assertThat(Typed.smallest()
                        .env("address", "192.0.2.10,2001:db8::10")
                        .env("vip_subnet", "32")
                        .refused()
                        .problems())
                .singleElement()
                .asString()
                .contains("vip_subnet=32", "32,128");
    }

    @Test
    void aHostWithoutANameMustBeGivenOne() {
        assertThat(Typed.smallest().host("").refused().problems())
                .singleElement()
                .asString()
                .contains("vip_nodename");
    }

    @Test
    void aPasswordInTheServersUrlIsNotRepeated() {
        assertThat(Typed.smallest()
                        .env("kubernetes_addr", "https://me:s3cret@192.0.2.1")
                        .refused()
                        .problems())
                .noneMatch(problem -> problem.contains("s3cret"));
    }

    @Test
    void theNodeThatMakesAClusterHasAnApiServerOfItsOwn() {
        assertThat(Typed.smallest()
                        .env("vip_bootstrap", "true")
                        .env("vip_leaderelection", "true")
                        .env("kubernetes_addr", "https://192.0.2.11:6443")
                        .refused()
                        .problems())
                .singleElement()
                .asString()
                .contains("vip_bootstrap=true", "remove kubernetes_addr");
    }

    @Test
    void allProblemsAreReportedAtOnce() {
        assertThat(Typed.nothing()
                        .env("bgp_enable", "true")
                        .env("port", "x")
                        .env("vip_arpRate", "1")
                        .env("prometheus_server", "?")
                        .host("")
                        .refused()
                        .problems())
                .hasSize(8);
    }

    @Test
    void whatWasTypedCannotBreakTheLine() {
        assertThat(Typed.smallest()
                        .env("port", "1\n2" + "x".repeat(500))
                        .refused()
                        .problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem).doesNotContain("\n").hasSizeLessThan(200));
    }
}
