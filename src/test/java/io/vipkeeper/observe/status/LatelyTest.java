package io.vipkeeper.observe.status;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.vipkeeper.keeper.Observation;
import io.vipkeeper.lease.ApiFailure;
import io.vipkeeper.lease.RequestKind;
import io.vipkeeper.observe.Statuses;
import io.vipkeeper.observe.status.Lately.Kind;
import io.vipkeeper.observe.status.Lately.Trouble;

import static org.assertj.core.api.Assertions.assertThat;

class LatelyTest {
    private static final long SECOND = 1_000_000_000L;

    private final Lately lately = new Lately();

    @Test
    void claimsOfOneMachineAreCountedAndThoseOfAnotherAreAnother() {
        lately.observed(claim("02:00:5e:10:00:99"), 1);
        lately.observed(claim("02:00:5e:10:00:99"), 2);
        lately.observed(claim("02:00:5e:10:00:98"), 3);

        assertThat(lately.troubles(4))
                .containsExactly(
                        new Trouble(Kind.FOREIGN_CLAIM, "192.0.2.10/32", "02:00:5e:10:00:98", 3, 1),
                        new Trouble(Kind.FOREIGN_CLAIM, "192.0.2.10/32", "02:00:5e:10:00:99", 2, 2));
    }

    @Test
    void aTroubleIsForgottenAfterFiveMinutes() {
        lately.observed(claim("02:00:5e:10:00:99"), 0);

        assertThat(lately.troubles(299 * SECOND)).hasSize(1);
        assertThat(lately.troubles(300 * SECOND)).isEmpty();
    }

    @Test
    void aRequestWithoutAnAnswerIsForgottenWithTheNextAnswer() {
        lately.observed(new Observation.RequestFailed(RequestKind.RENEW, ApiFailure.TIMEOUT, "no answer"), 1);
        lately.observed(new Observation.KernelRefused(Statuses.VIP, "no such device"), 2);
        lately.turned(Statuses.follower(false, 3));
        assertThat(lately.troubles(3))
                .extracting(Trouble::what)
                .containsExactly("no such device", "TIMEOUT: no answer");

        lately.turned(Statuses.follower(true, 4));
        assertThat(lately.troubles(4)).extracting(Trouble::kind).containsExactly(Kind.KERNEL_REFUSED);
    }

    @Test
    void aFloodOfMachinesIsBounded() {
        for (int machine = 0; machine < 1_000; machine++) {
            lately.observed(claim("02:00:00:00:00:" + machine), machine);
        }

        List<Trouble> kept = lately.troubles(1_000);
        assertThat(kept).hasSize(16);
        assertThat(kept.getFirst().what()).endsWith(":999");
    }

    @Test
    void whatIsNoTroubleIsNotKept() {
        lately.observed(new Observation.LinkTurned(false), 1);
        lately.observed(new Observation.Renewed(5), 2);

        assertThat(lately.troubles(3)).isEmpty();
    }

    private static Observation claim(String mac) {
        return new Observation.ForeignClaim(Statuses.VIP, mac);
    }
}
