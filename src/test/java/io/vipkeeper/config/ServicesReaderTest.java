package io.vipkeeper.config;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.vipkeeper.config.VipkeeperConfig.Classes;
import io.vipkeeper.config.VipkeeperConfig.Services;

import static org.assertj.core.api.Assertions.assertThat;

class ServicesReaderTest {
    private static final Classes USUAL = new Classes(false, "kube-vip.io/kube-vip-class", true);

    @Test
    void withoutTheSwitchNothingIsLookedAfter() {
        assertThat(read(Typed.smallest().env("svc_election", "true").env("svc_leasename", "x")))
                .isEmpty();
    }

    @Test
    void withoutThePreviewTheSwitchHasNoEffectAndSaysSo() {
        Typed typed = elected().env("vip_services_preview", "false");

        assertThat(read(typed)).isEmpty();
        assertThat(warnings(typed))
                .singleElement()
                .asString()
                .contains("svc_enable=true has no effect", "vip_services_preview=true");
    }

    @Test
    void theSwitchAloneMeansGroupsInAllNamespaces() {
        assertThat(read(elected()))
                .contains(
                        new Services(Optional.empty(), false, false, Optional.empty(), USUAL, Optional.empty(), true));
    }

    @Test
    void everyOptionIsRead() {
        assertThat(read(elected()
                        .env("svc_namespace", "web")
                        .env("svc_election", "true")
                        .env("per_service_election_on_demand", "true")
                        .env("svc_leasename", "kube-system/plndr-svcs-lock")
                        .env("lb_class_only", "true")
                        .env("lb_class_name", "x.example/y")
                        .env("lb_class_legacy_handling", "false")
                        .env("vip_servicesinterface", "eth1")
                        .env("disable_service_updates", "true")))
                .contains(new Services(
                        Optional.of("web"),
                        true,
                        true,
                        Optional.of("kube-system/plndr-svcs-lock"),
                        new Classes(true, "x.example/y", false),
                        Optional.of("eth1"),
                        false));
    }

    @ParameterizedTest
    @CsvSource({
        "svc_leasename, a..b",
        "svc_leasename, a.",
        "svc_leasename, Bad_Name",
        "svc_leasename, a/b/c",
        "svc_namespace, a.b",
        "vip_servicesinterface, a/b"
    })
    void aNameThatCannotBeIsRefused(String variable, String value) {
        assertThat(elected().env(variable, value).refused().problems())
                .singleElement()
                .asString()
                .contains(variable + "=" + value);
    }

    @ParameterizedTest
    @CsvSource({"plndr-cp-lock", "kube-system/plndr-cp-lock"})
    void theControlPlanesLeaseIsNotTheServicesAsWell(String name) {
        assertThat(elected().env("svc_leasename", name).refused().problems())
                .singleElement()
                .asString()
                .contains("svc_leasename=" + name, "control plane's Lease", "name another");
    }

    @Test
    void withoutAnElectionOrForWhatIsNotDoneYetThereIsAWarning() {
        assertThat(warnings(elected().env("vip_leaderelection", "false")))
                .anyMatch(text -> text.contains("svc_enable") && text.contains("vip_leaderelection=true"));
        assertThat(warnings(elected().env("enable_service_security", "true")))
                .anyMatch(text -> text.contains("enable_service_security"));
    }

    private static Typed elected() {
        return Typed.smallest()
                .env("vip_leaderelection", "true")
                .env("svc_enable", "true")
                .env("vip_services_preview", "true");
    }

    private static Optional<Services> read(Typed typed) {
        return ((Configured.Usable) typed.read()).config().services();
    }

    private static List<String> warnings(Typed typed) {
        return ((Configured.Usable) typed.read()).warnings();
    }
}
