package io.vipkeeper.kubernetes.pools;

import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;

import io.vipkeeper.kubernetes.ServiceApi;
import io.vipkeeper.kubernetes.ServiceApi.Outcome;
import io.vipkeeper.pool.ledger.ServiceId;
import io.vipkeeper.pool.turn.Applicant;
import io.vipkeeper.pool.turn.TurnAction;
import io.vipkeeper.pool.turn.TurnEvent;
import io.vipkeeper.pool.turn.TurnEvent.WriteAnswer;

/** Does what an {@code AllocationTurn} wants of the API server; each call blocks for some seconds at most. */
public final class AddressStore {
    private final ServiceApi api;
    private final Predicate<String> ours;
    private final LongSupplier clock;

    /**
     * @param ours whether LoadBalancers of this class are ours; asked with an empty text for those without a class
     * @param clock the nanoseconds that the right to decide is measured by
     */
    public AddressStore(ServiceApi api, Predicate<String> ours, LongSupplier clock) {
        this.api = api;
        this.ours = ours;
        this.clock = clock;
    }

    /** All Services, for the turn of that term; empty if they cannot be told now, when the turn will ask again. */
    public Optional<TurnEvent> list(TurnAction.ListAll wanted) {
        return api.all().map(all -> new TurnEvent.Listed(wanted.term(), all.version(), applicants(all.services())));
    }

    /** What all these Services are to the turn. */
    public List<Applicant> applicants(List<JsonNode> services) {
        return services.stream()
                .flatMap(service -> ServiceJson.applicant(service, ours).stream())
                .toList();
    }

    /** Is not sent, and counts as lost, if the right to decide could end before its answer is there. */
    public TurnEvent write(TurnAction.Write wanted) {
        boolean inTime = clock.getAsLong() + api.bound().toNanos() - wanted.untilNanos() <= 0;
        return new TurnEvent.Answered(wanted.request(), inTime ? send(wanted) : new WriteAnswer.Lost());
    }

    private WriteAnswer send(TurnAction.Write wanted) {
        ServiceId id = wanted.write().id();
        return switch (api.patch(id.namespace(), id.name(), ServiceJson.patch(wanted.write()))) {
            case Outcome.Found(JsonNode service) ->
                ServiceJson.applicant(service, ours)
                        .<WriteAnswer>map(WriteAnswer.Stored::new)
                        .orElseGet(WriteAnswer.Lost::new);
            case Outcome.Missing() -> new WriteAnswer.Gone();
            case Outcome.Conflict() -> new WriteAnswer.Conflict();
            case Outcome.Denied(String detail) ->
                new WriteAnswer.Denied("The Service's address cannot be stored: " + detail + ".");
            case Outcome.Unanswered(String detail) -> new WriteAnswer.Lost();
        };
    }

    /** Empty if it cannot be told now, when the turn will ask again. */
    public Optional<TurnEvent> readBack(TurnAction.ReadBack wanted) {
        ServiceId id = wanted.id();
        return switch (api.read(id.namespace(), id.name())) {
            case Outcome.Found(JsonNode service) ->
                ServiceJson.applicant(service, ours).map(TurnEvent.Read::new);
            case Outcome.Missing() -> Optional.of(new TurnEvent.Deleted(id, wanted.uid()));
            case Outcome.Conflict() -> Optional.empty();
            case Outcome.Denied(String detail) -> Optional.empty();
            case Outcome.Unanswered(String detail) -> Optional.empty();
        };
    }
}
