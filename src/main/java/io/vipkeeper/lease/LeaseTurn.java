package io.vipkeeper.lease;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.vipkeeper.lease.LeaseState.Pending;

/** One step's working copy of the state, with the few ways in which a step may change it. Lives for one step. */
final class LeaseTurn {
    final ElectorId elector;
    final Rules rules;
    final long now;
    LeaseRole role;
    Optional<Sighting> sighting;
    Optional<Pending> pending;
    long notBefore;
    boolean mustRead;
    Conflicts conflicts;
    boolean eligible;
    boolean stopping;
    Accord accord;
    private Optional<LeaseRecord> replaced;
    private long fastWrite;
    private long pollAt;
    private long lastRequest;
    private final List<LeaseAction> actions = new ArrayList<>();

    LeaseTurn(LeaseState state, ElectorId elector, Rules rules, long now) {
        this.elector = elector;
        this.rules = rules;
        this.now = now;
        role = state.role();
        sighting = state.sighting();
        pending = state.pending();
        notBefore = state.notBeforeNanos();
        pollAt = state.pollAtNanos();
        mustRead = state.mustRead();
        conflicts = state.conflicts();
        lastRequest = state.lastRequest();
        eligible = state.eligible();
        stopping = state.stopping();
        accord = state.accord();
        fastWrite = state.fastWrite();
        replaced = state.replaced();
    }

    LeaseStep finish() {
        LeaseState state = new LeaseState(
                role instanceof LeaseRole.Holder holder ? limited(holder) : role,
                sighting,
                pending,
                notBefore,
                pollAt,
                mustRead,
                conflicts,
                lastRequest,
                eligible,
                stopping,
                accord,
                fastWrite,
                replaced);
        return new LeaseStep(state, actions);
    }

    /** A holder by a write with these times, within what the fast path adds and takes. */
    void holdBy(long sentNanos) {
        role = limited(new LeaseRole.Holder(sentNanos, now, now, now, now));
    }

    private LeaseRole.Holder limited(LeaseRole.Holder holder) {
        boolean limited = accord.tight() || fastWrite > 0;
        boolean mayHoldOver = accord.fenced() && hasMembersInForce();
        return rules.limit(holder, accord, limited, mayHoldOver);
    }

    /** The members that the Lease, as this process wrote it and it is known to be, names. */
    List<String> membersInForce() {
        return hasMembersInForce() ? elector.members(record().orElseThrow()) : List.of();
    }

    private boolean hasMembersInForce() {
        Optional<LeaseRecord> record = record();
        return record.isPresent() && elector.kinship(record.get()) == Kinship.OWN && elector.isFast(record.get());
    }

    Optional<LeaseRecord> record() {
        return sighting.flatMap(Sighting::record);
    }

    /** Whether the Lease names this very process, and nobody is suspected to use its name. */
    boolean owns() {
        return record().filter(record -> elector.kinship(record) == Kinship.OWN).isPresent()
                && reached(sighting.get().claimableAtNanos());
    }

    boolean reached(long deadline) {
        return now - deadline >= 0;
    }

    /** Whether this process has neither read anything yet nor asked for long. */
    boolean isEager() {
        return sighting.isEmpty() && lastRequest < rules.eagerRequests();
    }

    boolean pollIsDue() {
        return reached(pollAt);
    }

    /** Takes a record as the newest knowledge; the wait starts anew only if its spec is new. */
    void sight(LeaseRecord record) {
        Optional<Sighting> same =
                sighting.filter(known -> known.record().filter(record::sameSpec).isPresent());
        boolean firstSight = record().isEmpty();
        Kinship kinship = elector.kinship(record);
        sighting = Optional.of(new Sighting(
                Optional.of(record),
                now,
                same.map(Sighting::claimableAtNanos)
                        .orElseGet(
                                () -> rules.claimableAt(record, kinship, now, firstSight) + strangersDelay(record))));
        boolean plain = kinship == Kinship.OWN && elector.members(record).isEmpty();
        if (plain && ElectorId.sequence(record) > fastWrite) {
            fastWrite = 0;
        }
        heard();
    }

    /** Who is no member was not asked for a promise, so a holder that all members stand behind would not know of it. */
    private long strangersDelay(LeaseRecord record) {
        List<String> members = elector.members(record);
        return members.isEmpty() || members.contains(elector.identity()) ? 0 : rules.holdOverNanos();
    }

    /**
     * Takes note that there is no Lease. The wait goes on only while nobody can have held it unseen: it begins anew when
     * there was one until now, or the last look was long ago.
     */
    void miss() {
        Optional<Sighting> before =
                sighting.filter(known -> known.record().isEmpty()).filter(known -> isFresh());
        sighting = Optional.of(new Sighting(
                Optional.empty(), now, before.map(Sighting::claimableAtNanos).orElseGet(() -> rules.creatableAt(now))));
        heard();
    }

    /** Takes note that nobody held what is missing. */
    void vouch() {
        sighting = sighting.map(known ->
                known.record().isEmpty() ? new Sighting(Optional.empty(), known.confirmedNanos(), now) : known);
    }

    /** Whether the last look at the Lease is recent enough for nobody to have held it in between. */
    boolean isFresh() {
        return !reached(sighting.orElseThrow().confirmedNanos() + rules.pollNanos() + rules.retryNanos());
    }

    private void heard() {
        pollAt = now + rules.pollNanos();
    }

    void follow(Optional<LossReason> lost) {
        role = new LeaseRole.Follower(lost);
    }

    void leave(LossReason reason, long untilNanos, boolean addressOff) {
        Optional<LeaseRole.Holder> held =
                switch (role) {
                    case LeaseRole.Holder holder -> Optional.of(holder);
                    case LeaseRole.Leaving leaving -> leaving.held();
                    case LeaseRole.Follower follower -> Optional.empty();
                    case LeaseRole.Stopped stopped -> Optional.empty();
                };
        role = new LeaseRole.Leaving(reason, untilNanos, addressOff, held);
        notBefore = now;
    }

    /** Whether another version than a claim was to replace has been seen since that was sent. */
    boolean hasSeenNewer(Pending claim) {
        boolean since = sighting.filter(known -> known.confirmedNanos() - claim.sentNanos() > 0)
                .isPresent();
        return since && !record().map(LeaseRecord::resourceVersion).equals(replacedVersion());
    }

    /** What the newest claim was to replace; empty for a creation. */
    Optional<String> replacedVersion() {
        return replaced.map(LeaseRecord::resourceVersion);
    }

    void read() {
        actions.add(new LeaseAction.Read(next(RequestKind.READ)));
    }

    /** Writes this node in as holder: creates what is missing, replaces what is there. */
    void hold(RequestKind kind) {
        long request = next(kind);
        Optional<LeaseRecord> base = record();
        if (kind == RequestKind.ACQUIRE) {
            replaced = base;
        }
        if (base.isEmpty()) {
            actions.add(new LeaseAction.Create(request, holding(0, true, request, List.of())));
            return;
        }
        // Only a holder whose kernel knows the limit names those who may end it.
        List<String> members = kind == RequestKind.RENEW ? accord.members() : List.of();
        fastWrite = members.isEmpty() ? fastWrite : request;
        int transitions = base.get().leaseTransitions();
        boolean sameHolder = base.get().holderIdentity().equals(elector.identity()) && transitions >= 0;
        boolean acquires = elector.kinship(base.get()) != Kinship.OWN;
        actions.add(new LeaseAction.Replace(
                request,
                base.get(),
                holding(sameHolder ? transitions : following(transitions), acquires, request, members)));
    }

    void release() {
        LeaseRecord base = record().orElseThrow();
        long request = next(RequestKind.RELEASE);
        int transitions = base.leaseTransitions();
        actions.add(new LeaseAction.Replace(
                request,
                base,
                new LeaseDraft("", 1, transitions, true, elector.marks("", transitions, request, List.of()))));
    }

    private LeaseDraft holding(int transitions, boolean acquires, long sequence, List<String> members) {
        String holder = elector.identity();
        return new LeaseDraft(
                holder,
                rules.leaseSeconds(),
                transitions,
                acquires,
                elector.marks(holder, transitions, sequence, members, acquires && accord.silentUntilNanos() - now > 0));
    }

    private long next(RequestKind kind) {
        lastRequest++;
        pending = Optional.of(new Pending(lastRequest, kind, now));
        return lastRequest;
    }

    /** The API refuses a negative count; one that was edited beyond all bounds starts again. */
    private static int following(int transitions) {
        return transitions < 0 || transitions == Integer.MAX_VALUE ? 0 : transitions + 1;
    }
}
