package io.vipkeeper.cli.status;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.vipkeeper.cli.common.Printable;
import io.vipkeeper.cli.common.StatusSource.Reply;
import io.vipkeeper.lease.LeaseRecord;

/** Whether somebody holds. */
final class Holding {
    private Holding() {}

    /** The one that answers before any Lease may be read. */
    static Optional<String> provisional(Picture picture) {
        return picture.told().stream()
                .filter(told -> told.role().equals("PROVISIONAL"))
                .findFirst()
                .map(told -> told.node() + " answers for the address without a Lease, as none may be read yet");
    }

    /** Why nobody does, or why that cannot be told; empty when somebody does. */
    static Optional<String> problem(Picture picture, List<Member> members) {
        List<String> holders =
                picture.told().stream().filter(Told::holds).map(Told::node).toList();
        if (holders.size() > 1) {
            return Optional.of(String.join(" and ", holders)
                    + " say at once that they hold: ask again, and if it stays, look whose clock or network is ill");
        }
        if (holders.size() == 1 || provisional(picture).isPresent()) {
            return Optional.empty();
        }
        if (picture.isBlank()) {
            return Optional.of(blind(picture));
        }
        String holder = picture.holder();
        return holder.isEmpty() ? Optional.of(nobody(picture, members)) : gone(picture, members, holder);
    }

    private static String blind(Picture picture) {
        String here = picture.local().reply() instanceof Reply.Silent(String why, boolean refused)
                ? "no vipkeeper answers at " + picture.local().url() + ": " + why
                : "the vipkeeper at " + picture.local().url() + " has just started: ask again in a second";
        return "who holds cannot be told: " + here + "; and "
                + Printable.of(picture.api().problem());
    }

    private static String nobody(Picture picture, List<Member> members) {
        String api = picture.api().answers()
                ? ""
                : "; the API server gives no usable answer: "
                        + Printable.of(picture.api().problem());
        boolean all = !members.isEmpty() && members.stream().allMatch(Member::isUnready);
        return "nobody holds the address"
                + (members.isEmpty() ? ", and no candidate is known: is vipkeeper started?" : "")
                + (all ? ", and none of " + members.size() + " candidates could" : "") + api;
    }

    /** It holds for all that can be seen from here unless it is silent. */
    private static Optional<String> gone(Picture picture, List<Member> members, String holder) {
        Optional<LeaseRecord> lease = picture.api().lease();
        Optional<Duration> age = picture.leaseAge();
        boolean silent = lease.isPresent()
                && age.isPresent()
                && age.get().toSeconds() > lease.get().leaseDurationSeconds();
        boolean another = picture.told(holder).isPresent();
        boolean dead = isDead(picture, members, holder);
        if (!silent && !another && !dead) {
            return Optional.empty();
        }
        String why = members.stream()
                .filter(member -> member.node().equals(holder) && !member.why().isEmpty())
                .map(member -> " (" + member.why() + ")")
                .findFirst()
                .orElse("");
        return Optional.of("nobody holds the address: "
                + (another
                        ? Printable.of(holder) + " has the Lease, and says that it does not hold" + why
                        : Printable.of(holder) + " held it last"
                                + age.map(past -> ", and renewed its Lease " + Clocks.text(past) + " ago")
                                        .orElse("")
                                + why));
    }

    /** Its machine says that there is no such process, and nobody hears it: that needs no clock. */
    private static boolean isDead(Picture picture, List<Member> members, String holder) {
        boolean refused =
                picture.processes().get(holder) instanceof Reply.Silent(String why, boolean refuses) && refuses;
        return refused && members.stream().anyMatch(member -> member.node().equals(holder) && member.isUnready());
    }
}
