package io.vipkeeper.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import io.vipkeeper.grant.Pace;
import io.vipkeeper.lease.Timing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class VipkeeperConfigTest {

    @Test
    void whatIsNotTypedIsAsInKubeVip() {
        // when
        VipkeeperConfig config = Typed.smallest().usable();

        // then
        assertThat(config.nodeName()).isEqualTo("node-a");
        assertThat(config.address().vips()).extracting(Object::toString).containsExactly("192.0.2.10/32");
        assertThat(config.address().announcePeriod()).isEqualTo(Duration.ofSeconds(3));
        assertThat(config.link())
                .isEqualTo(new VipkeeperConfig.Link(Optional.empty(), false, Optional.of(Duration.ofSeconds(1))));
        assertThat(config.election())
                .isEqualTo(new VipkeeperConfig.Election(false, "kube-system", "plndr-cp-lock", Timing.DEFAULT, false));
        assertThat(config.api())
                .isEqualTo(
                        new VipkeeperConfig.Api(6443, Path.of("/etc/kubernetes/admin.conf"), false, Optional.empty()));
        assertThat(config.http())
                .isEqualTo(new VipkeeperConfig.Http(
                        Optional.of(new VipkeeperConfig.Listen("", 2112)), OptionalInt.empty()));
        assertThat(config.logLevel().getName()).isEqualTo("INFO");
    }

    @Test
    void startsWithTheVariablesOfKubeVipsManifestUnchanged() {
        // given: what "manifest pod --interface --address --controlplane --services --arp --leaderElection" prints
        Typed typed = Typed.nothing()
                .env("vip_arp", "true")
                .env("port", "6443")
                .env("vip_nodename", "cp-1")
                .env("vip_interface", "eth0")
                .env("vip_subnet", "32")
                .env("dns_mode", "first")
                .env("dhcp_mode", "ipv4")
                .env("cp_enable", "true")
                .env("cp_namespace", "kube-system")
                .env("svc_enable", "true")
                .env("svc_leasename", "plndr-svcs-lock")
                .env("vip_leaderelection", "true")
                .env("vip_leasename", "plndr-cp-lock")
                .env("vip_leaseduration", "15")
                .env("vip_renewdeadline", "10")
                .env("vip_retryperiod", "2")
                .env("address", "192.0.2.10")
                .env("prometheus_server", ":2112");

        // when
        Configured configured = typed.read();

        // then
        assertThat(configured).isInstanceOfSatisfying(Configured.Usable.class, usable -> {
            assertThat(usable.warnings()).singleElement().asString().contains("svc_enable=true", "Services");
            assertThat(usable.config().election().enabled()).isTrue();
        });
    }

    @ParameterizedTest(name = "{0}={2}")
    @MethodSource("values")
    void eachOptionIsReadFromItsVariableAndItsFlag(
            String variable, String flag, String value, Function<VipkeeperConfig, Object> part, Object expected) {
        assertThat(part.apply(Typed.smallest().env(variable, value).usable())).isEqualTo(expected);
        if (!flag.isEmpty()) {
            assertThat(part.apply(Typed.smallest().flag(flag, value).usable())).isEqualTo(expected);
        }
    }

    static Stream<Arguments> values() {
        return Stream.of(
                row(
                        "address",
                        "address",
                        "2001:db8::10",
                        c -> c.address().vips().toString(),
                        "[2001:db8::10/128]"),
                row(
                        "address",
                        "address",
                        "192.0.2.7,2001:db8::7",
                        c -> c.address().vips().size(),
                        2),
                row(
                        "vip_subnet",
                        "vipSubnet",
                        "24",
                        c -> c.address().vips().getFirst().prefix(),
                        24),
                row(
                        "vip_subnet",
                        "vipSubnet",
                        "/24",
                        c -> c.address().vips().getFirst().prefix(),
                        24),
                row(
                        "vip_subnet",
                        "vipSubnet",
                        "25,64",
                        c -> c.address().vips().getFirst().prefix(),
                        25),
                row("port", "port", "8443", c -> c.api().port(), 8443),
                row("vip_interface", "interface", "eth1", c -> c.link().interfaceName(), Optional.of("eth1")),
                row(
                        "vip_allow_interface_not_up",
                        "allowInterfaceNotUp",
                        "t",
                        c -> c.link().allowNotUp(),
                        true),
                row("vip_skipdad", "", "1", c -> c.address().skipDad(), true),
                row("vip_arpRate", "", "500", c -> c.address().announcePeriod(), Duration.ofMillis(500)),
                row("vip_nodename", "nodeName", "CP-2", VipkeeperConfig::nodeName, "cp-2"),
                row(
                        "vip_leaderelection",
                        "leaderElection",
                        "TRUE",
                        c -> c.election().enabled(),
                        true),
                row("vip_leasename", "leaseName", "mine", c -> c.election().leaseName(), "mine"),
                row("vip_leasename", "leaseName", "ns-1/mine", c -> c.election().namespace(), "ns-1"),
                row("cp_namespace", "namespace", "vip", c -> c.election().namespace(), "vip"),
                row(
                        "vip_leaseduration",
                        "leaseDuration",
                        "20",
                        c -> c.election().timing(),
                        Timing.ofSeconds(20, 10, 2)),
                row(
                        "vip_renewdeadline",
                        "leaseRenewDuration",
                        "12",
                        c -> c.election().timing(),
                        Timing.ofSeconds(15, 12, 2)),
                row("vip_retryperiod", "leaseRetry", "1", c -> c.election().timing(), Timing.ofSeconds(15, 10, 1)),
                row(
                        "vip_preserve_on_leadership_loss",
                        "preserveVipOnLeadershipLoss",
                        "true",
                        c -> c.address().preserveOnLoss(),
                        true),
                row(
                        "vip_loseleadership",
                        "loseLeadership",
                        "true",
                        c -> c.link().carrierLossTimeout(),
                        Optional.of(Duration.ofSeconds(30))),
                row(
                        "vip_carrierlosstimeout",
                        "carrierLossTimeout",
                        "250",
                        c -> c.link().carrierLossTimeout(),
                        Optional.of(Duration.ofMillis(250))),
                row(
                        "vip_carrierlosstimeout",
                        "carrierLossTimeout",
                        "0",
                        c -> c.link().carrierLossTimeout(),
                        Optional.empty()),
                row("k8s_config_file", "k8sConfigPath", "/k/c", c -> c.api().kubeconfig(), Path.of("/k/c")),
                row(
                        "kubernetes_addr",
                        "",
                        "https://192.0.2.1:6443",
                        c -> c.api().server(),
                        Optional.of(URI.create("https://192.0.2.1:6443"))),
                row(
                        "prometheus_server",
                        "prometheusHTTPServer",
                        "[2001:db8::1]:9",
                        c -> c.http().metrics().orElseThrow(),
                        new VipkeeperConfig.Listen("2001:db8::1", 9)),
                row(
                        "prometheus_server",
                        "prometheusHTTPServer",
                        "localhost:9",
                        c -> c.http().metrics().orElseThrow().toString(),
                        "localhost:9"),
                row(
                        "health_check_port",
                        "healthCheckPort",
                        "1024",
                        c -> c.http().healthCheckPort(),
                        OptionalInt.of(1024)),
                row("vip_fast", "fast", "off", VipkeeperConfig::fast, Optional.empty()),
                row("vip_fast", "fast", "auto", c -> c.fast().orElseThrow().pace(), Pace.DEFAULT),
                row(
                        "vip_fastinterval",
                        "fastInterval",
                        "40",
                        c -> c.fast().orElseThrow().pace().interval(),
                        Duration.ofMillis(40)),
                row(
                        "vip_fastgrant",
                        "fastGrant",
                        "300",
                        c -> c.fast().orElseThrow().pace().grant(),
                        Duration.ofMillis(300)),
                row("vip_peerport", "peerPort", "0", c -> c.fast().orElseThrow().port(), 0),
                row("vip_bootstrap", "bootstrap", "true", c -> c.election().bootstrap(), true),
                row("vip_weight", "weight", "255", c -> c.fast().orElseThrow().weight(), 255),
                row("vip_loglevel", "log", "-4", c -> c.logLevel().getName(), "DEBUG"),
                row("vip_loglevel", "log", "5", c -> c.logLevel().getName(), "ERROR"),
                row("vip_loglevel", "log", "4", c -> c.logLevel().getName(), "WARN"),
                row("vip_loglevel", "log", "9", c -> c.logLevel().getName(), "OFF"),
                row("vip_logformat", "logFormat", "json", c -> c.logsJson(), true));
    }

    private static Arguments row(
            String variable, String flag, String value, Function<VipkeeperConfig, Object> part, Object expected) {
        return arguments(variable, flag, value, part, expected);
    }

    @Test
    void everyOptionThatIsObeyedIsInTheTable() {
        List<String> tested =
                values().map(row -> (String) row.get()[0]).distinct().toList();

        assertThat(Options.all().stream().filter(o -> o.origin().isUsed()).map(Option::env))
                .allMatch(name -> tested.contains(name)
                        || List.of(
                                        "vip_arp",
                                        "cp_enable",
                                        "vip_address",
                                        "config_file",
                                        "vip_services_preview", // ServicesReaderTest has it.
                                        "vip_loseleadership_timeout_seconds")
                                .contains(name));
    }

    @Test
    void theFlagGoesBeforeTheVariable() {
        assertThat(Typed.smallest()
                        .env("port", "1")
                        .flag("port", "2")
                        .usable()
                        .api()
                        .port())
                .isEqualTo(2);
    }

    @Test
    void anEmptyVariableCountsAsNoneAndAnEmptyFlagSwitchesTheMetricsOff() {
        assertThat(Typed.smallest().env("prometheus_server", "").usable().http().metrics())
                .isPresent();
        assertThat(Typed.smallest()
                        .flag("prometheusHTTPServer", "")
                        .usable()
                        .http()
                        .metrics())
                .isEmpty();
    }

    @Test
    void theServiceAccountsNamespaceGoesBeforeTheOptionAndTheLeasesNameBeforeBoth() {
        Typed typed = Typed.smallest().env("cp_namespace", "c").serviceAccount("b");

        assertThat(typed.usable().election().namespace()).isEqualTo("b");
        assertThat(typed.env("vip_leasename", "a/lock").usable().election().namespace())
                .isEqualTo("a");
    }

    @Test
    void losingLeadershipTakesItsOwnTimeout() {
        VipkeeperConfig config = Typed.smallest()
                .env("vip_loseleadership", "true")
                .env("vip_loseleadership_timeout_seconds", "7")
                .env("vip_carrierlosstimeout", "0")
                .usable();

        assertThat(config.link().carrierLossTimeout()).contains(Duration.ofSeconds(7));
    }

    @Test
    void prefixesAreByFamilyWhateverTheOrderOfTheAddresses() {
        VipkeeperConfig config = Typed.smallest()
                .env("address", "2001:db8::10,192.0.2.10")
                .env("vip_subnet", "32,64")
                .usable();

        assertThat(config.address().vips())
                .extracting(Object::toString)
                .containsExactly("2001:db8::10/64", "192.0.2.10/32");
    }

    @Test
    void theDeprecatedNameOfTheAddressIsTakenWithItsPrefixAndAWarning() {
        Configured configured = Typed.nothing()
                .env("vip_arp", "true")
                .env("cp_enable", "true")
                .env("vip_leaderelection", "true")
                .env("vip_address", "192.0.2.10")
                .env("vip_subnet", "32")
                .read();

        assertThat(configured).isInstanceOfSatisfying(Configured.Usable.class, usable -> {
            assertThat(usable.config().address().vips()).hasSize(1);
            assertThat(usable.warnings()).singleElement().asString().contains("vip_address", "address");
        });
    }

    @ParameterizedTest
    @CsvSource({"1", "t", "T", "TRUE", "true", "True"})
    void truthIsWrittenAsInGo(String yes) {
        assertThat(Typed.smallest().env("vip_arp", yes).usable()).isNotNull();
    }

    @Test
    void whoHoldsWithoutAnElectionIsWarnedThatEveryNodeWould() {
        assertThat(Typed.smallest().read())
                .isInstanceOfSatisfying(Configured.Usable.class, usable -> assertThat(usable.warnings())
                        .singleElement()
                        .asString()
                        .contains("vip_leaderelection=true (--leaderElection)", "more than one node"));
    }

    @Test
    void aMistypedVariableIsWarnedOf() {
        Configured configured = Typed.smallest()
                .env("vip_leaderelection", "true")
                .env("vip_leaseduratoin", "5")
                .read();

        assertThat(configured).isInstanceOfSatisfying(Configured.Usable.class, usable -> assertThat(usable.warnings())
                .singleElement()
                .asString()
                .contains("vip_leaseduratoin", "did you mean vip_leaseduration?"));
    }
}
