package io.vipkeeper.service;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.vipkeeper.lease.Kinship;
import io.vipkeeper.lease.LeaseRecord;
import io.vipkeeper.lease.Rules;
import io.vipkeeper.service.plan.LeaseRef;
import io.vipkeeper.service.plan.Placement;
import io.vipkeeper.service.plan.ServiceKey;
import io.vipkeeper.service.plan.ServiceView;
import io.vipkeeper.service.plan.Sharing;

import static io.vipkeeper.service.plan.Wanted.local;
import static io.vipkeeper.service.plan.Wanted.service;
import static io.vipkeeper.service.plan.Wanted.with;
import static org.assertj.core.api.Assertions.assertThat;

/** Random Services, endpoints and faults; and rules that are broken on purpose, which must be noticed. */
class FleetTest {
    private static final int SERVICES = 8;
    private static final int DEEDS = 60;

    /** Few faults and long ones, and Services that change their Leases meanwhile. */
    private static final int SLOW_DEEDS = 30;

    private static final long SLOWEST_MILLIS = 6_000;
    private static final Duration SETTLED = Duration.ofSeconds(35);

    /** More than one Service's status is written by what so many deeds can lead to. */
    private static final int MOST_WRITES = 60;

    static List<Sharing> sharings() {
        return List.of(
                new Sharing.Groups("kube-system", 8),
                new Sharing.Single(new LeaseRef("kube-system", "plndr-svcs-lock")),
                new Sharing.PerService(Set.of()));
    }

    @ParameterizedTest
    @MethodSource("sharings")
    void noAddressIsOnTwoNodesAndAllAreServedOnceFaultsEnd(Sharing sharing) {
        assertThat(violations(sharing, false)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("sharings")
    void noAddressIsOnTwoNodesWhileWatchesHangAndServicesChangeTheirLeases(Sharing sharing) {
        assertThat(violations(sharing, true)).isEmpty();
    }

    private static List<String> violations(Sharing sharing, boolean slowly) {
        return LongStream.range(1, 61)
                .boxed()
                .flatMap(seed -> run(seed, sharing, new Laws(World.TIMING), slowly).stream())
                .toList();
    }

    @Test
    void aRightThatOutlivesTheLeaseIsNoticed() {
        assertNoticed(new Laws(World.TIMING) {
            @Override
            Rules rules() {
                return new Rules(World.TIMING) {
                    @Override
                    public long claimableAt(LeaseRecord record, Kinship kinship, long seen, boolean first) {
                        return seen + 1_000_000_000L;
                    }
                };
            }
        });
    }

    @Test
    void aLeaseGivenUpBeforeItsAddressesAreOffIsNoticed() {
        assertNoticed(new Laws(World.TIMING) {
            @Override
            boolean mayRelease(BooleanSupplier addressesOff) {
                return true;
            }
        });
    }

    @Test
    void anAddressThatDoesNotWaitWhenItsLeaseChangesIsNoticed() {
        assertNoticed(new Laws(World.TIMING) {
            @Override
            long waitAfterMoveNanos() {
                return 0;
            }
        });
    }

    /** The fault that began this: a Lease changes, and a node whose watch hangs has the address by the one before. */
    @Test
    void aWaitOfOnlyALeaseWhenItsLeaseChangesIsNoticed() {
        assertNoticed(new Laws(World.TIMING) {
            @Override
            long waitAfterMoveNanos() {
                return World.TIMING.leaseDuration().toNanos();
            }
        });
    }

    @Test
    void aRightThatOutlivesTheViewIsNoticed() {
        assertNoticed(new Laws(World.TIMING) {
            @Override
            long viewRightEnds(long asOf) {
                return asOf + 60 * World.SECOND;
            }

            @Override
            long viewKernelEnds(long asOf) {
                return asOf + 60 * World.SECOND;
            }
        });
    }

    @Test
    void anAddressThatIsPutOnAtOnceAfterAGapIsNoticed() {
        assertNoticed(new Laws(World.TIMING) {
            @Override
            long notBefore(View seen, long now) {
                return now;
            }
        });
    }

    @Test
    void aLocalServiceWithoutItsEndpointsIsNoticed() {
        assertNoticed(new Laws(World.TIMING) {
            @Override
            boolean mayBeOn(Placement placement, String node) {
                return true;
            }
        });
    }

    @Test
    void aStatusWrittenAgainAndAgainIsNoticed() {
        assertNoticed(new Laws(World.TIMING) {
            @Override
            long pauseBetweenWritesNanos() {
                return 0;
            }

            @Override
            long staleNanos() {
                return 0;
            }
        });
    }

    private static void assertNoticed(Laws mutant) {
        Sharing groups = new Sharing.Groups("kube-system", 8);
        assertThat(LongStream.range(1, 201)
                        .anyMatch(seed -> !run(seed, groups, mutant, true).isEmpty()
                                || !run(seed, groups, mutant, false).isEmpty()))
                .isTrue();
    }

    /** @param slowly few faults at a time, and watches that hang for long */
    private static List<String> run(long seed, Sharing sharing, Laws laws, boolean slowly) {
        World world = new World(seed, 3, sharing, laws);
        Random random = new Random(seed);
        world.run(Duration.ofSeconds(7));
        for (int i = 0; i < (slowly ? SLOW_DEEDS : DEEDS); i++) {
            if (slowly) {
                slowDeed(world, random);
            } else {
                deed(world, random);
            }
            world.run(Duration.ofMillis(random.nextLong(slowly ? SLOWEST_MILLIS : 1500)));
        }
        world.machines.forEach(machine -> {
            world.outage(false);
            machine.slow(false);
            machine.hang(false);
            machine.cutOff(false);
            if (!machine.isAlive()) {
                machine.start();
            }
            machine.link(true);
        });
        world.run(SETTLED);
        judge(world);
        return world.violations.stream()
                .map(text -> "seed " + seed + " " + sharing + ": " + text)
                .toList();
    }

    private static void deed(World world, Random random) {
        ServiceKey key = new ServiceKey("web", "s" + random.nextInt(SERVICES));
        Machine machine = world.machines.get(random.nextInt(3));
        ServiceView view = world.services.get(key);
        switch (random.nextInt(15)) {
            case 0 -> machine.crash();
            case 1 -> machine.cutOff(true);
            case 8 -> machine.slow(random.nextBoolean());
            case 12 -> machine.hang(random.nextInt(3) > 0);
            case 13 -> machine.pause(random.nextInt(20) * World.SECOND / 2);
            case 14 -> world.outage(random.nextInt(4) == 0);
            case 2 -> machine.link(random.nextBoolean());
            case 3, 4 -> {
                machine.cutOff(false);
                if (!machine.isAlive()) {
                    machine.start();
                }
            }
            case 5 -> world.backends(key, some(random));
            case 6 -> {
                if (view != null) {
                    world.put(local(view, random.nextBoolean()));
                }
            }
            case 7 -> world.remove(key);
            default -> world.put(fresh(key, random));
        }
    }

    private static void slowDeed(World world, Random random) {
        ServiceKey key = new ServiceKey("web", "s" + random.nextInt(SERVICES / 2));
        Machine machine = world.machines.get(random.nextInt(3));
        ServiceView view = world.services.get(key);
        ServiceView wanted = service(key.name(), "192.0.2." + (10 + random.nextInt(2)), 80 + random.nextInt(4));
        switch (random.nextInt(8)) {
            case 0, 1 -> machine.hang(true);
            case 2 -> machine.hang(false);
            case 3 -> {
                world.machines.get(random.nextInt(3)).hang(true);
                world.put(view == null ? wanted : local(view, !view.local()));
                machine.crash();
                machine.start();
            }
            case 4 -> machine.link(random.nextBoolean());
            default -> world.put(view == null ? wanted : local(view, !view.local()));
        }
    }

    private static ServiceView fresh(ServiceKey key, Random random) {
        ServiceView view = service(key.name(), "192.0.2." + (10 + random.nextInt(6)), 80 + random.nextInt(3));
        ServiceView policy = local(view, random.nextInt(3) == 0);
        return random.nextInt(6) == 0 ? with(policy, "ignore", "true") : policy;
    }

    private static String[] some(Random random) {
        return IntStream.rangeClosed(1, 3)
                .filter(i -> random.nextBoolean())
                .mapToObj(i -> "node-" + i)
                .toArray(String[]::new);
    }

    /** What has to be when nothing has happened for a while. */
    private static void judge(World world) {
        var plan = world.machines.getFirst().plan();
        plan.placements().forEach((vip, placement) -> {
            List<String> on = world.machines.stream()
                    .filter(machine -> machine.kernel.containsKey(vip))
                    .map(machine -> machine.name)
                    .toList();
            boolean single =
                    world.sharing instanceof Sharing.Single && placement.nodes().isPresent();
            if (placement.mayBeSomewhere() != !on.isEmpty() && !single) {
                world.violations.add(vip + " should be somewhere: " + placement + ", and is on " + on);
            }
            on.stream()
                    .filter(node -> !placement.mayBeOn(node))
                    .forEach(node -> world.violations.add(vip + " may not be on " + node + ": " + placement));
        });
        world.machines.forEach(machine -> machine.kernel.keySet().stream()
                .filter(vip -> !plan.placements().containsKey(vip))
                .forEach(vip -> world.violations.add(vip + " is still on " + machine.name)));
        world.services.values().forEach(view -> judge(world, view));
        world.writes.forEach((key, count) -> {
            if (count > MOST_WRITES) {
                world.violations.add(key + " was written " + count + " times");
            }
        });
    }

    private static void judge(World world, ServiceView view) {
        var ward = world.machines.getFirst().plan().services().get(view.key());
        List<String> on = ward == null
                ? List.of()
                : ward.addresses().stream()
                        .filter(vip -> world.machines.stream().anyMatch(machine -> machine.kernel.containsKey(vip)))
                        .filter(vip -> world.machines
                                .getFirst()
                                .plan()
                                .placements()
                                .get(vip)
                                .served()
                                .contains(view.key()))
                        .map(StatusDesk::text)
                        .toList();
        if (!view.ingress().equals(on)) {
            world.violations.add(view.key() + " says " + view.ingress() + " instead of " + on);
        }
    }
}
