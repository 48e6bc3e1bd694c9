package io.vipkeeper.cli.status;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.vipkeeper.cli.common.Printable;
import io.vipkeeper.cli.common.StatusSource.Reply;
import io.vipkeeper.kubernetes.candidates.CandidateList;
import io.vipkeeper.observe.Hindrance;

/**
 * One candidate, by all that was seen of it.
 *
 * @param role as its process says; empty when that was not asked
 * @param ready whether it could hold; empty when nobody knows
 * @param why it could not, or how that is known when its process did not say it; may be empty
 * @param heardBy the others that said so; empty when none was asked
 * @param version empty when unknown, as the fence
 * @param weight negative when unknown
 */
record Member(
        String node,
        String role,
        Optional<Boolean> ready,
        String why,
        List<String> heardBy,
        String version,
        String fence,
        int weight) {

    /** Twice as often as it writes, and a margin for two machines' clocks. */
    private static final Duration LATE = Duration.ofSeconds(90);

    private static final String READY = "ready";

    boolean isUnready() {
        return ready.filter(well -> !well).isPresent();
    }

    /** All that any source names, by name. */
    static List<Member> of(Picture picture) {
        TreeSet<String> nodes = new TreeSet<>(picture.processes().keySet());
        picture.candidates().forEach(entry -> nodes.add(entry.candidate().node()));
        picture.told().forEach(told -> told.peers().forEach(peer -> nodes.add(peer.node())));
        return nodes.stream().map(node -> of(picture, node)).toList();
    }

    private static Member of(Picture picture, String node) {
        Optional<CandidateList.Entry> entry = picture.candidates().stream()
                .filter(one -> one.candidate().node().equals(node))
                .findFirst();
        Optional<Told> told = picture.told(node);
        List<String> heardBy = new ArrayList<>();
        picture.told().stream()
                .filter(one -> one.peer(node).filter(Told.Peer::heard).isPresent())
                .forEach(one -> heardBy.add(one.node()));
        Verdict verdict = told.map(Member::bySelf)
                .or(() -> byPeers(picture, node))
                .or(() -> entry.map(one -> byLease(picture, one)))
                .orElse(new Verdict(Optional.empty(), ""));
        return new Member(
                Printable.of(node),
                told.map(Told::role).orElse(""),
                verdict.ready(),
                verdict.why(),
                heardBy,
                told.map(Told::version)
                        .or(() -> entry.map(CandidateList.Entry::version))
                        .orElse(""),
                told.map(Told::fence)
                        .or(() -> entry.map(CandidateList.Entry::fence))
                        .orElse(""),
                entry.map(one -> one.candidate().weight()).orElse(-1));
    }

    private record Verdict(Optional<Boolean> ready, String why) {}

    private static Verdict bySelf(Told told) {
        if (!told.live()) {
            return new Verdict(
                    Optional.of(false), "its pipeline has made no step for " + told.millisSinceLastStep() + " ms");
        }
        return new Verdict(Optional.of(told.hindrances().isEmpty()), String.join("; ", told.hindrances()));
    }

    /** Empty when no process that answered knows that node. */
    private static Optional<Verdict> byPeers(Picture picture, String node) {
        List<Told> knowing = picture.told().stream()
                .filter(told -> told.peer(node).isPresent())
                // Whoever cannot be heard himself does not hear either.
                .filter(told -> !told.hindrances().contains(Hindrance.LINK.text()))
                .toList();
        if (knowing.isEmpty()) {
            return Optional.empty();
        }
        List<Told.Peer> heard = knowing.stream()
                .map(told -> told.peer(node).orElseThrow())
                .filter(Told.Peer::heard)
                .toList();
        if (heard.isEmpty()) {
            String deaf = knowing.stream().map(Told::node).collect(Collectors.joining(" and "));
            return Optional.of(new Verdict(Optional.of(false), "not heard by " + deaf + ended(picture, node)));
        }
        boolean ready = heard.stream().anyMatch(Told.Peer::ready);
        return Optional.of(new Verdict(
                Optional.of(ready), ready ? "" : "it says that it could not take over" + condition(picture, node)));
    }

    /** What the silence of its process may mean. */
    private static String ended(Picture picture, String node) {
        return switch (picture.processes().get(node)) {
            case null -> "";
            case Reply.Told told -> "";
            case Reply.NotYet notYet -> "; its process has just started";
            case Reply.Silent(String why, boolean refused) ->
                refused
                        ? "; its machine answers, but no vipkeeper does"
                        : "; its machine is not reached either (" + why + ")" + condition(picture, node);
        };
    }

    /** What its Lease says, if that is newer than a minute and a half and no good news. */
    private static String condition(Picture picture, String node) {
        return picture.candidates().stream()
                .filter(entry -> entry.candidate().node().equals(node))
                .filter(entry -> picture.age(entry)
                        .filter(age -> age.compareTo(LATE) < 0)
                        .isPresent())
                .map(CandidateList.Entry::condition)
                .filter(condition -> !condition.isEmpty() && !condition.equals(READY))
                .map(condition -> ": " + Printable.of(condition))
                .findFirst()
                .orElse("");
    }

    private static Verdict byLease(Picture picture, CandidateList.Entry entry) {
        Optional<Duration> age = picture.age(entry);
        if (age.isEmpty()) {
            return new Verdict(Optional.empty(), "");
        }
        String ago = Clocks.text(age.get()) + " ago";
        if (age.get().compareTo(LATE) > 0) {
            return new Verdict(
                    Optional.of(false),
                    "its Lease was written last " + ago
                            + ended(picture, entry.candidate().node()));
        }
        String condition = Printable.of(entry.condition());
        return condition.isEmpty()
                ? new Verdict(Optional.empty(), "as of its Lease, " + ago)
                : new Verdict(
                        Optional.of(condition.equals(READY)),
                        condition.equals(READY) ? "as of its Lease, " + ago : condition);
    }
}
