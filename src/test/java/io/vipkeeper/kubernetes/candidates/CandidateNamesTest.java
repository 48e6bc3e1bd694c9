package io.vipkeeper.kubernetes.candidates;

import java.util.HashSet;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.vipkeeper.config.Options;
import io.vipkeeper.kubernetes.LeaseName;

import static org.assertj.core.api.Assertions.assertThat;

final class CandidateNamesTest {

    private static CandidateNames names(String election) {
        return new CandidateNames(new LeaseName("kube-system", election));
    }

    private static String lease(String election, String node) {
        return names(election).leaseOf(node).map(LeaseName::toString).orElse("none");
    }

    @ParameterizedTest(name = "{0} on {1}")
    @CsvSource({
        "plndr-cp-lock, node-1, kube-system/vipkeeper-node-1",
        "plndr-cp-lock, Node-1.Example, kube-system/vipkeeper-node-1.example",
        "vip-b, node-1, kube-system/vipkeeper.vip-b.node-1"
    })
    void theNodesNameIsInIt(String election, String node, String lease) {
        assertThat(lease(election, node)).isEqualTo(lease);
    }

    @Test
    void theDefaultIsTheOneOfTheConfiguration() {
        String election = Options.all().stream()
                .filter(option -> option.env().equals("vip_leasename"))
                .findFirst()
                .orElseThrow()
                .defaultValue();
        assertThat(lease(election, "a")).isEqualTo("kube-system/vipkeeper-a");
    }

    @Test
    void noTwoElectionsOrNodesShareALease() {
        // given names that would be the same if they were only put one behind the other
        Set<String> all = new HashSet<>();
        String[][] pairs = {
            {"plndr-cp-lock", "a.b"},
            {"plndr-cp-lock", "a-b"},
            {"a", "b"},
            {"a.b", "c"},
            {"a", "b.c"},
            {"a-b", "c"},
            {"x".repeat(70) + "1", "a"},
            {"x".repeat(70) + "2", "a"},
            {"a", "plndr-cp-lock"}
        };
        for (String[] pair : pairs) {
            assertThat(all.add(lease(pair[0], pair[1])))
                    .as(pair[0] + " " + pair[1])
                    .isTrue();
        }
        assertThat(all).doesNotContain("none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a_b", "a b", "a..b", "a/b", "-", "näme", "a-"})
    void aNameThatIsNoneInDnsMakesNoLease(String node) {
        assertThat(lease("plndr-cp-lock", node)).isEqualTo("none");
    }

    @Test
    void aNameThatIsTooLongMakesNoLease() {
        assertThat(lease("plndr-cp-lock", "a".repeat(243))).isNotEqualTo("none");
        assertThat(lease("plndr-cp-lock", "a".repeat(244))).isEqualTo("none");
    }

    @Test
    void labelsKeepTheirLimit() {
        assertThat(names("vip.b").labels())
                .containsEntry("app.kubernetes.io/name", "vipkeeper")
                .containsEntry("vipkeeper.io/lease", "vip.b");
        assertThat(names("x".repeat(63)).labels()).containsEntry("vipkeeper.io/lease", "x".repeat(63));
        assertThat(names("x".repeat(64)).labels().get("vipkeeper.io/lease"))
                .hasSizeLessThanOrEqualTo(63)
                .matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
    }
}
