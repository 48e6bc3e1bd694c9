package io.vipkeeper.cli;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.vipkeeper.observe.Statuses;

import static org.assertj.core.api.Assertions.assertThat;

class CandidateConditionTest {
    private static final long SECOND = 1_000_000_000L;

    private final List<CandidateCondition.Condition> told = new ArrayList<>();
    private final CandidateCondition condition = new CandidateCondition(() -> "nftables", told::add);

    @Test
    void whatHasLastedTwoSecondsIsToldOnce() {
        // when
        for (long second = 0; second < 10; second++) {
            condition.turned(Statuses.follower(true, second * SECOND));
        }

        // then
        assertThat(told).containsExactly(new CandidateCondition.Condition("ready", "nftables"));
    }

    @Test
    void whatFlapsIsNotTold() {
        for (long tenth = 0; tenth < 100; tenth++) {
            condition.turned(Statuses.follower(tenth % 2 == 0, tenth * SECOND / 10));
        }

        assertThat(told).isEmpty();
    }

    @Test
    void aChangeIsToldWithItsReason() {
        condition.turned(Statuses.follower(true, 0));
        condition.turned(Statuses.follower(true, 2 * SECOND));
        condition.turned(Statuses.follower(false, 3 * SECOND));
        condition.turned(Statuses.follower(false, 5 * SECOND));

        assertThat(told)
                .extracting(CandidateCondition.Condition::text)
                .containsExactly("ready", "the API server gives no usable answer");
    }
}
