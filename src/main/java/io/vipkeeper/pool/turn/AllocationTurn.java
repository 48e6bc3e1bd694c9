package io.vipkeeper.pool.turn;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.vipkeeper.pool.Pools;
import io.vipkeeper.pool.ledger.Allocation;
import io.vipkeeper.pool.ledger.Allocator;
import io.vipkeeper.pool.ledger.Grant;
import io.vipkeeper.pool.ledger.Ledger;
import io.vipkeeper.pool.ledger.ServiceId;
import io.vipkeeper.pool.turn.TurnEvent.WriteAnswer;

/**
 * Hands out addresses while this node is in charge, and then only.
 *
 * <p>One decides: each term begins with a list of all Services that was read after it began, and no write is under way
 * any more when it ends. What is written is decided for one resourceVersion and counts as in use from before it is sent
 * until an answer, or the object itself, says what became of it; a view that lags behind the own writes is not believed.
 * So one replica at a time never hands out an address twice.
 *
 * <p>Two who both believe to be in charge, as after a pause of the whole machine between the look at the clock and the
 * write, can give one address to two Services, since the API server compares and swaps one object at a time. Whoever is
 * in charge sees both: the younger Service is given another address, which is said, as it is if none is left. Who is
 * younger stands on the objects, so that both believers come to the same result and do not take from both.
 *
 * <p>For one thread; times are nanoseconds of one monotonic clock.
 */
public final class AllocationTurn {
    private static final int MOST_UNDER_WAY = 32;

    private final Registry registry = new Registry();
    private final Allocator allocator = new Allocator(registry.ledger());
    private final Map<ServiceId, Promise> promises = new HashMap<>();
    private final Verdicts verdicts = new Verdicts();
    private final List<TurnAction> actions = new ArrayList<>();
    private long now;
    private long requests;
    private Optional<TurnEvent.InCharge> tenure = Optional.empty();
    private boolean fresh;
    private boolean poolsKnown;
    private boolean reservedKnown;

    /**
     * A write that may be stored.
     *
     * @param uid of the Service, which may be gone by now, and another one there with its name
     * @param doubted whether its answer does not say what is stored now
     */
    private record Promise(TurnAction.Write sent, String uid, boolean doubted) {

        ServiceId id() {
            return sent.write().id();
        }
    }

    /** What is in use as far as this replica knows; not to be changed. */
    public Ledger ledger() {
        return registry.ledger();
    }

    /** @return what is to be done, in this order */
    public List<TurnAction> step(TurnEvent event, long nowNanos) {
        actions.clear();
        now = nowNanos;
        switch (event) {
            case TurnEvent.InCharge begun -> begin(begun);
            case TurnEvent.NotInCharge() -> end();
            case TurnEvent.Listed listed -> list(listed);
            case TurnEvent.Changed(Applicant applicant) -> registry.see(applicant);
            case TurnEvent.Deleted(ServiceId id, String uid) -> deleted(id, uid);
            case TurnEvent.PoolsRead(Pools pools) -> {
                poolsKnown = true;
                registry.read(pools);
            }
            case TurnEvent.Reserved reserved -> {
                reservedKnown = true;
                registry.reserve(reserved.all());
            }
            case TurnEvent.Answered(long request, WriteAnswer answer) -> answered(request, answer);
            case TurnEvent.Read(Applicant applicant) -> found(applicant);
            case TurnEvent.Tick() -> askAgain();
        }
        decideAll();
        return List.copyOf(actions);
    }

    private void begin(TurnEvent.InCharge begun) {
        boolean same = tenure.filter(held -> held.term() == begun.term()).isPresent();
        if (!same) {
            end();
            actions.add(new TurnAction.ListAll(begun.term()));
        }
        tenure = Optional.of(begun);
    }

    private void end() {
        tenure = Optional.empty();
        fresh = false;
        promises.clear();
        registry.settleAll();
    }

    private void list(TurnEvent.Listed listed) {
        for (ServiceId gone : registry.list(listed.all(), listed.version())) {
            promises.remove(gone);
            verdicts.forget(gone);
        }
        fresh |= tenure.filter(held -> held.term() == listed.term()).isPresent();
    }

    private void deleted(ServiceId id, String uid) {
        registry.delete(id, uid);
        if (Optional.ofNullable(promises.get(id))
                .filter(promise -> promise.uid().equals(uid))
                .isPresent()) {
            settle(id);
        }
        if (registry.applicant(id).isEmpty()) {
            verdicts.forget(id);
        }
    }

    private void answered(long request, WriteAnswer answer) {
        Optional<Promise> found = promises.values().stream()
                .filter(promise -> promise.sent().request() == request)
                .findFirst();
        if (found.isEmpty()) {
            return;
        }
        ServiceId id = found.get().id();
        switch (answer) {
            case WriteAnswer.Stored(Applicant stored) -> {
                registry.see(stored);
                settle(id);
            }
            case WriteAnswer.Conflict() -> {
                doubt(found.get());
                readBack(found.get());
            }
            case WriteAnswer.Gone() -> {
                settle(id);
                deleted(id, found.get().uid());
            }
            case WriteAnswer.Lost() -> doubt(found.get());
            case WriteAnswer.Denied(String sentence) -> {
                settle(id);
                refuse(id, sentence);
            }
        }
    }

    private void doubt(Promise promise) {
        promises.put(promise.id(), new Promise(promise.sent(), promise.uid(), true));
    }

    private void refuse(ServiceId id, String sentence) {
        registry.rest(id);
        registry.await(id);
        registry.applicant(id)
                .flatMap(applicant -> verdicts.report(applicant, new Allocation.Refused(sentence)))
                .ifPresent(actions::add);
    }

    private void settle(ServiceId id) {
        promises.remove(id);
        registry.settle(id);
    }

    private void readBack(Promise promise) {
        actions.add(new TurnAction.ReadBack(promise.id(), promise.uid()));
    }

    /** If nobody stored anything it is sent again: then either of the two is stored, and both say the same. */
    private void found(Applicant now) {
        Promise promise = promises.get(now.id());
        if (promise == null) {
            return;
        }
        registry.see(now);
        if (!now.version().equals(promise.sent().write().version())) {
            settle(now.id());
        } else if (promise.doubted() && mayDecide()) {
            send(promise.sent().write(), promise.uid());
        }
    }

    private void askAgain() {
        if (tenure.isPresent() && !fresh) {
            actions.add(new TurnAction.ListAll(tenure.get().term()));
        }
        promises.values().stream().filter(Promise::doubted).forEach(this::readBack);
    }

    private boolean mayDecide() {
        boolean inCharge = tenure.filter(held -> now - held.untilNanos() < 0).isPresent();
        return inCharge && fresh && poolsKnown && reservedKnown;
    }

    private void decideAll() {
        while (mayDecide() && promises.size() < MOST_UNDER_WAY) {
            Optional<Applicant> next = registry.next();
            if (next.isEmpty()) {
                return;
            }
            registry.applicant(next.get().id())
                    .filter(applicant -> !promises.containsKey(applicant.id()))
                    .ifPresent(this::decide);
        }
    }

    private void decide(Applicant applicant) {
        if (applicant.stage() != Applicant.Stage.WANTS) {
            registry.served(applicant.id());
            verdicts.forget(applicant.id());
            return;
        }
        Petition petition = new Petition(applicant, registry);
        Allocation verdict = petition.judge(allocator);
        Optional<AddressWrite> write = Optional.empty();
        if (verdict instanceof Allocation.Allocated(List<Grant> grants, Optional<String> shortfall)) {
            registry.served(applicant.id());
            write = petition.write(grants, tenure.orElseThrow().term());
        } else {
            registry.await(applicant.id());
        }
        write.ifPresentOrElse(
                needed -> {
                    verdicts.moves(applicant.id(), petition.move(needed.grants()));
                    send(needed, applicant.uid());
                },
                () -> verdicts.report(applicant, verdict).ifPresent(actions::add));
    }

    private void send(AddressWrite write, String uid) {
        TurnAction.Write action =
                new TurnAction.Write(++requests, tenure.orElseThrow().untilNanos(), write);
        promises.put(write.id(), new Promise(action, uid, false));
        registry.promise(write.id(), write.grants());
        actions.add(action);
    }
}
