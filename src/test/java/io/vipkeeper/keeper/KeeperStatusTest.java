package io.vipkeeper.keeper;

import java.util.Map;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.vipkeeper.keeper.KeeperStatus.Role;

import static org.assertj.core.api.Assertions.assertThat;

class KeeperStatusTest {

    @ParameterizedTest(name = "{0} link {1} twin {2} forbidden {3} lease known {4} api {5}: {6}")
    @CsvSource({
        "FOLLOWER, true, false, false, true, true, true",
        "HOLDER, true, false, false, true, true, true",
        "LEAVING, true, false, false, true, true, true",
        "STOPPING, true, false, false, true, true, false",
        "FOLLOWER, false, false, false, true, true, false",
        "FOLLOWER, true, true, false, true, true, false",
        "FOLLOWER, true, false, true, true, true, false",
        "FOLLOWER, true, false, false, false, true, false",
        "FOLLOWER, true, false, false, true, false, false",
    })
    void whoLacksAnyOfItCouldNotHold(
            Role role, boolean link, boolean twin, boolean forbidden, boolean known, boolean api, boolean could) {
        assertThat(new KeeperStatus(
                                role, "", 0, 0, Map.of(), link, twin, forbidden, known, api, KeeperStatus.Fast.NONE, 0)
                        .couldHold())
                .isEqualTo(could);
    }
}
