package io.vipkeeper.pool;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The ConfigMap of kube-vip-cloud-provider, and what is wrong with it. What spans a .0 is of RFC 2544's network. */
class PoolsTest {

    private static Supply.Pool pool(Map<String, String> data, String namespace) {
        return (Supply.Pool) Pools.read(data).of(namespace);
    }

    @ParameterizedTest(name = "{0} is {1} and {2}")
    @CsvSource(delimiter = '|', textBlock = """
        192.0.2.200/32                               | 192.0.2.200-192.0.2.200                         | ''
        192.0.2.200/30                               | 192.0.2.200-192.0.2.203                         | ''
        192.0.2.203/30                               | 192.0.2.200-192.0.2.203                         | ''
        192.0.2.10/24                                | 192.0.2.1-192.0.2.254                           | ''
        192.0.2.252/30                               | 192.0.2.252-192.0.2.254                         | ''
        192.0.2.200/30,192.0.2.200/29                | 192.0.2.200-192.0.2.207                         | ''
        192.0.2.200/30, 198.51.100.8/30              | 192.0.2.200-192.0.2.203,198.51.100.8-198.51.100.11 | ''
        192.0.2.10-192.0.2.10                        | 192.0.2.10-192.0.2.10                           | ''
        198.51.100.20-198.51.100.21,192.0.2.10-192.0.2.11 | 192.0.2.10-192.0.2.11,198.51.100.20-198.51.100.21 | ''
        192.0.2.10-192.0.2.11,192.0.2.10-192.0.2.13  | 192.0.2.10-192.0.2.13                           | ''
        192.0.2.10-192.0.2.11,192.0.2.12-192.0.2.13  | 192.0.2.10-192.0.2.13                           | ''
        2001:db8::10/127                             | ''                                              | 2001:db8::10-2001:db8::11
        2001:db8::10/127,2001:db8::fe/127            | ''                                              | 2001:db8::10-2001:db8::11,2001:db8::fe-2001:db8::ff
        2001:db8::10/126,2001:db8::12/127            | ''                                              | 2001:db8::10-2001:db8::13
        2001:db8::ffff-2001:db8::1:3                 | ''                                              | 2001:db8::ffff-2001:db8::1:3
        2001:db8::/64                                | ''                                              | 2001:db8::-2001:db8::ffff:ffff:ffff:ffff
        192.0.2.200/30,2001:db8::10/127              | 192.0.2.200-192.0.2.203                         | 2001:db8::10-2001:db8::11
        2001:db8::10-2001:db8::14,192.0.2.8/31       | 192.0.2.8-192.0.2.9                             | 2001:db8::10-2001:db8::14
        """)
    void cidrsAndRangesOfBothFamiliesMakeAPool(String value, String ipv4, String ipv6) {
        // given a pool under either key: what is a CIDR is told by its slash
        for (String key : new String[] {"cidr-global", "range-global"}) {
            // when
            Supply.Pool pool = pool(Map.of(key, value), "default");
            // then
            assertThat(pool.ipv4()).hasToString(ipv4);
            assertThat(pool.ipv6()).hasToString(ipv6);
        }
        assertThat(Pools.read(Map.of("cidr-global", value)).faults()).isEmpty();
    }

    @ParameterizedTest(name = "of {0} the ends are left out: {1}")
    @CsvSource(delimiter = '|', textBlock = """
        192.0.2.200/30                 | 192.0.2.201-192.0.2.202
        192.0.2.200/31                 | 192.0.2.200-192.0.2.201
        192.0.2.200/32                 | 192.0.2.200-192.0.2.200
        192.0.2.200/30,192.0.2.200/29  | 192.0.2.201-192.0.2.206
        192.0.2.200/30,192.0.2.204/30  | 192.0.2.201-192.0.2.206
        192.0.2.200/30,192.0.2.204/31  | 192.0.2.201-192.0.2.202,192.0.2.204-192.0.2.205
        192.0.2.8-192.0.2.11           | 192.0.2.8-192.0.2.11
        """)
    void endsOfBlocksAreSkippedWhereTheConfigMapSaysSo(String value, String left) {
        Supply.Pool pool = pool(Map.of("cidr-global", value, "skip-end-ips-in-cidr", "true"), "default");
        assertThat(pool.ipv4()).hasToString(left);
    }

    @Test
    void endsOfIpv6BlocksStay() {
        Supply.Pool pool = pool(Map.of("cidr-global", "2001:db8::10/127", "skip-end-ips-in-cidr", "true"), "default");
        assertThat(pool.ipv6()).hasToString("2001:db8::10-2001:db8::11");
    }

    @ParameterizedTest(name = "with {0} the namespace \"web\" is served by {1}")
    @CsvSource(delimiter = '|', textBlock = """
        cidr-web cidr-global range-web range-global | cidr-web
        cidr-global range-web range-global          | cidr-global
        range-web range-global                      | range-web
        range-global cidr-shop                      | range-global
        """)
    void cidrsGoBeforeRangesAndTheNamespaceBeforeAll(String keys, String served) {
        Map<String, String> data =
                java.util.Arrays.stream(keys.split(" ")).collect(Collectors.toMap(key -> key, key -> "192.0.2.8/30"));
        assertThat(pool(data, "web").key()).isEqualTo(served);
    }

    @Test
    void rangesThatNobodyWillEverUseAreNamed() {
        Pools pools = Pools.read(Map.of("cidr-global", "192.0.2.8/30", "range-web", "192.0.2.20-192.0.2.29"));
        assertThat(pools.faults())
                .extracting(Fault::sentence)
                .containsExactly("The pool range-web is not used, since"
                        + " CIDRs go before ranges and cidr-global is there; write its addresses into cidr-web.");
        assertThat(pools.all()).extracting(Supply.Pool::key).containsExactly("cidr-global");
    }

    @Test
    void sharingAndInterfaceFollowTheNamespaceBeforeAll() {
        // given
        Map<String, String> data = Map.of(
                "cidr-global", "192.0.2.8/29",
                "allow-share-global", "true",
                "allow-share-web", "0",
                "interface-global", "eth1",
                "interface-shop", "eth2.7");
        // then
        assertThat(pool(data, "web").shared()).isFalse();
        assertThat(pool(data, "web").interfaceName()).contains("eth1");
        assertThat(pool(data, "shop").shared()).isTrue();
        assertThat(pool(data, "shop").interfaceName()).contains("eth2.7");
        assertThat(Pools.read(data).faults()).isEmpty();
    }

    @Test
    void onlyDescTurnsTheOrder() {
        assertThat(pool(Map.of("cidr-global", "192.0.2.8/29"), "web").order()).isEqualTo(SearchOrder.ASCENDING);
        assertThat(pool(Map.of("cidr-global", "192.0.2.8/29", "search-order", "desc"), "web")
                        .order())
                .isEqualTo(SearchOrder.DESCENDING);
        Map<String, String> wrong = Map.of("cidr-global", "192.0.2.8/29", "search-order", "down");
        assertThat(pool(wrong, "web").order()).isEqualTo(SearchOrder.ASCENDING);
        assertThat(Pools.read(wrong).faults())
                .containsExactly(new Fault(
                        "search-order",
                        "\"down\" of search-order says nothing and is not counted; write asc or desc."));
    }

    @Test
    void theUnspecifiedAddressAloneMeansDhcp() {
        assertThat(Pools.read(Map.of("cidr-web", "0.0.0.0/32")).of("web")).isEqualTo(new Supply.Dhcp("cidr-web"));
    }

    @Test
    void withoutAPoolTheSentenceSaysWhereToWriteOne() {
        assertThat(Pools.read(Map.of("cidr-shop", "192.0.2.8/29")).of("web"))
                .isEqualTo(new Supply.Nothing("No address pool is for the namespace web; write cidr-web, cidr-global,"
                        + " range-web or range-global into the ConfigMap."));
    }

    @ParameterizedTest(name = "\"{0}\" {1}")
    @CsvSource(delimiter = '|', textBlock = """
        192.0.2.300/24                 | is no CIDR; write it like 192.0.2.16/28 or 2001:db8::/120
        192.0.2.0/33                   | is no CIDR; write it like 192.0.2.16/28 or 2001:db8::/120
        192.0.2.0/-1                   | is no CIDR; write it like 192.0.2.16/28 or 2001:db8::/120
        192.0.2.010/29                 | is no CIDR; write it like 192.0.2.16/28 or 2001:db8::/120
        2001:db8::/129                 | is no CIDR; write it like 192.0.2.16/28 or 2001:db8::/120
        pool.example/24                | is no CIDR; write it like 192.0.2.16/28 or 2001:db8::/120
        192.0.2.7                      | is a single address; write 192.0.2.7/32
        2001:db8::7                    | is a single address; write 2001:db8::7/128
        192.0.2.9-192.0.2.7            | ends before it begins; write 192.0.2.7-192.0.2.9
        192.0.2.9-2001:db8::1          | begins in one family and ends in the other; write a range for each
        192.0.2.9-192.0.2.11-192.0.2.13 | is no range; write it like 192.0.2.10-192.0.2.20 or 2001:db8::10-2001:db8::20
        everything                     | is no range; write it like 192.0.2.10-192.0.2.20 or 2001:db8::10-2001:db8::20
        0.0.0.0/0                      | reaches into this network; write addresses of your network
        ::/0                           | reaches into the unspecified and the loopback address; write addresses of your network
        192.0.2.255/32                 | has no address to hand out, since those that end in .0 and .255 are left out
        0.0.0.0/32                     | asks for DHCP and has to stand alone
        """)
    void oneBadEntryIsNamedAndTheOthersCount(String entry, String what) {
        // given a bad entry between two good ones, and a good pool beside it
        Map<String, String> data = Map.of(
                "cidr-web", "192.0.2.16/30," + entry + ",2001:db8::20-2001:db8::21", "cidr-shop", "192.0.2.32/30");
        // when
        Pools pools = Pools.read(data);
        // then
        assertThat(pools.faults())
                .containsExactly(new Fault("cidr-web", "\"" + entry + "\" of cidr-web " + what + "."));
        assertThat(pool(data, "web").ipv4()).hasToString("192.0.2.16-192.0.2.19");
        assertThat(pool(data, "web").ipv6()).hasToString("2001:db8::20-2001:db8::21");
        assertThat(pool(data, "shop").ipv4()).hasToString("192.0.2.32-192.0.2.35");
    }

    @Test
    void aCommaTooManyIsNamed() {
        assertThat(Pools.read(Map.of("cidr-global", "192.0.2.16/30,")).faults())
                .extracting(Fault::sentence)
                .containsExactly("\"\" of cidr-global is empty; take the comma away, or write a CIDR or a range.");
    }

    @Test
    void otherValuesThatSayNothingAreNamed() {
        Pools pools = Pools.read(Map.of(
                "allow-share-web", "yes",
                "interface-web", "eth 0",
                "skip-end-ips-in-cidr", "1",
                "allow-shared-shop", "true",
                "note", "whatever somebody keeps here"));
        assertThat(pools.faults())
                .extracting(Fault::sentence)
                .containsExactlyInAnyOrder(
                        "\"yes\" of allow-share-web says nothing and is not counted; write true or false.",
                        "\"eth 0\" of interface-web says nothing and is not counted; write the name of an interface,"
                                + " like eth0.",
                        "\"1\" of skip-end-ips-in-cidr says nothing and is not counted; write true or false.",
                        "The key \"allow-shared-shop\" is not read; write allow-share-shop.");
    }

    @Test
    void hostileTextBecomesShortLines() {
        // given 10,000 entries with a line break each
        String value = IntStream.range(0, 10_000)
                .mapToObj(i -> "x".repeat(200) + "\n\u202e" + i)
                .collect(Collectors.joining(","));
        // when
        Pools pools = Pools.read(Map.of("cidr-global", value));
        // then
        assertThat(pools.faults()).hasSize(50).allSatisfy(fault -> assertThat(fault.sentence())
                .hasSizeLessThan(250)
                .doesNotContain("\n")
                .doesNotContain("\u202e"));
    }

    @ParameterizedTest(name = "{0} has {1} addresses")
    @CsvSource({
        "192.0.2.0/24, 254",
        "198.18.0.0/23, 508",
        "198.18.0.250-198.18.9.5, 0",
        "198.18.0.254-198.18.1.1, 2",
        "2001:db8::/120, 256",
        "2001:db8::/65, 9223372036854775807",
        "2001:db8::/64, 9223372036854775807",
        "2001:db8::/32, 9223372036854775807"
    })
    void aPoolKnowsItsSizeWithoutCounting(String value, long size) {
        Supply.Pool pool = pool(Map.of("cidr-global", value), "web");
        long expected = size == 0 ? reference(0xc61200faL, 0xc6120905L) : size;
        assertThat(Math.max(pool.ipv4().size(), pool.ipv6().size())).isEqualTo(expected);
    }

    private static long reference(long first, long last) {
        return java.util.stream.LongStream.rangeClosed(first, last)
                .filter(address -> (address & 0xff) != 0 && (address & 0xff) != 0xff)
                .count();
    }
}
