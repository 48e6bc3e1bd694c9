package io.vipkeeper.cli.status;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.vipkeeper.cli.common.Printable;
import io.vipkeeper.cli.common.StatusSource.Reply;
import io.vipkeeper.observe.FenceReport;
import io.vipkeeper.observe.Notable;

/**
 * What a picture means: the most important sentence first, with what to look at.
 *
 * @param level of the worst finding
 * @param sentences what is wrong; when nothing is, that
 */
record Diagnosis(Level level, List<String> sentences) {
    /** Fewer candidates have no majority without one of them, and so no fast path to miss. */
    private static final int FAST = 3;

    /** Each with its exit code. */
    enum Level {
        WELL,
        DEGRADED,
        /** Nobody holds, or who does cannot be told. */
        CRITICAL;

        int exitCode() {
            return ordinal();
        }
    }

    Diagnosis {
        sentences = List.copyOf(sentences);
    }

    String sentence() {
        return sentences.getFirst();
    }

    static Diagnosis of(Picture picture, List<Member> members) {
        Optional<String> unheld = Holding.problem(picture, members);
        if (picture.isBlank()) {
            return new Diagnosis(Level.CRITICAL, unheld.stream().toList());
        }
        List<String> rest = Stream.of(
                        Holding.provisional(picture),
                        claimed(picture),
                        unbound(picture),
                        candidates(picture, members),
                        api(picture),
                        slow(picture, members),
                        unfenced(picture),
                        certificates(picture),
                        local(picture))
                .flatMap(Optional::stream)
                .toList();
        if (unheld.isEmpty() && rest.isEmpty()) {
            return new Diagnosis(Level.WELL, List.of(well(picture, members)));
        }
        List<String> all = new ArrayList<>(unheld.stream().toList());
        all.addAll(rest);
        return new Diagnosis(unheld.isPresent() ? Level.CRITICAL : Level.DEGRADED, all);
    }

    private static String well(Picture picture, List<Member> members) {
        long others = members.stream()
                .filter(member -> !member.node().equals(picture.holder()))
                .filter(member -> member.ready().orElse(true))
                .count();
        return Printable.of(picture.holder()) + " holds, and "
                + (others == 0
                        ? "there is no other candidate"
                        : others + (others == 1 ? " other candidate" : " other candidates") + " could take over")
                + (picture.told().stream().anyMatch(Told::fastIsComing) ? "; the fast path is about to come" : "");
    }

    private static Optional<String> claimed(Picture picture) {
        return picture.told().stream()
                .flatMap(told -> told.troubles("FOREIGN_CLAIM", Notable.RECENT_SECONDS).stream())
                .findFirst()
                .map(claim -> "another machine, " + claim.what() + ", claims " + claim.about()
                        + ", and takes clients away: find it by that MAC address and remove the address there");
    }

    private static Optional<String> unbound(Picture picture) {
        return picture.told().stream()
                .filter(Told::holds)
                .filter(told -> !told.vips(false).isEmpty())
                .findFirst()
                .map(told -> told.node() + " holds, and has not put " + String.join(", ", told.vips(false)) + " on "
                        + told.nic()
                        + told.troubles("KERNEL_REFUSED", Notable.RECENT_SECONDS).stream()
                                .findFirst()
                                .map(refusal -> ": " + refusal.what())
                                .orElse(""));
    }

    private static Optional<String> candidates(Picture picture, List<Member> members) {
        List<Member> unready = members.stream().filter(Member::isUnready).toList();
        if (unready.isEmpty()) {
            return Optional.empty();
        }
        String each = unready.stream()
                .map(member -> member.node() + (member.why().isEmpty() ? "" : " (" + member.why() + ")"))
                .collect(Collectors.joining(", "));
        boolean majority = 2 * (members.size() - unready.size()) > members.size();
        return Optional.of(unready.size() + " of " + members.size() + " candidates could not take over: " + each
                + (majority ? "" : "; without a majority there is no fast path, and a failover waits for the Lease"));
    }

    private static Optional<String> api(Picture picture) {
        if (!picture.api().asked()) {
            return Optional.empty();
        }
        if (!picture.api().answers()) {
            return Optional.of("the API server gives this command no usable answer: "
                    + Printable.of(picture.api().problem()));
        }
        return Optional.of(picture.api().candidatesProblem())
                .filter(problem -> !problem.isEmpty())
                .map(problem -> "the candidates' Leases cannot be read: " + Printable.of(problem));
    }

    /** Said only when no unready candidate explains it. */
    private static Optional<String> slow(Picture picture, List<Member> members) {
        boolean all = members.size() >= FAST && members.stream().noneMatch(Member::isUnready);
        return picture.told().stream()
                .filter(told -> all && told.holds() && told.members().isEmpty() && !told.fastIsComing())
                .findFirst()
                .map(told -> "there is no fast path, so a failover waits for the Lease: " + told.node()
                        + " has no majority behind it; look at UDP between the candidates, and at vip_fast");
    }

    private static Optional<String> unfenced(Picture picture) {
        List<Told> without = picture.told().stream()
                .filter(told -> told.fence().equals(FenceReport.ADDRESS))
                .filter(told -> !told.fenceWhy().equals(FenceReport.PRESERVED)
                        && !told.fenceWhy().equals(FenceReport.NO_ELECTION))
                .toList();
        return without.isEmpty()
                ? Optional.empty()
                : Optional.of("the fence of nftables is missing on "
                        + without.stream().map(Told::node).collect(Collectors.joining(" and "))
                        + ", so a right there ends"
                        + " to the second only: " + without.getFirst().fenceWhy());
    }

    private static Optional<String> certificates(Picture picture) {
        return Stream.concat(
                        picture.told().stream().flatMap(told -> told.certificateEnds().stream()
                                .map(end -> ends(picture, told.node() + " shows the API server", end))),
                        picture.api().certificateEnds().stream()
                                .map(end -> ends(picture, "the kubeconfig of this command holds", end)))
                .filter(Objects::nonNull)
                .findFirst();
    }

    private static String ends(Picture picture, String whose, Instant end) {
        Duration left = Duration.between(picture.at(), end);
        if (left.compareTo(Notable.CERTIFICATE) >= 0) {
            return null;
        }
        return "the certificate that " + whose
                + (left.isNegative()
                        ? " ended " + Clocks.text(left.negated()) + " ago"
                        : " ends in " + Clocks.text(left))
                + ": renew it with 'kubeadm certs renew all'";
    }

    /** A process that nobody said is there need not be: this may be an operator's laptop. */
    private static Optional<String> local(Picture picture) {
        Picture.Local local = picture.local();
        return local.named() && local.reply() instanceof Reply.Silent(String why, boolean refused)
                ? Optional.of("no vipkeeper answers at " + local.url() + ": " + why)
                : Optional.empty();
    }
}
