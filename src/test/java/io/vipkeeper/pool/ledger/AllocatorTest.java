package io.vipkeeper.pool.ledger;

import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.vipkeeper.pool.Address;
import io.vipkeeper.pool.Family;
import io.vipkeeper.pool.Pools;
import io.vipkeeper.pool.ledger.Grant.Reason;

import static org.assertj.core.api.Assertions.assertThat;

/** What spans a .0 is of RFC 2544's network. */
class AllocatorTest {
    private static final Set<Port> HTTP = Set.of(new Port("TCP", 80));
    private static final Set<Port> HTTPS = Set.of(new Port("TCP", 443));

    private final Ledger ledger = new Ledger();
    private int age;

    private static Address address(String text) {
        return Address.parse(text).orElseThrow();
    }

    private Claim claim(String name, Set<Port> ports, boolean sharing, Grant... grants) {
        return new Claim(
                new ServiceId("default", name),
                "uid-" + name,
                Instant.ofEpochSecond(age++),
                grants.length > 0,
                List.of(grants),
                ports,
                sharing);
    }

    private void use(String... addresses) {
        for (String text : addresses) {
            ledger.put(claim("of-" + text, HTTP, false, new Grant(address(text), Reason.POOL)));
        }
    }

    private Allocation allocate(Map<String, String> data, Wish wish) {
        return new Allocator(ledger).allocate(wish, Pools.read(data));
    }

    private Allocation allocate(Map<String, String> data, FamilyPolicy policy, Family... families) {
        return allocate(data, new Wish(claim("new", HTTP, false), List.of(), List.of(families), policy));
    }

    private static String text(Allocation allocation) {
        return switch (allocation) {
            case Allocation.Allocated allocated ->
                allocated.grants().stream()
                        .map(grant -> grant.address().toString())
                        .collect(Collectors.joining(","));
            case Allocation.Exhausted exhausted -> "exhausted " + exhausted.pool() + " " + exhausted.family();
            case Allocation.Refused(String sentence) -> "refused: " + sentence;
        };
    }

    @ParameterizedTest(name = "of {0} without {1}: {2}, in descending order {3}")
    @CsvSource(delimiter = '|', textBlock = """
        192.0.2.10-192.0.2.10                             | ''                                    | 192.0.2.10    | 192.0.2.10
        192.0.2.10-192.0.2.12                             | ''                                    | 192.0.2.10    | 192.0.2.12
        198.18.0.253-198.18.1.2                            | 198.18.0.253,198.18.0.254             | 198.18.1.1    | 198.18.1.2
        198.18.0.253-198.18.1.2                            | 198.18.1.1,198.18.1.2                 | 198.18.0.253 | 198.18.0.254
        192.0.2.10-192.0.2.11,198.51.100.20-198.51.100.21 | 192.0.2.9,192.0.2.10                  | 192.0.2.11    | 198.51.100.21
        192.0.2.10-192.0.2.11,198.51.100.20-198.51.100.22 | 198.51.100.21,198.51.100.22           | 192.0.2.10    | 198.51.100.20
        192.0.2.200/30                                    | ''                                    | 192.0.2.200   | 192.0.2.203
        192.0.2.10/24                                     | ''                                    | 192.0.2.1     | 192.0.2.254
        192.0.2.255/30                                    | 192.0.2.254,192.0.2.252,192.0.2.253   | exhausted cidr-global IPv4 | exhausted cidr-global IPv4
        192.0.2.200/30,192.0.2.200/29                     | 192.0.2.201,192.0.2.202               | 192.0.2.200   | 192.0.2.207
        2001:db8::13-2001:db8::15                         | ''                                    | 2001:db8::13  | 2001:db8::15
        2001:db8::ffff-2001:db8::1:3                      | 2001:db8::ffff,2001:db8::1:3          | 2001:db8::1:0 | 2001:db8::1:2
        2001:db8::49fe/127                                | 2001:db8::49fe,2001:db8::49ff         | exhausted cidr-global IPv6 | exhausted cidr-global IPv6
        2001:db8::10/126,2001:db8::12/127                 | 2001:db8::10,2001:db8::11             | 2001:db8::12  | 2001:db8::13
        2001:db8::/64                                     | 2001:db8::                            | 2001:db8::1   | 2001:db8::ffff:ffff:ffff:ffff
        """)
    void theFirstFreeAddressIsTaken(String pool, String used, String ascending, String descending) {
        // given
        use(used.isEmpty() ? new String[0] : used.split(","));
        Family[] none = {};
        // when
        Allocation up = allocate(Map.of("cidr-global", pool), FamilyPolicy.SINGLE_STACK, none);
        Allocation down =
                allocate(Map.of("cidr-global", pool, "search-order", "desc"), FamilyPolicy.SINGLE_STACK, none);
        // then
        assertThat(text(up)).isEqualTo(normal(ascending));
        assertThat(text(down)).isEqualTo(normal(descending));
    }

    private static String normal(String text) {
        return Address.parse(text).map(Address::toString).orElse(text);
    }

    @ParameterizedTest(name = "{1} of {2} with {0}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
        192.0.2.10-192.0.2.11,2001:db8::10-2001:db8::11 | SINGLE_STACK       | ''        | 192.0.2.10
        192.0.2.10-192.0.2.11,2001:db8::10-2001:db8::11 | SINGLE_STACK       | IPV6      | 2001:db8::10
        2001:db8::10-2001:db8::11                       | SINGLE_STACK       | ''        | 2001:db8::10
        192.0.2.10-192.0.2.11,2001:db8::10-2001:db8::11 | PREFER_DUAL_STACK  | IPV6 IPV4 | 2001:db8::10,192.0.2.10
        192.0.2.10-192.0.2.11,2001:db8::10-2001:db8::11 | PREFER_DUAL_STACK  | IPV4 IPV6 | 192.0.2.10,2001:db8::10
        192.0.2.10-192.0.2.11,2001:db8::10-2001:db8::11 | PREFER_DUAL_STACK  | ''        | 192.0.2.10,2001:db8::10
        192.0.2.10-192.0.2.11,2001:db8::10-2001:db8::11 | PREFER_DUAL_STACK  | IPV4      | 192.0.2.10
        192.0.2.10-192.0.2.11                           | PREFER_DUAL_STACK  | IPV6 IPV4 | 192.0.2.10
        192.0.2.10-192.0.2.11,2001:db8::10-2001:db8::11 | REQUIRE_DUAL_STACK | IPV6 IPV4 | 2001:db8::10,192.0.2.10
        192.0.2.10-192.0.2.11,2001:db8::10-2001:db8::11 | REQUIRE_DUAL_STACK | ''        | 192.0.2.10,2001:db8::10
        192.0.2.99-192.0.2.99,2001:db8::10-2001:db8::11 | PREFER_DUAL_STACK  | IPV4 IPV6 | 2001:db8::10
        192.0.2.99-192.0.2.99,2001:db8::99-2001:db8::99 | PREFER_DUAL_STACK  | IPV6 IPV4 | exhausted range-global IPv6
        192.0.2.99-192.0.2.99,2001:db8::10-2001:db8::11 | REQUIRE_DUAL_STACK | IPV4 IPV6 | exhausted range-global IPv4
        192.0.2.10-192.0.2.11,2001:db8::99-2001:db8::99 | REQUIRE_DUAL_STACK | IPV4 IPV6 | exhausted range-global IPv6
        """)
    void familiesFollowThePolicy(String pool, FamilyPolicy policy, String families, String result) {
        // given
        use("192.0.2.99", "2001:db8::99");
        Family[] listed = Arrays.stream(families.split(" "))
                .filter(text -> !text.isEmpty())
                .map(Family::valueOf)
                .toArray(Family[]::new);
        // then
        assertThat(text(allocate(Map.of("range-global", pool), policy, listed))).isEqualTo(result);
    }

    @Test
    void aFamilyThatThePoolLacksIsSaid() {
        Map<String, String> data = Map.of("range-global", "192.0.2.10-192.0.2.11");
        String sentence = "The pool range-global has no IPv6 address; add a CIDR or a range of that family to it, or"
                + " change the Service's ipFamilies.";
        assertThat(allocate(data, FamilyPolicy.SINGLE_STACK, Family.IPV6)).isEqualTo(new Allocation.Refused(sentence));
        assertThat(allocate(data, FamilyPolicy.REQUIRE_DUAL_STACK, Family.IPV4, Family.IPV6))
                .isEqualTo(new Allocation.Refused(sentence));
        assertThat(((Allocation.Allocated) allocate(data, FamilyPolicy.PREFER_DUAL_STACK, Family.IPV4, Family.IPV6))
                        .shortfall())
                .contains(sentence);
    }

    @Test
    void dhcpIsRefusedWithItsName() {
        assertThat(text(allocate(Map.of("cidr-global", "0.0.0.0/32"), FamilyPolicy.SINGLE_STACK)))
                .startsWith("refused: The pool cidr-global asks for DHCP, which is not supported");
        Wish wish =
                new Wish(claim("a", HTTP, false), List.of(address("0.0.0.0")), List.of(), FamilyPolicy.SINGLE_STACK);
        assertThat(text(allocate(Map.of(), wish))).startsWith("refused: The address 0.0.0.0 asks for DHCP");
    }

    @Test
    void addressesOfNodesAndOfTheControlPlaneAreNotHandedOut() {
        // given
        ledger.reserve(Map.of(
                address("192.0.2.8"), new Reservation("Node a", Set.of()),
                address("192.0.2.9"), new Reservation("the control plane", Set.of(new Port("TCP", 6443)))));
        Map<String, String> data = Map.of("cidr-global", "192.0.2.8/29", "allow-share-global", "true");
        // then
        assertThat(text(allocate(data, FamilyPolicy.SINGLE_STACK))).isEqualTo("192.0.2.10");
        // when they are given up
        ledger.reserve(Map.of());
        // then
        assertThat(text(allocate(data, FamilyPolicy.SINGLE_STACK))).isEqualTo("192.0.2.8");
    }

    @Test
    void whoAsksForTheControlPlanesAddressGetsItForOtherPorts() {
        // given
        ledger.reserve(Map.of(
                address("192.0.2.8"), new Reservation("Node a", Set.of()),
                address("192.0.2.9"), new Reservation("the control plane", Set.of(new Port("TCP", 6443)))));
        // then
        assertThat(text(ask("192.0.2.9", HTTP))).isEqualTo("192.0.2.9");
        assertThat(text(ask("192.0.2.9", Set.of(new Port("TCP", 6443)))))
                .isEqualTo("refused: The address 192.0.2.9 is that of the control plane; ask for another one, or for"
                        + " none.");
        assertThat(text(ask("192.0.2.8", HTTP))).startsWith("refused: The address 192.0.2.8 is that of Node a;");
    }

    private Allocation ask(String text, Set<Port> ports) {
        Claim claim = claim("asks", ports, false);
        return allocate(
                Map.of(), new Wish(claim, List.of(address(text)), List.of(Family.IPV4), FamilyPolicy.SINGLE_STACK));
    }

    @Test
    void anAddressThatIsAskedForNeedsNoPoolAndMayBeSharedWithDistinctPorts() {
        // given
        ledger.put(claim("first", HTTP, false, new Grant(address("198.51.100.7"), Reason.REQUEST)));
        // then
        assertThat(text(ask("198.51.100.8", HTTP))).isEqualTo("198.51.100.8");
        assertThat(text(ask("198.51.100.7", HTTPS))).isEqualTo("198.51.100.7");
        assertThat(text(ask("198.51.100.7", Set.of(new Port("UDP", 80))))).isEqualTo("198.51.100.7");
        assertThat(text(ask("198.51.100.7", HTTP)))
                .isEqualTo("refused: The address 198.51.100.7 is in use by the Service default/first and cannot be"
                        + " shared with it; ask for another one, or for none.");
        assertThat(text(ask("198.51.100.7", Set.of()))).startsWith("refused:");
    }

    @Test
    void theAddressOfAnotherProgramsServiceIsNotShared() {
        ledger.put(claim("other", HTTP, true, new Grant(address("192.0.2.8"), Reason.FOREIGN)));
        assertThat(text(ask("192.0.2.8", HTTPS))).startsWith("refused:");
        Map<String, String> data = Map.of("cidr-global", "192.0.2.8/30", "allow-share-global", "true");
        Wish wish = new Wish(claim("a", HTTPS, true), List.of(), List.of(), FamilyPolicy.SINGLE_STACK);
        assertThat(text(allocate(data, wish))).isEqualTo("192.0.2.9");
    }

    @ParameterizedTest(name = "a Service with {0} gets {1} {2}")
    @CsvSource({
        "TCP 443, 192.0.2.8, SHARE",
        "UDP 53, 192.0.2.8, SHARE",
        "TCP 80, 192.0.2.9, SHARE",
        "TCP 80 TCP 8080, 192.0.2.11, POOL",
        "'', 192.0.2.11, POOL"
    })
    void whereSharingIsAllowedDistinctPortsShareTheFirstAddressThatFits(String ports, String result, Reason reason) {
        // given .8 with 80, .9 with 8080, and .10 of one that says no ports
        ledger.put(claim("a", HTTP, true, new Grant(address("192.0.2.8"), Reason.POOL)));
        ledger.put(claim("b", Set.of(new Port("TCP", 8080)), true, new Grant(address("192.0.2.9"), Reason.POOL)));
        ledger.put(claim("c", Set.of(), true, new Grant(address("192.0.2.10"), Reason.POOL)));
        Set<Port> wanted = new HashSet<>();
        String[] words = ports.split(" ");
        for (int i = 0; i + 1 < words.length; i += 2) {
            wanted.add(new Port(words[i], Integer.parseInt(words[i + 1])));
        }
        // when
        Wish wish = new Wish(claim("new", wanted, true), List.of(), List.of(), FamilyPolicy.SINGLE_STACK);
        Allocation allocation = allocate(Map.of("cidr-global", "192.0.2.8/29", "allow-share-default", "true"), wish);
        // then
        assertThat(((Allocation.Allocated) allocation).grants()).containsExactly(new Grant(address(result), reason));
    }

    @Test
    void noAddressIsSharedUnaskedWithoutThatBothAllowItNorOfIpv6() {
        Map<String, String> data = Map.of("cidr-global", "192.0.2.8/29,2001:db8::8/125", "allow-share-default", "true");
        ledger.put(claim("a", HTTP, false, new Grant(address("192.0.2.8"), Reason.POOL)));
        ledger.put(claim("b", HTTP, true, new Grant(address("2001:db8::8"), Reason.POOL)));
        Wish wish = new Wish(
                claim("new", HTTPS, true),
                List.of(),
                List.of(Family.IPV4, Family.IPV6),
                FamilyPolicy.REQUIRE_DUAL_STACK);
        assertThat(text(allocate(data, wish))).isEqualTo("192.0.2.9,2001:db8::9");
    }

    @Test
    void whatAServiceHasItKeepsEvenOutsideOfItsPool() {
        // given one that has .200, which no pool has any more, while lower addresses are free
        Claim has = claim("old", HTTP, false, new Grant(address("192.0.2.200"), Reason.POOL));
        ledger.put(has);
        Map<String, String> data = Map.of("cidr-global", "192.0.2.8/29,2001:db8::8/125");
        // then it keeps it, and gets the other family beside it when it wants that
        assertThat(text(allocate(data, new Wish(has, List.of(), List.of(Family.IPV4), FamilyPolicy.SINGLE_STACK))))
                .isEqualTo("192.0.2.200");
        List<Family> both = List.of(Family.IPV4, Family.IPV6);
        assertThat(text(allocate(data, new Wish(has, List.of(), both, FamilyPolicy.REQUIRE_DUAL_STACK))))
                .isEqualTo("192.0.2.200,2001:db8::8");
        assertThat(text(allocate(Map.of(), new Wish(has, List.of(), both, FamilyPolicy.PREFER_DUAL_STACK))))
                .isEqualTo("192.0.2.200");
        // until it is a Node's
        ledger.reserve(Map.of(address("192.0.2.200"), new Reservation("Node b", Set.of())));
        assertThat(text(allocate(data, new Wish(has, List.of(), List.of(Family.IPV4), FamilyPolicy.SINGLE_STACK))))
                .isEqualTo("192.0.2.8");
    }

    @Test
    void ofTwoWithOneAddressTheYoungerGetsAnother() {
        // given
        Claim older = claim("older", HTTP, false, new Grant(address("192.0.2.8"), Reason.POOL));
        Claim younger = claim("younger", HTTPS, false, new Grant(address("192.0.2.8"), Reason.POOL));
        ledger.put(younger);
        ledger.put(older);
        Map<String, String> data = Map.of("cidr-global", "192.0.2.8/29");
        // then
        assertThat(text(allocate(data, new Wish(older, List.of(), List.of(), FamilyPolicy.SINGLE_STACK))))
                .isEqualTo("192.0.2.8");
        assertThat(text(allocate(data, new Wish(younger, List.of(), List.of(), FamilyPolicy.SINGLE_STACK))))
                .isEqualTo("192.0.2.9");
    }

    @Test
    void whatIsGivenBackIsHandedOutAgain() {
        use("192.0.2.8", "192.0.2.9", "192.0.2.10", "192.0.2.11");
        Map<String, String> data = Map.of("cidr-global", "192.0.2.8/30");
        assertThat(text(allocate(data, FamilyPolicy.SINGLE_STACK))).isEqualTo("exhausted cidr-global IPv4");
        ledger.remove(new ServiceId("default", "of-192.0.2.10"));
        assertThat(text(allocate(data, FamilyPolicy.SINGLE_STACK))).isEqualTo("192.0.2.10");
        assertThat(ledger.used(((io.vipkeeper.pool.Supply.Pool) Pools.read(data).of("default")).ipv4(), Family.IPV4))
                .isEqualTo(3);
    }

    @ParameterizedTest(name = "with sharing: {0}, in order: {1}")
    @CsvSource({"false, true", "false, false", "true, true", "true, false"})
    void anAllocationAmongFiveThousandServicesCostsAsMuchAsASearchInATree(boolean sharing, boolean fragmented) {
        // given 5,000 Services with port 80 in a /16, maybe with every third gone again
        AtomicLong steps = new AtomicLong();
        Comparator<Address> counted = (one, other) -> {
            steps.incrementAndGet();
            return one.compareTo(other);
        };
        Ledger large = new Ledger(counted);
        Allocator allocator = new Allocator(large);
        Pools pools = Pools.read(
                Map.of("cidr-global", "198.18.0.0/16,2001:db8::/64", "allow-share-global", String.valueOf(sharing)));
        List<Family> both = List.of(Family.IPV4, Family.IPV6);
        long most = 0;
        for (int i = 0; i < 5_000; i++) {
            Claim claim = claim("s" + i, HTTP, sharing);
            Wish wish = new Wish(claim, List.of(), both, FamilyPolicy.REQUIRE_DUAL_STACK);
            steps.set(0);
            // when
            Allocation allocation = allocator.allocate(wish, pools);
            large.put(claim(
                    "s" + i,
                    HTTP,
                    sharing,
                    ((Allocation.Allocated) allocation).grants().toArray(Grant[]::new)));
            most = Math.max(most, steps.get());
            if (fragmented && i % 3 == 2) {
                large.remove(new ServiceId("default", "s" + (i - 1)));
            }
        }
        // then the two searches and the entry of what was found took but a few comparisons for each halving
        assertThat(most).isLessThan(200);
    }
}
