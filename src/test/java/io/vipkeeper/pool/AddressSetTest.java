package io.vipkeeper.pool;

import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What spans a .0 is of RFC 2544's network. */
class AddressSetTest {

    private static Address address(String text) {
        return Address.parse(text).orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"192.0.2.1", "198.51.100.254", "2001:db8::1", "2001:db8:0:0:1::", "2001:db8::ffff:ffff:ffff:ffff"
            })
    void anAddressIsReadAndWrittenAlike(String text) {
        Address address = address(text);
        assertThat(Address.of(address.inet())).isEqualTo(address);
        assertThat(Address.parse(address.toString())).contains(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "192.0.2",
                "192.0.2.1.",
                "192.0.2.256",
                "192.0.2.01",
                "0x7f.1",
                "192.0.2.1 ",
                "localhost",
                "2001:db8::1%eth0",
                "2001:db8:::1",
                ":",
                "::1::",
                "[2001:db8::1]",
                "2001:db8::g",
                "vip.example:80"
            })
    void whatIsNoAddressIsNone(String text) {
        assertThat(Address.parse(text)).isEmpty();
    }

    @Test
    void whatIsHandedOutInOrderStaysOneSpan() {
        // given addresses across the end of a /24 and across 64 bits
        AddressSet set = new AddressSet();
        for (String text : new String[] {"198.18.0.254", "198.18.1.1", "198.18.0.253", "198.18.1.2"}) {
            set.add(address(text));
        }
        set.add(address("2001:db8::ffff:ffff:ffff:ffff"));
        set.add(address("2001:db8:0:1::"));
        // then
        assertThat(set).hasToString("198.18.0.253-198.18.1.2,2001:db8::ffff:ffff:ffff:ffff-2001:db8:0:1::");
        // when one in the middle goes
        set.remove(address("198.18.1.1"));
        // then
        assertThat(set)
                .hasToString(
                        "198.18.0.253-198.18.0.254,198.18.1.2-198.18.1.2,2001:db8::ffff:ffff:ffff:ffff-2001:db8:0:1::");
        assertThat(set.notIn(address("198.18.0.253"), SearchOrder.ASCENDING)).contains(address("198.18.1.1"));
        assertThat(set.notIn(address("198.18.1.2"), SearchOrder.DESCENDING)).contains(address("198.18.1.1"));
    }

    @Test
    void behindTheLastAddressThereIsNone() {
        AddressSet set = new AddressSet();
        set.add(new Address(false, 0, 0xffff_fffeL));
        set.add(new Address(true, -1, -1));
        assertThat(set.notIn(new Address(false, 0, 0xffff_fffeL), SearchOrder.ASCENDING))
                .isEmpty();
        assertThat(set.notIn(new Address(true, -1, -1), SearchOrder.ASCENDING)).isEmpty();
    }

    @Test
    void itDoesWhatASetOfAllAddressesDoes() {
        // given
        long seed = System.nanoTime();
        Random random = new Random(seed);
        AddressSet set = new AddressSet();
        TreeSet<Address> reference = new TreeSet<>();
        for (int i = 0; i < 5_000; i++) {
            // when, around the borders of three /24
            Address at = new Address(false, 0, 0xc6120080L + random.nextInt(400));
            if (random.nextInt(5) < 3) {
                set.add(at);
                if (at.isUsable()) {
                    reference.add(at);
                }
            } else {
                set.remove(at);
                reference.remove(at);
            }
            // then
            Address from = usable(new Address(false, 0, 0xc6120080L + random.nextInt(400)));
            assertThat(set.contains(from)).as("seed %d", seed).isEqualTo(reference.contains(from));
            assertThat(set.in(from, SearchOrder.ASCENDING))
                    .as("seed %d", seed)
                    .isEqualTo(Optional.ofNullable(reference.ceiling(from)));
            assertThat(set.in(from, SearchOrder.DESCENDING))
                    .as("seed %d", seed)
                    .isEqualTo(Optional.ofNullable(reference.floor(from)));
            assertThat(set.notIn(from, SearchOrder.ASCENDING))
                    .as("seed %d", seed)
                    .contains(firstMissing(reference, from, SearchOrder.ASCENDING));
            assertThat(set.notIn(from, SearchOrder.DESCENDING))
                    .as("seed %d", seed)
                    .contains(firstMissing(reference, from, SearchOrder.DESCENDING));
            assertThat(set.size()).as("seed %d", seed).isEqualTo(reference.size());
        }
    }

    private static Address usable(Address address) {
        return address.isUsable() ? address : address.nextUsable().orElseThrow();
    }

    private static Address firstMissing(TreeSet<Address> reference, Address from, SearchOrder way) {
        Address next = from;
        while (reference.contains(next)) {
            next = way.after(next).orElseThrow();
        }
        return next;
    }
}
