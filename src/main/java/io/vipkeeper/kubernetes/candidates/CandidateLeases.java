package io.vipkeeper.kubernetes.candidates;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

import io.smallrye.mutiny.Multi;

import io.vipkeeper.grant.Candidate;
import io.vipkeeper.grant.GrantEvent;
import io.vipkeeper.kubernetes.Complaint;
import io.vipkeeper.kubernetes.ElectionClient;
import io.vipkeeper.kubernetes.KubernetesLeaseStore;
import io.vipkeeper.kubernetes.LabelledLeases;
import io.vipkeeper.kubernetes.LeaseName;
import io.vipkeeper.kubernetes.OneLine;
import io.vipkeeper.kubernetes.ThreadSource;
import io.vipkeeper.kubernetes.WatchPace;
import io.vipkeeper.lease.ApiFailure;
import io.vipkeeper.lease.LeaseAnswer;
import io.vipkeeper.lease.LeaseRecord;

/**
 * Makes this node known as a candidate by a Lease of its own, and knows the others by theirs. For one subscription at a
 * time, which has two threads: what hinders the writing does not delay the news of others.
 */
public final class CandidateLeases {
    /** So often the own Lease is renewed, for people and for the others, who forget a silent one. */
    private static final Duration RENEWAL = Duration.ofSeconds(30);

    /** A watch may show what was before the last write; what it shows for longer was somebody else. */
    private static final Duration SETTLE = Duration.ofMillis(250);

    /** Two that write one Lease do not do so as fast as they can. */
    private static final Duration LONGEST_QUARREL = Duration.ofSeconds(30);

    private static final Duration GAP_SLACK = Duration.ofSeconds(5);

    private final LabelledLeases leases;
    private final CandidateView view;
    private final Optional<OwnLease> own;
    private final WatchPace pace;
    private final Predicate<String> trouble;
    private final String name;
    private final Semaphore news = new Semaphore(0);
    private volatile boolean missed;

    /**
     * @param election the Lease that the candidates run for
     * @param self this process; its node's name has to be a DNS name, or else the others do not learn of it
     * @param version of the program, for people
     * @param clock only for the times in the Lease, which people read
     * @param trouble told a sentence when writing or watching fails, until it says that it passed it on, and again only
     *     for another cause or after a success; called on the threads of the subscription
     * @param remarks told a sentence, once each, of what will not pass by itself: a Lease that is left out, a node's
     *     name that cannot be a Lease's
     */
    public CandidateLeases(
            ElectionClient client,
            LeaseName election,
            Candidate self,
            String version,
            InstantSource clock,
            WatchPace pace,
            Predicate<String> trouble,
            Consumer<String> remarks) {
        CandidateNames names = new CandidateNames(election);
        this.leases = new LabelledLeases(client, election.namespace(), names.labels(), pace, trouble);
        this.view = new CandidateView(names, pace.patience().plus(GAP_SLACK), remarks);
        Optional<LeaseName> lease = names.leaseOf(self.node());
        this.own = lease.map(
                found -> new OwnLease(new KubernetesLeaseStore(client, found, names.labels(), clock), self, version));
        this.name = lease.map(LeaseName::toString).orElse("");
        this.pace = pace;
        this.trouble = trouble;
        if (lease.isEmpty()) {
            remarks.accept("This node takes no part in the fast path: its name \"" + OneLine.of(self.node())
                    + "\" cannot be part of a Lease's name; give it a DNS name with vip_nodename.");
        }
    }

    /**
     * All candidates, at most sixteen, each time that they differ from before; this node is among them once its Lease
     * is there. Never fails and never completes; the own Lease is kept as long as somebody subscribes.
     */
    public Multi<GrantEvent.Candidates> changes() {
        return ThreadSource.of("vipkeeper-candidates", outlet -> {
            Optional<Thread> writer = own.map(
                    lease -> ThreadSource.beside("vipkeeper-candidate", () -> keep(lease, new Complaint(trouble))));
            try {
                leases.follow(new Teller(outlet), outlet::isOver);
            } finally {
                writer.ifPresent(Thread::interrupt);
            }
        });
    }

    /** This process is reached in another way, or weighs something else; any thread may say so. */
    public void become(Candidate self) {
        own.ifPresent(lease -> lease.become(self));
        missed = true;
        news.release();
    }

    /**
     * What people are told of this process beside all that, by its Lease; any thread may say so.
     *
     * @param condition {@code ready}, or why it could not hold
     * @param fence its kind
     */
    public void tell(String condition, String fence) {
        own.ifPresent(lease -> lease.remark(Map.of(CandidateNotes.CONDITION, condition, CandidateNotes.FENCE, fence)));
        missed = true;
        news.release();
    }

    /**
     * Deletes the own Lease, for an orderly stop, after which it is not written again.
     *
     * @param bound how long that may take, from the call to its return
     * @return whether it is gone; the others forget one that stays after three minutes
     */
    public boolean leave(Duration bound) {
        return own.isEmpty() || own.get().leave(bound);
    }

    /** How many versions of Leases were left out since the start, as they named no candidate. */
    public long refused() {
        return view.refused();
    }

    /** One subscription; on the thread of the watch. */
    private final class Teller implements Consumer<Map<String, LeaseRecord>> {
        private final ThreadSource.Outlet<GrantEvent.Candidates> outlet;
        private List<Candidate> told;

        Teller(ThreadSource.Outlet<GrantEvent.Candidates> outlet) {
            this.outlet = outlet;
        }

        @Override
        public void accept(Map<String, LeaseRecord> seen) {
            List<Candidate> all = view.look(seen, System.nanoTime());
            if (!all.equals(told)) {
                told = all;
                outlet.emit(new GrantEvent.Candidates(all));
            }
            missed = own.filter(lease -> lease.isMissedIn(seen)).isPresent();
            news.release();
        }
    }

    private void keep(OwnLease lease, Complaint complaint) {
        Duration retry = pace.firstPause();
        Duration quarrel = SETTLE;
        boolean anew = true;
        while (!Thread.currentThread().isInterrupted() && !lease.hasLeft()) {
            LeaseAnswer answer = lease.write(anew);
            if (answer instanceof LeaseAnswer.Found) {
                complaint.over();
                retry = pace.firstPause();
                anew = awaitMiss(quarrel);
                quarrel = anew ? WatchPace.doubled(quarrel, LONGEST_QUARREL) : SETTLE;
            } else if (!lease.hasLeft()) {
                complain(complaint, answer, lease.namesake());
                awaitNews(retry);
                retry = WatchPace.doubled(retry, pace.longestPause());
                anew = true;
            }
        }
    }

    /** @return true when the Lease is not as it was written, and that for a while; false when it is to be renewed */
    private boolean awaitMiss(Duration quarrel) {
        long began = System.nanoTime();
        while (!Thread.currentThread().isInterrupted()) {
            if (missed) {
                ThreadSource.sleep(quarrel);
                if (missed) {
                    return true;
                }
            }
            Duration left = RENEWAL.minusNanos(System.nanoTime() - began);
            if (left.isNegative()) {
                return false;
            }
            awaitNews(left);
        }
        return false;
    }

    /** Waits for the API server to say something, since it then answers, but not without any pause. */
    private void awaitNews(Duration most) {
        long began = System.nanoTime();
        try {
            if (news.tryAcquire(most.toNanos(), TimeUnit.NANOSECONDS)) {
                news.drainPermits();
                Duration rest = pace.firstPause().minusNanos(System.nanoTime() - began);
                TimeUnit.NANOSECONDS.sleep(rest.toNanos());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void complain(Complaint complaint, LeaseAnswer answer, Optional<String> namesake) {
        String sentence = "This node's Lease " + name + " cannot be written, so others do not know it as a candidate. ";
        if (answer instanceof LeaseAnswer.Failed(ApiFailure cause, String detail)) {
            complaint.about(cause.name(), sentence + OneLine.of(detail));
        } else if (namesake.isPresent()) {
            complaint.about(
                    "NAMESAKE",
                    sentence + "A node of the same name keeps it from " + namesake.get()
                            + "; give each its own with vip_nodename.");
        } else {
            complaint.about("CONFLICT", sentence + "Somebody else writes it, too.");
        }
    }
}
