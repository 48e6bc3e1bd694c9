package io.vipkeeper.vip;

import java.net.InetAddress;
import java.net.UnknownHostException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class VirtualIpTest {

    /** RFC 5952 section 4: no leading zeros, the first longest run of zeros shortened, no single one, lower case. */
    @ParameterizedTest
    @CsvSource({
        "192.0.2.10, 192.0.2.10/32",
        "2001:db8:0:0:0:0:0:10, 2001:db8::10/128",
        "2001:0DB8::00AB, 2001:db8::ab/128",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1/128",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1/128",
        "2001:db8:1:0:0:1:0:0, 2001:db8:1::1:0:0/128",
        "2001:db8:0:0:1:0:0:0, 2001:db8:0:0:1::/128",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:2:3:4:5:6/128",
        "::1, ::1/128",
        "::, ::/128"
    })
    void anAddressIsWrittenInItsCanonicalForm(String address, String text) throws UnknownHostException {
        assertThat(VirtualIp.host(InetAddress.getByName(address))).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource({"192.0.2.10, 0", "192.0.2.10, 33", "192.0.2.10, -1", "2001:db8::10, 0", "2001:db8::10, 129"})
    void aPrefixThatTheFamilyDoesNotHaveIsRefused(String address, int prefix) throws UnknownHostException {
        InetAddress parsed = InetAddress.getByName(address);
        assertThatThrownBy(() -> new VirtualIp(parsed, prefix))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("prefix " + prefix);
    }
}
