package io.vipkeeper.lease;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.vipkeeper.lease.Candidate.ME;
import static io.vipkeeper.lease.Candidate.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

class ElectorIdTest {

    @ParameterizedTest(name = "{0}/{1} with marks for {2} by {3} {4} is {5}")
    @CsvSource({
        "node-1, 4, node-1/4, machine-1, process-1, OWN",
        "node-1, 4, node-1/4, machine-1, process-0, PREVIOUS_LIFE",
        "node-1, 4, node-1/4, machine-9, process-1, TWIN",
        "node-1, 4, node-1/3, machine-1, process-1, NAMESAKE",
        "node-1, 4, node-2/4, machine-1, process-1, NAMESAKE",
        "node-1, 4, , , , NAMESAKE",
        "node-2, 4, node-2/4, machine-2, process-2, KEEPER",
        "node-2, 4, node-2/4, machine-1, process-1, KEEPER",
        "node-2, 5, node-2/4, machine-2, process-2, FOREIGN",
        "node-2, 4, node-1/3, machine-1, process-1, FOREIGN",
        "node-2, 4, , , , FOREIGN",
        "'', 4, /4, machine-2, process-2, FREED_BY_KEEPER",
        "'', 4, node-1/4, machine-1, process-1, FREED",
        "'', 5, /4, machine-2, process-2, FREED",
        "'', 4, , , , FREED",
        "node-1/1, 4, node-1/14, machine-1, process-1, FOREIGN",
        "NODE-1, 4, NODE-1/4, machine-1, process-1, KEEPER",
        "node-1, -1, node-1/-1, machine-1, process-1, OWN",
    })
    void marksCountOnlyForTheHolderAndTransitionThatTheyCameWith(
            String holder, int transitions, String writtenFor, String machine, String process, Kinship kinship) {
        // given
        Map<String, String> marks = new HashMap<>();
        put(marks, ElectorId.WRITTEN_FOR, writtenFor);
        put(marks, ElectorId.MACHINE, machine);
        put(marks, ElectorId.PROCESS, process);
        marks.put(ElectorId.RENEWED, "r");
        // when, then
        assertThat(ME.kinship(new LeaseRecord("1", holder, 15, transitions, "a", "r", marks)))
                .isEqualTo(kinship);
    }

    @Test
    void marksThatSomebodyElsesRenewalOutdatedCountNoLonger() {
        // given
        LeaseRecord own = new LeaseRecord("1", "node-1", 15, 4, "a", "r", marksOf(ME, "node-1", "r"));
        LeaseRecord renewed = new LeaseRecord("2", "node-1", 15, 4, "a", "later", own.annotations());
        // when, then
        assertThat(ME.kinship(own)).isEqualTo(Kinship.OWN);
        assertThat(ME.kinship(renewed)).isEqualTo(Kinship.NAMESAKE);
    }

    @Test
    void anotherNodesMarksThatWereOutdatedLeaveAForeignElector() {
        // given: the same node with another program now
        LeaseRecord renewed = new LeaseRecord("2", "node-2", 15, 4, "a", "later", marksOf(OTHER, "node-2", "r"));
        // when, then
        assertThat(ME.kinship(renewed)).isEqualTo(Kinship.FOREIGN);
    }

    private static Map<String, String> marksOf(ElectorId elector, String holder, String renewed) {
        Map<String, String> marks = new HashMap<>(elector.marks(holder, 4, 7, List.of()));
        marks.put(ElectorId.RENEWED, renewed);
        return marks;
    }

    private static void put(Map<String, String> marks, String name, String value) {
        if (value != null) {
            marks.put(name, value);
        }
    }
}
