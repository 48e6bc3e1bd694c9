package io.vipkeeper.kubernetes;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.vipkeeper.kubernetes.ApiServers.Evidence;
import io.vipkeeper.kubernetes.ApiServers.Move;

import static org.assertj.core.api.Assertions.assertThat;

class ApiServersTest {
    private static final ApiServer HOME = server("127.0.0.1");
    private static final ApiServer SECOND = server("192.0.2.12");
    private static final ApiServer THIRD = server("192.0.2.13");
    private static final Access.Credentials VERIFIED = new Access.Credentials(false, "an authority", "", "", "");

    private long now = Long.MAX_VALUE - Duration.ofSeconds(3).toNanos();
    private final ApiServers servers = new ApiServers(() -> now);

    private static ApiServer server(String address) {
        return new ApiServer(true, Addresses.literal(address).orElseThrow(), 6443, "kubernetes", "");
    }

    private ApiServer chosen() {
        return servers.choose(new Access.Ready(HOME, VERIFIED, "somebody")).server();
    }

    private void know(ApiServer... others) {
        chosen();
        servers.know(List.of(others));
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    /** Answers each second. */
    private void wellFor(ApiServer server, int seconds) {
        for (int i = 0; i <= seconds; i++) {
            servers.report(server, Evidence.WELL);
            pass(i < seconds ? Duration.ofSeconds(1) : Duration.ZERO);
        }
    }

    @Test
    void aRequestThatFailsSendsTheNextToAnotherServer() {
        // given
        know(SECOND, THIRD);

        // when
        Optional<Move> move = servers.report(HOME, Evidence.REQUEST_FAILED);

        // then
        assertThat(move).contains(new Move(HOME, SECOND, false));
        assertThat(chosen()).isEqualTo(SECOND);
        assertThat(servers.atHome()).isFalse();
    }

    @Test
    void oneProbeThatFailsIsChanceAndTwoInARowAreNot() {
        // given
        know(SECOND);

        // when and then
        servers.report(HOME, Evidence.PROBE_FAILED);
        servers.report(HOME, Evidence.WELL);
        servers.report(HOME, Evidence.PROBE_FAILED);
        assertThat(chosen()).isEqualTo(HOME);
        servers.report(HOME, Evidence.PROBE_FAILED);
        assertThat(chosen()).isEqualTo(SECOND);
    }

    @Test
    void oneThatIsKnownToBeWellIsPreferredToOneThatIsKnownToBeIll() {
        // given
        know(SECOND, THIRD);
        servers.report(SECOND, Evidence.REQUEST_FAILED);

        // when
        servers.report(HOME, Evidence.REQUEST_FAILED);

        // then
        assertThat(chosen()).isEqualTo(THIRD);
    }

    @Test
    void whenAllAreIllRequestsStayUntilOneIsWell() {
        // given
        know(SECOND, THIRD);
        servers.report(SECOND, Evidence.REQUEST_FAILED);
        servers.report(THIRD, Evidence.REQUEST_FAILED);
        servers.report(HOME, Evidence.REQUEST_FAILED);
        assertThat(chosen()).isEqualTo(HOME);

        // when
        servers.report(THIRD, Evidence.WELL);

        // then
        assertThat(chosen()).isEqualTo(THIRD);
    }

    @Test
    void requestsComeHomeWhenTheFirstServerHasBeenWellForASecond() {
        // given
        know(SECOND);
        servers.report(HOME, Evidence.REQUEST_FAILED);

        // when and then
        servers.report(HOME, Evidence.WELL);
        pass(Duration.ofMillis(900));
        servers.report(HOME, Evidence.PROBE_FAILED);
        servers.report(HOME, Evidence.WELL);
        pass(Duration.ofMillis(900));
        servers.report(HOME, Evidence.WELL);
        assertThat(chosen()).as("not well without a break").isEqualTo(SECOND);
        pass(Duration.ofMillis(100));
        assertThat(servers.report(HOME, Evidence.WELL)).contains(new Move(SECOND, HOME, true));
        assertThat(chosen()).isEqualTo(HOME);
    }

    @Test
    void aFirstServerThatAnswersProbesAndFailsRequestsIsReturnedToMoreAndMoreSeldom() {
        // given
        know(SECOND);
        servers.report(HOME, Evidence.REQUEST_FAILED);
        wellFor(HOME, 1);
        assertThat(chosen()).isEqualTo(HOME);

        // when
        servers.report(HOME, Evidence.REQUEST_FAILED);

        // then
        wellFor(HOME, 1);
        assertThat(chosen()).isEqualTo(SECOND);
        pass(Duration.ofSeconds(1));
        servers.report(HOME, Evidence.WELL);
        assertThat(chosen()).isEqualTo(HOME);
    }

    @Test
    void anotherServerThatFailsIsLeftForTheNextOne() {
        // given
        know(SECOND, THIRD);
        servers.report(HOME, Evidence.REQUEST_FAILED);

        // when
        servers.report(SECOND, Evidence.REQUEST_FAILED);

        // then
        assertThat(chosen()).isEqualTo(THIRD);
    }

    @Test
    void aNodeThatLeavesTheControlPlaneIsNotAskedAnyMore() {
        // given
        know(SECOND, THIRD);
        servers.report(HOME, Evidence.REQUEST_FAILED);

        // when
        Optional<Move> move = servers.know(List.of(THIRD));

        // then
        assertThat(move).contains(new Move(SECOND, THIRD, false));
        assertThat(servers.report(SECOND, Evidence.WELL)).isEmpty();
        assertThat(chosen()).isEqualTo(THIRD);
    }

    @ParameterizedTest
    @CsvSource({"true, an authority", "false, ''"})
    void credentialsAreShownToNoServerThatNeedNotProveItself(boolean insecure, String authorities) {
        // given requests that go elsewhere
        know(SECOND);
        servers.report(HOME, Evidence.REQUEST_FAILED);
        assertThat(chosen()).isEqualTo(SECOND);

        // when the kubeconfig changes
        var credentials = new Access.Credentials(insecure, authorities, "", "", "Bearer t0ken");
        Access.Ready chosen = servers.choose(new Access.Ready(HOME, credentials, "somebody"));

        // then they come home and stay
        assertThat(chosen.server()).isEqualTo(HOME);
        assertThat(servers.report(HOME, Evidence.REQUEST_FAILED)).isEmpty();
        assertThat(servers.atHome()).isTrue();
        assertThat(servers.due()).isEmpty();
    }

    @Test
    void onlyThoseAreCheckedOfWhichNothingWasHeardLatelyAndOnlyIfThereIsAChoice() {
        // given
        chosen();
        assertThat(servers.due()).isEmpty();

        // when and then
        know(SECOND);
        assertThat(servers.due()).containsExactly(HOME, SECOND);
        servers.report(HOME, Evidence.WELL);
        servers.report(SECOND, Evidence.WELL);
        pass(Duration.ofMillis(999));
        assertThat(servers.due()).isEmpty();
        pass(Duration.ofMillis(1));
        assertThat(servers.due()).containsExactly(HOME);
        pass(Duration.ofSeconds(4));
        assertThat(servers.due()).containsExactly(HOME, SECOND);
    }

    @Test
    void anotherServerIsCheckedAsOftenAsTheFirstWhileRequestsGoThere() {
        // given
        know(SECOND, THIRD);
        servers.report(SECOND, Evidence.WELL);
        servers.report(THIRD, Evidence.WELL);

        // when
        servers.report(HOME, Evidence.REQUEST_FAILED);
        pass(Duration.ofSeconds(1));

        // then
        assertThat(chosen()).isEqualTo(SECOND);
        assertThat(servers.due()).containsExactly(HOME, SECOND);
    }
}
