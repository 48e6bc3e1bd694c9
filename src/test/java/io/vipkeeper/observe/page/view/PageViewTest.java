package io.vipkeeper.observe.page.view;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import io.vipkeeper.keeper.KeeperStatus.Role;
import io.vipkeeper.keeper.Observation.Path;
import io.vipkeeper.lease.LossReason;
import io.vipkeeper.observe.page.Documents;

import static org.assertj.core.api.Assertions.assertThat;

class PageViewTest {

    @Test
    void aHolderIsNamedWithItsAddressAndSinceWhen() {
        Now now = view(Documents.holder()).now();

        assertThat(now.subject() + " " + now.verb() + " " + now.vips()).isEqualTo("cp-1 holds 192.0.2.10");
        assertThat(now.here()).isTrue();
        assertThat(now.since()).isEqualTo("11:58:02");
        assertThat(now.age()).isEqualTo("6 min 28 s");
        assertThat(now.verdict().sentence()).isEqualTo("Nothing is wrong here: 2 other candidates are ready.");
        assertThat(now.title()).isEqualTo("✓ cp-1 holds 192.0.2.10 · vipkeeper");
    }

    @Test
    void anotherMachineWithTheAddressIsNamedForAMinute() {
        assertThat(claimed(60).level()).isEqualTo(Verdict.Level.TROUBLE);
        assertThat(claimed(60).sentence())
                .isEqualTo(
                        "Another machine, 02:00:5e:10:00:99, claims 192.0.2.10: find it by that MAC address and remove the"
                                + " address there.");
        assertThat(claimed(61).level()).isEqualTo(Verdict.Level.WELL);
    }

    private static Verdict claimed(long secondsAgo) {
        return view(with(json -> json.putArray("troubles")
                        .addObject()
                        .put("kind", "FOREIGN_CLAIM")
                        .put("about", "192.0.2.10")
                        .put("what", "02:00:5e:10:00:99")
                        .put("secondsAgo", secondsAgo)))
                .now()
                .verdict();
    }

    @Test
    void aCertificateThatEndsSoonIsSaid() {
        assertThat(certificate(Duration.ofDays(2)).sentence())
                .isEqualTo(
                        "The certificate for the API server ends in 2 d 0 h: renew it with kubeadm certs renew all.");
        assertThat(certificate(Duration.ofHours(-1)).sentence()).contains("ended 1 h 0 min ago");
        assertThat(certificate(Duration.ofDays(14)).level()).isEqualTo(Verdict.Level.WELL);
    }

    private static Verdict certificate(Duration left) {
        return view(with(json ->
                        json.put("certificateEnds", Documents.NOW.plus(left).toString())))
                .now()
                .verdict();
    }

    @Test
    void aPageBeforeTheFirstStepSaysSo() {
        PageView page = PageView.of(Optional.empty(), Documents.NOW);

        assertThat(page.now().verdict().sentence()).isEqualTo("The keeper has made no step so far.");
        assertThat(page.candidates()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void everyRoleHasAHeadline(Role role) {
        PageView page = view(with(json -> json.put("role", role.name())));

        assertThat(page.now().subject()).isEqualTo("cp-1");
        assertThat(page.now().verb()).isNotEmpty();
        assertThat(page.now().verdict().sentence()).endsWith(".");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FOLLOWER | '' | true | true | true | '' | TROUBLE | Nobody holds, as far as this node knows; it should take over any moment.",
                "FOLLOWER | '' | true | true | true | a | TROUBLE | Nobody holds, as far as this node knows, and it cannot take over: a.",
                "FOLLOWER | x | true | true | true | a | LOOK | This node could not take over now: a.",
                "HOLDER | x | true | true | true | a | LOOK | This node holds, but: a.",
                "HOLDER | x | false | true | true | '' | TROUBLE | This node holds, but 192.0.2.10 is not on its interface.",
                "HOLDER | x | true | false | true | '' | LOOK | This node is well, but hears nothing of cp-3.",
                "HOLDER | x | true | true | false | '' | LOOK | This node is well, but this could not take over now: cp-3.",
                "FOLLOWER | x | false | true | true | '' | WELL | Nothing is wrong here: this node could take over."
            })
    void oneSentenceSaysWhatIsWrong(
            String role,
            String holder,
            boolean bound,
            boolean heard,
            boolean ready,
            String hindrance,
            Verdict.Level level,
            String sentence) {
        // given
        ObjectNode json = with(status -> status.put("role", role).put("holder", holder));
        ((ObjectNode) json.path("vips").get(0)).put("bound", bound);
        ((ObjectNode) json.path("peers").get(1)).put("heard", heard).put("ready", ready);
        if (!hindrance.isEmpty()) {
            json.withArray("hindrances").add(hindrance);
        }

        // then
        assertThat(view(json).now().verdict()).isEqualTo(new Verdict(level, sentence));
    }

    @Test
    void aHolderThatHearsNoMajorityIsToldThatAFailoverWaitsForTheLease() {
        ObjectNode json = with(status -> status.path("peers").forEach(peer -> ((ObjectNode) peer).put("heard", false)));

        assertThat(view(json).now().verdict().sentence())
                .isEqualTo("This node is well, but hears nothing of cp-2 and cp-3: without a majority there is no fast"
                        + " path, and a failover waits for the Lease.");
    }

    @Test
    void aFastPathThatIsAboutToComeIsToldFromAMissingOne() {
        ObjectNode json = with(status -> status.putObject("fast").putArray("members"));
        assertThat(view(json).now().verdict().level()).isEqualTo(Verdict.Level.LOOK);
        assertThat(view(json).now().verdict().sentence())
                .startsWith("This node holds, but no majority stands behind it");

        json.withObject("/fast").put("coming", true);
        assertThat(view(json).now().verdict())
                .isEqualTo(new Verdict(
                        Verdict.Level.WELL,
                        "Nothing is wrong here: 2 other candidates are ready, and the fast path is about to come."));
        assertThat(view(json).guard()).contains(new Row("Fast path", "about to come: this holder asks its majority"));
    }

    @Test
    void aKeeperThatHangsIsTheFirstThingToKnow() {
        assertThat(view(with(json -> json.put("live", false).put("millisSinceLastStep", 7_200)))
                        .now()
                        .verdict()
                        .sentence())
                .isEqualTo("The keeper on this node has made no step for 7 s: all of this may be old.");
    }

    @Test
    void candidatesStandByNameWithTheirPromises() {
        List<Candidate> all = view(Documents.holder()).candidates();

        assertThat(all).extracting(Candidate::name).containsExactly("cp-1", "cp-2", "cp-3");
        assertThat(all).extracting(Candidate::holds).containsExactly(true, false, false);
        assertThat(all).extracting(Candidate::promise).containsExactly("", "200 ms", "125 ms");
        assertThat(all).extracting(Candidate::share).containsExactly(0, 80, 50);
    }

    @Test
    void aHolderThatTakesNoPartStandsAmongThemAllTheSame() {
        List<Candidate> all = view(with(json -> json.put("role", "FOLLOWER").put("holder", "kube-vip-1")))
                .candidates();

        assertThat(all).hasSize(4);
        assertThat(all.getLast().name()).isEqualTo("kube-vip-1");
        assertThat(all.getLast().state()).isEqualTo("not among the candidates");
    }

    @Test
    void aMoveOpensIntoStagesThatLieBehindEachOther() {
        Entry move = view(Documents.holder()).entries().getFirst();

        assertThat(move.who()).isEqualTo("cp-1");
        assertThat(move.why()).isEqualTo("after cp-3: a majority had heard nothing of the holder");
        assertThat(move.took()).isEqualTo("260 ms");
        assertThat(move.stages())
                .extracting(Stage::name)
                .containsExactly("silence", "votes", "swap", "bind", "announce");
        assertThat(move.stages()).extracting(Stage::ends).containsExactly(250.0, 252.0, 258.0, 259.5, 260.0);
        assertThat(move.stages().getFirst().width()).isEqualTo("96.15");
        assertThat(move.stages().getFirst().left()).isEqualTo("0.00");
    }

    @Test
    void whoHeldElsewhereIsOnTheTimeLineOnceWithoutStages() {
        List<Entry> entries = view(Documents.holder()).entries();

        assertThat(entries).extracting(Entry::who).containsExactly("cp-1", "cp-3");
        assertThat(entries.getLast().stages()).isEmpty();
        assertThat(entries.getLast().time()).isEqualTo("2026-01-01 10:00:00");
    }

    @ParameterizedTest
    @EnumSource(Path.class)
    void everyWayToHoldHasItsWords(Path path) {
        ObjectNode json = with(status -> ((ObjectNode) status.path("moves").get(0)).put("path", path.name()));

        assertThat(view(json).entries().getFirst().why()).startsWith("after cp-3: ");
    }

    @ParameterizedTest
    @EnumSource(LossReason.class)
    void everyLossHasItsWords(LossReason reason) {
        // given
        ObjectNode json = Documents.holder();
        ((ObjectNode) json.path("moves").get(0))
                .putObject("lost")
                .put("at", "2026-01-02T12:00:00Z")
                .put("reason", reason.name())
                .put("heldMillis", 118_000);

        // then
        assertThat(view(json).entries().getFirst().end()).startsWith("Held for 1 min 58 s, until 12:00:00: ");
    }

    @Test
    void answersAreDrawnOnTheScaleOfTheSlowestAndFailuresApart() {
        Server server = view(Documents.holder()).servers().getFirst();

        assertThat(server.line()).isEqualTo("227.8,24.0 231.9,8.0 240.0,16.0");
        assertThat(server.failures()).containsExactly("235.9");
        assertThat(server.middle()).isEqualTo("6.0 ms");
        assertThat(server.worst()).isEqualTo("8.0 ms");
    }

    @Test
    void aNameThatTurnsTheDirectionOrBreaksTheLineIsMadeHarmless() {
        assertThat(Words.harmless("cp\u202E-1\r\ndata: x\u0000\u2028"))
                .isEqualTo("cp\uFFFD-1\uFFFD\uFFFDdata: x\uFFFD\uFFFD");
        assertThat(Words.harmless("x".repeat(10_000))).hasSize(253);
    }

    private static PageView view(ObjectNode json) {
        return PageView.of(Optional.of(json), Documents.NOW);
    }

    private static ObjectNode with(Consumer<ObjectNode> change) {
        ObjectNode json = Documents.holder();
        change.accept(json);
        return json;
    }
}
