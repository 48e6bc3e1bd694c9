package io.vipkeeper.service.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.vipkeeper.service.plan.ServiceRules.Classes;

import static io.vipkeeper.service.plan.Wanted.local;
import static io.vipkeeper.service.plan.Wanted.ofClass;
import static io.vipkeeper.service.plan.Wanted.on;
import static io.vipkeeper.service.plan.Wanted.said;
import static io.vipkeeper.service.plan.Wanted.service;
import static io.vipkeeper.service.plan.Wanted.snapshot;
import static io.vipkeeper.service.plan.Wanted.vip;
import static io.vipkeeper.service.plan.Wanted.with;
import static org.assertj.core.api.Assertions.assertThat;

/** What the same objects ask for. */
class PlannerTest {
    private static final Sharing GROUPS = new Sharing.Groups("kube-system", 8);
    private static final Classes ANY = new Classes(false, "kube-vip.io/kube-vip-class", true);

    @Test
    void anAddressByAnnotationGoesToTheGroupOfItsHash() {
        // when
        Plan plan = plan(service("a", "192.0.2.10", 80));

        // then
        Placement placement = plan.placements().get(vip("192.0.2.10"));
        assertThat(placement.lease().name()).matches("vipkeeper-services-[0-7]");
        assertThat(placement.mayBeOn("node-9")).isTrue();
        assertThat(placement.nic()).isEqualTo("eth0");
        assertThat(plan.notices()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "kube-system/plndr-cp-lock, another namespace",
        "plndr-cp-lock, something else",
        "vipkeeper-services-1, something else",
        "a..b, no name",
        "../secrets/x, another namespace",
        "Web, no name"
    })
    void aLeaseThatAServiceMayNotNameIsRefusedAndSaid(String name, String why) {
        // given
        Sharing sharing = new Sharing.PerService(Set.of(new LeaseRef("web", "plndr-cp-lock")));

        // when
        Plan plan = plan(sharing, with(service("a", "192.0.2.10", 80), "leaseName", name));

        // then
        assertThat(plan.placements()).isEmpty();
        assertThat(plan.leases()).containsExactly(new LeaseRef("web", "kubevip-a"));
        assertThat(plan.notices()).singleElement().satisfies(notice -> {
            assertThat(notice.reason()).isEqualTo("LeaseRefused");
            assertThat(notice.note()).contains(why);
        });
    }

    @Test
    void theGroupsShareNeighbouringAddressesEvenly() {
        // when
        Plan plan = plan(IntStream.range(0, 80)
                .mapToObj(i -> service("s" + i, "198.51.100." + (i + 1), 80))
                .toArray(ServiceView[]::new));

        // then
        Map<LeaseRef, Long> sizes = plan.placements().values().stream()
                .collect(Collectors.groupingBy(Placement::lease, Collectors.counting()));
        assertThat(sizes).hasSize(8);
        assertThat(sizes.values()).containsOnly(10L);
    }

    @Test
    void theAnnotationCountsBeforeTheSpecAndTheSpecBeforeAStatusThatAnElectorWrote() {
        // given
        ServiceView spec = new ServiceView(
                new ServiceKey("web", "b"),
                "u",
                "1",
                "",
                true,
                Optional.empty(),
                false,
                Set.of(),
                "192.0.2.12",
                Map.of(),
                List.of("192.0.2.13"));
        ServiceView both = with(spec, "loadbalancerIPs", "192.0.2.11");
        ServiceView status = said(service("c", "", 80), "1", Map.of("vipHost", "node-1"), List.of("192.0.2.14"));
        ServiceView foreign = said(service("d", "", 80), "1", Map.of(), List.of("192.0.2.15"));

        // then
        assertThat(plan(both).placements()).containsOnlyKeys(vip("192.0.2.11"));
        assertThat(plan(spec).placements()).containsOnlyKeys(vip("192.0.2.12"));
        assertThat(plan(status).placements()).containsOnlyKeys(vip("192.0.2.14"));
        assertThat(plan(foreign).placements()).isEmpty();
    }

    @Test
    void servicesWithOtherPortsShareAnAddressAndOneWithTheSamePortIsRefusedInAnyOrder() {
        // given
        List<ServiceView> services = new ArrayList<>(List.of(
                service("a", "192.0.2.10", 80), service("b", "192.0.2.10", 443), service("c", "192.0.2.10", 80)));
        for (int i = 0; i < 6; i++) {
            Collections.shuffle(services, new Random(i));

            // when
            Plan plan = plan(services.toArray(ServiceView[]::new));

            // then
            assertThat(plan.placements().get(vip("192.0.2.10")).services())
                    .extracting(ServiceKey::name)
                    .containsExactly("a", "b");
            assertThat(plan.notices()).singleElement().satisfies(notice -> {
                assertThat(notice.service().name()).isEqualTo("c");
                assertThat(notice.reason()).isEqualTo("AddressConflict");
                assertThat(notice.note()).contains("192.0.2.10", "web/a", "choose another port");
            });
        }
    }

    @Test
    void thoseWhoShareMustHaveTheSamePolicyInterfaceAndLease() {
        // given
        ServiceView first = service("a", "192.0.2.10", 80);
        ServiceView second = service("b", "192.0.2.10", 81);

        // then
        assertThat(plan(first, local(second, true)).notices())
                .singleElement()
                .satisfies(notice -> assertThat(notice.note()).contains("externalTrafficPolicy"));
        assertThat(plan(first, with(second, "serviceInterface", "eth1")).notices())
                .singleElement()
                .satisfies(notice -> assertThat(notice.note()).contains("serviceInterface"));
        assertThat(plan(new Sharing.PerService(Set.of()), first, second).notices())
                .singleElement()
                .satisfies(notice -> assertThat(notice.note()).contains("web/kubevip-a", "leaseName"));
        assertThat(plan(new Sharing.PerService(Set.of()), with(first, "leaseName", "x"), with(second, "leaseName", "x"))
                        .notices())
                .isEmpty();
    }

    @ParameterizedTest(name = "{0} is refused: {1}")
    @CsvSource({
        "gateway.example, AddressInvalid",
        "0.0.0.0, DhcpNotSupported",
        "224.0.0.1, AddressInvalid",
        "192.0.2.1, AddressInUse",
        "192.0.2.2, AddressInUse"
    })
    void anAddressThatCannotBeIsRefusedByAnEvent(String address, String reason) {
        // when
        Plan plan = plan(service("a", address, 80));

        // then
        assertThat(plan.placements()).isEmpty();
        assertThat(plan.notices()).extracting(Notice::reason).containsExactly(reason);
        assertThat(plan.services().get(new ServiceKey("web", "a")).addresses()).isEmpty();
    }

    @Test
    void whatIsNotSupportedIsSaidAndTheAddressServedAllTheSame() {
        // when
        Plan plan = plan(with(service("a", "192.0.2.10", 80), "egress", "true"));

        // then
        assertThat(plan.placements()).hasSize(1);
        assertThat(plan.notices()).extracting(Notice::reason).containsExactly("NotSupported");
    }

    @Test
    void aLocalServiceHasALeaseOfItsOwnAndGoesWhereItsEndpointsAre() {
        // given
        ServiceView view = local(service("a", "192.0.2.10", 80), true);
        Snapshot snapshot = new Snapshot(List.of(view), Map.of(view.key(), on("node-2")));

        // when
        Placement placement = planner(GROUPS, ANY)
                .plan(snapshot, Map.of(), Set.of())
                .placements()
                .get(vip("192.0.2.10"));

        // then
        assertThat(placement.lease().name()).isEqualTo("vipkeeper-service-192-0-2-10");
        assertThat(placement.mayBeOn("node-2")).isTrue();
        assertThat(placement.mayBeOn("node-1")).isFalse();
    }

    @Test
    void theLeaseOfAnIpv6AddressHasAValidName() {
        assertThat(List.of("2001:db8::1", "2001:db8::", "2001:db8:0:1::a"))
                .allSatisfy(text -> assertThat(GROUPS.of(local(service("a", text, 80), true), Wanted.address(text))
                                .name())
                        .matches("[a-z0-9](?:[-a-z0-9]*[a-z0-9])?"));
    }

    @Test
    void withoutEndpointsAnAddressGoesNowhereUnlessItIsAllowed() {
        // given
        ServiceView view = service("a", "192.0.2.10", 80);
        ServiceView allowed = with(view, "allow-reconcile-without-endpoints", "true");

        // then
        assertThat(withoutEndpoints(view).mayBeOn("node-1")).isFalse();
        assertThat(withoutEndpoints(allowed).mayBeOn("node-1")).isTrue();
        assertThat(withoutEndpoints(local(allowed, true)).mayBeOn("node-1")).isFalse();
    }

    @ParameterizedTest(name = "class {0} only={1} legacy={2} is managed: {3}")
    @CsvSource({
        "'', false, true, true",
        "'', true, true, false",
        "'', false, false, false",
        "kube-vip.io/kube-vip-class, true, true, true",
        "kube-vip.io/kube-vip-class, false, false, true",
        "other.example/lb, false, true, false",
        "other.example/lb, false, false, false"
    })
    void theClassDecidesWhoseAServiceIs(String asked, boolean only, boolean legacy, boolean managed) {
        // given
        ServiceView plain = service("a", "192.0.2.10", 80);
        Snapshot snapshot = snapshot(asked.isEmpty() ? plain : ofClass(plain, asked));
        Classes classes = new Classes(only, "kube-vip.io/kube-vip-class", legacy);

        // when
        Plan plan = planner(GROUPS, classes).plan(snapshot, Map.of(), Set.of());

        // then
        assertThat(plan.placements().isEmpty()).isEqualTo(!managed);
    }

    @Test
    void aServiceThatIsIgnoredStaysAConcernOnlyWhileItSaysThatItIsAnnounced() {
        // given
        ServiceView ignored = with(service("a", "192.0.2.10", 80), "ignore", "true");
        ServiceView announced =
                said(ignored, "2", Map.of("ignore", "true", "vipHost", "node-1"), List.of("192.0.2.10"));

        // then
        assertThat(plan(ignored).services()).isEmpty();
        assertThat(plan(announced).services()).hasSize(1);
        assertThat(plan(announced).placements()).isEmpty();
    }

    @Test
    void theOldOneLeaseAndOneLeasePerServiceAreNamedAsKubeVipDoes() {
        // given
        ServiceView view = service("a", "192.0.2.10", 80);
        LeaseRef single = new LeaseRef("kube-system", "plndr-svcs-lock");
        Sharing demand = new Sharing.OnDemand(new Sharing.Single(single), new Sharing.PerService(Set.of()));

        // then
        assertThat(lease(new Sharing.Single(single), view)).isEqualTo(single);
        assertThat(lease(new Sharing.PerService(Set.of()), view)).isEqualTo(new LeaseRef("web", "kubevip-a"));
        assertThat(lease(new Sharing.PerService(Set.of()), with(view, "leaseName", "shared")))
                .isEqualTo(new LeaseRef("web", "shared"));
        assertThat(lease(demand, view)).isEqualTo(single);
        assertThat(lease(demand, with(view, "forcePerServiceElection", "true")))
                .isEqualTo(new LeaseRef("web", "kubevip-a"));
    }

    private static LeaseRef lease(Sharing sharing, ServiceView view) {
        return plan(sharing, view).placements().get(vip("192.0.2.10")).lease();
    }

    private static Placement withoutEndpoints(ServiceView view) {
        return planner(GROUPS, ANY)
                .plan(new Snapshot(List.of(view), Map.of()), Map.of(), Set.of())
                .placements()
                .get(vip("192.0.2.10"));
    }

    private static Plan plan(ServiceView... services) {
        return plan(GROUPS, services);
    }

    private static Plan plan(Sharing sharing, ServiceView... services) {
        return planner(sharing, ANY)
                .plan(
                        snapshot(services),
                        Map.of(Wanted.address("192.0.2.1"), "node-1"),
                        Set.of(Wanted.address("192.0.2.2")));
    }

    private static Planner planner(Sharing sharing, Classes classes) {
        return new Planner(new ServiceRules(sharing, classes, Optional.empty(), "eth0"), Wanted::literal);
    }
}
