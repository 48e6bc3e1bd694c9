package io.vipkeeper.service;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.vipkeeper.service.plan.LeaseRef;
import io.vipkeeper.service.plan.Notice;
import io.vipkeeper.service.plan.ServiceKey;
import io.vipkeeper.service.plan.ServiceView;
import io.vipkeeper.service.plan.Sharing;
import io.vipkeeper.service.plan.Wanted;
import io.vipkeeper.vip.VipEvent;

import static io.vipkeeper.service.plan.Wanted.local;
import static io.vipkeeper.service.plan.Wanted.said;
import static io.vipkeeper.service.plan.Wanted.service;
import static io.vipkeeper.service.plan.Wanted.with;
import static org.assertj.core.api.Assertions.assertThat;

/** Three nodes, one API server and nothing but what a scenario does. */
class ServiceKeeperTest {
    private static final Sharing GROUPS = new Sharing.Groups("kube-system", 8);
    private static final ServiceKey WEB = new ServiceKey("web", "a");
    private static final String VIP = "192.0.2.10";
    private static final Duration COLD_START = Duration.ofSeconds(15);
    private static final Duration LEASE = Duration.ofMillis(6_500);

    /** Longer than any node acts on what it saw last. */
    private static final Duration VIEW = Duration.ofSeconds(13);

    @Test
    void aServiceGetsItsAddressOnOneNodeWhichTheStatusNames() {
        // given
        World world = world(GROUPS);

        // when
        world.put(service("a", VIP, 80));
        world.run(Duration.ofMillis(100));

        // then
        assertThat(world.having(VIP)).hasSize(1);
        assertThat(world.services.get(WEB).ingress()).containsExactly(VIP);
        assertThat(world.services.get(WEB).host()).isEqualTo(world.having(VIP).getFirst().name);
        assertThat(world.writes.get(WEB)).isEqualTo(1);
    }

    @Test
    void everyNodeComesToHoldSomeOfTheGroups() {
        // when
        World world = world(GROUPS);

        // then
        assertThat(world.machines).extracting(Machine::leasesHeld).allMatch(held -> held >= 2 && held <= 4);
        assertThat(world.machines.stream().mapToInt(Machine::leasesHeld).sum()).isEqualTo(8);
    }

    @Test
    void theAddressesOfADeadNodeAnswerElsewhereWithinALease() {
        // given
        World world = serving();
        Machine holder = world.having(VIP).getFirst();

        // when
        holder.crash();
        world.run(LEASE);

        // then
        assertThat(world.having(VIP)).hasSize(1).doesNotContain(holder);
        assertThat(world.services.get(WEB).host()).isEqualTo(world.having(VIP).getFirst().name);
        assertThat(world.violations).isEmpty();
    }

    @Test
    void aNodeThatDoesNotSeeServicesAnyMoreGivesItsAddressesAwayThoughItsLeasesAreFine() {
        // given
        World world = serving();
        Machine holder = world.having(VIP).getFirst();

        // when
        holder.hang(true);
        world.run(VIEW);

        // then
        assertThat(world.having(VIP)).hasSize(1).doesNotContain(holder);
        assertThat(world.violations).isEmpty();
    }

    @Test
    void aRestartedProcessHasItsAddressesBackAtOnce() {
        // given
        World world = serving();
        Machine holder = world.having(VIP).getFirst();

        // when
        holder.crash();
        holder.kernel.clear();
        holder.start();
        world.run(Duration.ofMillis(500));

        // then
        assertThat(world.having(VIP)).containsExactly(holder);
    }

    @Test
    void nothingIsDoneBeforeTheNodesAreKnownAsWell() {
        // given
        World world = world(GROUPS);
        ServiceKeeper keeper = world.machines.getFirst().keeper("node-9");
        keeper.step(new ServiceEvent.IdentityLocked(true), world.now);
        keeper.step(new ServiceEvent.FromVip(new VipEvent.LinkChanged(true)), world.now);

        // when
        ServiceStep seen =
                keeper.step(new ServiceEvent.Seen(Wanted.snapshot(service("a", VIP, 80)), world.now, false), world.now);
        ServiceStep known = keeper.step(new ServiceEvent.NodeAddresses(Map.of()), world.now);

        // then
        assertThat(seen.actions()).isEmpty();
        assertThat(known.actions()).isNotEmpty();
    }

    @Test
    void aStopDoesNotSpinWhileStatusesAreUnsaid() {
        // given
        World world = serving();
        Machine holder = world.having(VIP).getFirst();
        world.put(said(world.services.get(WEB), "9", world.services.get(WEB).annotations(), List.of()));
        world.run(Duration.ofMillis(50));
        int before = holder.steps;

        // when
        holder.cutOff(true);
        holder.stop();
        world.run(Duration.ofSeconds(2));

        // then
        assertThat(holder.steps - before).isLessThan(200);
    }

    @Test
    void anOrderlyStopMovesTheAddressesAtOnce() {
        // given
        World world = serving();
        Machine holder = world.having(VIP).getFirst();

        // when
        holder.stop();
        world.run(Duration.ofMillis(1500));

        // then
        assertThat(holder.finished).isTrue();
        assertThat(world.having(VIP)).hasSize(1).doesNotContain(holder);
    }

    @Test
    void aDeletedServiceLosesItsAddressAndOneThatIsIgnoredItsStatusAsWell() {
        // given
        World world = world(GROUPS);
        world.put(service("a", VIP, 80));
        world.put(service("b", "192.0.2.11", 80));
        world.run(Duration.ofSeconds(1));

        // when
        world.remove(WEB);
        ServiceKey other = new ServiceKey("web", "b");
        world.put(with(world.services.get(other), "ignore", "true"));
        world.run(Duration.ofMillis(300));

        // then
        assertThat(world.having(VIP)).isEmpty();
        assertThat(world.having("192.0.2.11")).isEmpty();
        assertThat(world.services.get(other).isBlank()).isTrue();
    }

    @Test
    void anAddressStaysUntilTheLastOfThoseWhoShareItIsGone() {
        // given
        World world = world(GROUPS);
        world.put(service("a", VIP, 80));
        world.put(service("b", VIP, 443));
        world.run(Duration.ofSeconds(1));
        List<Machine> holders = world.having(VIP);

        // when, then
        world.remove(WEB);
        world.run(Duration.ofSeconds(1));
        assertThat(world.having(VIP)).isEqualTo(holders).hasSize(1);

        // when, then
        world.remove(new ServiceKey("web", "b"));
        world.run(Duration.ofSeconds(1));
        assertThat(world.having(VIP)).isEmpty();
    }

    @Test
    void withoutEndpointsTheAddressAndTheStatusGoAndWithThemBothComeBack() {
        // given
        World world = serving();

        // when, then
        world.backends(WEB);
        world.run(Duration.ofMillis(500));
        assertThat(world.having(VIP)).isEmpty();
        assertThat(world.services.get(WEB).ingress()).isEmpty();

        // when, then
        world.backends(WEB, "node-2");
        world.run(Duration.ofMillis(500));
        assertThat(world.having(VIP)).hasSize(1);
        assertThat(world.services.get(WEB).ingress()).containsExactly(VIP);
    }

    @Test
    void aLocalServiceIsWhereItsEndpointsAreAndMovesWithThemWithin100MillisecondsOfTheWatch() {
        // given
        World world = world(GROUPS);
        world.put(local(service("a", VIP, 80), true));
        world.backends(WEB, "node-2");
        world.run(Duration.ofSeconds(1));
        assertThat(world.having(VIP)).extracting(machine -> machine.name).containsExactly("node-2");

        // when: the watch takes up to 40 ms here, each request and each notification up to 40 more
        world.backends(WEB, "node-3");
        world.run(Duration.ofMillis(240));

        // then
        assertThat(world.having(VIP)).extracting(machine -> machine.name).containsExactly("node-3");
        assertThat(world.violations).isEmpty();
    }

    @Test
    void aLocalServiceWithoutAnyEndpointLosesItsStatusToo() {
        // given
        World world = world(GROUPS);
        world.put(local(service("a", VIP, 80), true));
        world.backends(WEB, "node-2");
        world.run(Duration.ofSeconds(1));

        // when
        world.backends(WEB);
        world.run(Duration.ofSeconds(1));

        // then
        assertThat(world.having(VIP)).isEmpty();
        assertThat(world.services.get(WEB).isBlank()).isTrue();
    }

    @Test
    void aChangeOfThePolicyIsNeverTwoNodesAndEndsWell() {
        // given
        World world = serving();

        // when
        for (int i = 0; i < 4; i++) {
            world.put(local(world.services.get(WEB), i % 2 == 0));
            world.run(Duration.ofMillis(700));
        }
        world.run(VIEW);

        // then
        assertThat(world.violations).isEmpty();
        assertThat(world.having(VIP)).hasSize(1);
    }

    @Test
    void aConflictIsToldOnceByOneNode() {
        // given
        World world = world(GROUPS);

        // when
        world.put(service("a", VIP, 80));
        world.put(service("b", VIP, 80));
        world.run(Duration.ofSeconds(30));

        // then
        assertThat(world.notices).extracting(Notice::reason).containsExactly("AddressConflict");
        assertThat(world.writes.get(new ServiceKey("web", "b"))).isNull();
    }

    @Test
    void anAddressThatSomebodyTakesOffComesBackAtOnce() {
        // given
        World world = serving();
        Machine holder = world.having(VIP).getFirst();

        // when
        holder.kernel.clear();
        holder.tell(new ServiceEvent.FromVip(new VipEvent.AddressLost(Wanted.vip(VIP))));
        world.run(Duration.ofMillis(300));

        // then
        assertThat(world.having(VIP)).containsExactly(holder);
    }

    @Test
    void aForeignClaimIsCountedAndToldWhereTheAddressIsAndNowhereElse() {
        // given
        World world = serving();
        var claim = new ServiceEvent.FromVip(new VipEvent.ClaimSeen(Wanted.vip(VIP), "02:00:00:00:00:99"));

        // when
        world.machines.forEach(machine -> {
            machine.tell(claim);
            machine.tell(claim);
        });

        // then
        assertThat(world.notices).extracting(Notice::reason).containsExactly("AddressClaimed");
        assertThat(world.notices.getFirst().note()).contains(VIP, "02:00:00:00:00:99");
    }

    @Test
    void aLeaseThatIsSomebodyElsesIsToldToItsServiceOnce() {
        // given
        World world = world(new Sharing.PerService(Set.of()));
        world.put(service("a", VIP, 80));
        world.run(Duration.ofSeconds(1));
        Machine machine = world.machines.getFirst();

        // when
        for (int i = 0; i < 3; i++) {
            machine.tell(new ServiceEvent.Barred(new LeaseRef("web", "kubevip-a"), "belongs to another program"));
        }

        // then
        assertThat(world.notices).singleElement().satisfies(notice -> {
            assertThat(notice.service()).isEqualTo(WEB);
            assertThat(notice.reason()).isEqualTo("LeaseRefused");
        });
    }

    @Test
    void whatKubeVipLeftInTheStatusIsTakenOverAndWhatIsWrongInItCorrected() {
        // given
        World world = world(GROUPS);
        ServiceView left = said(
                service("a", VIP, 80),
                "1",
                Map.of("loadbalancerIPs", VIP, "vipHost", "old-node"),
                List.of(VIP, "192.0.2.99"));

        // when
        world.put(left);
        world.run(Duration.ofSeconds(2));

        // then
        assertThat(world.services.get(WEB).ingress()).containsExactly(VIP);
        assertThat(world.services.get(WEB).host()).isEqualTo(world.having(VIP).getFirst().name);
    }

    @Test
    void oneLeasePerServiceAndOneForAllWorkAsInKubeVip() {
        // given
        World perService = world(new Sharing.PerService(Set.of()));
        World single = world(new Sharing.Single(new LeaseRef("kube-system", "plndr-svcs-lock")));

        // when
        for (World world : List.of(perService, single)) {
            world.put(service("a", VIP, 80));
            world.put(service("b", "192.0.2.11", 80));
            world.run(Duration.ofSeconds(1));
        }

        // then
        assertThat(perService.leases()).contains(new LeaseRef("web", "kubevip-a"), new LeaseRef("web", "kubevip-b"));
        assertThat(perService.having(VIP)).hasSize(1);
        assertThat(single.having(VIP)).hasSize(1).isEqualTo(single.having("192.0.2.11"));
    }

    @Test
    void aNodeWhoseLinkIsDownGivesItsAddressesAway() {
        // given
        World world = serving();
        Machine holder = world.having(VIP).getFirst();

        // when
        holder.link(false);
        world.run(Duration.ofMillis(1500));

        // then
        assertThat(world.having(VIP)).hasSize(1).doesNotContain(holder);
    }

    /** With one Service that has its address. */
    private static World serving() {
        World world = world(GROUPS);
        world.put(service("a", VIP, 80));
        world.run(Duration.ofSeconds(1));
        return world;
    }

    private static World world(Sharing sharing) {
        World world = new World(7, 3, sharing, new Laws(World.TIMING));
        world.run(COLD_START);
        return world;
    }
}
