package io.vipkeeper.pool.turn;

import java.util.List;
import java.util.Optional;

import io.vipkeeper.pool.Address;
import io.vipkeeper.pool.Fault;
import io.vipkeeper.pool.Supply;
import io.vipkeeper.pool.ledger.Allocation;
import io.vipkeeper.pool.ledger.Allocator;
import io.vipkeeper.pool.ledger.Claim;
import io.vipkeeper.pool.ledger.Grant;
import io.vipkeeper.pool.ledger.Wish;

/** One Service that wants addresses, and what has to be written so that it has them. */
final class Petition {
    private final Applicant applicant;
    private final Registry registry;
    private final Reading reading;
    private final Claim claim;

    Petition(Applicant applicant, Registry registry) {
        this.applicant = applicant;
        this.registry = registry;
        this.reading = Reading.of(applicant.texts());
        this.claim = registry.claimOf(applicant, reading.settled(), reading.has());
    }

    Allocation judge(Allocator allocator) {
        if (reading.nonsense().isPresent()) {
            return new Allocation.Refused(
                    "The Service asks for " + Fault.quoted(reading.nonsense().get())
                            + ", which is no address; write addresses as numbers, with commas between, or none.");
        }
        Wish wish = new Wish(claim, reading.requested(), applicant.families(), applicant.policy());
        return allocator.allocate(wish, registry.pools());
    }

    /** Empty if all of it is there. */
    Optional<AddressWrite> write(List<Grant> grants, long term) {
        boolean chosen = reading.requested().isEmpty();
        if (chosen ? isStored(grants) : isAccepted()) {
            return Optional.empty();
        }
        Optional<String> loadBalancerIp =
                chosen ? Optional.of(grants.getFirst().address().toString()) : Optional.empty();
        Optional<String> interfaceName =
                chosen && registry.pools().of(applicant.id().namespace()) instanceof Supply.Pool pool
                        ? pool.interfaceName()
                        : Optional.empty();
        String stamp = new Stamp(term, grants).toString();
        return Optional.of(
                new AddressWrite(applicant.id(), applicant.version(), grants, loadBalancerIp, interfaceName, stamp));
    }

    private boolean isStored(List<Grant> grants) {
        Applicant.Texts texts = applicant.texts();
        List<Address> addresses = grants.stream().map(Grant::address).toList();
        return texts.labelled()
                && texts.annotation().equals(AddressWrite.text(addresses))
                && texts.loadBalancerIp().equals(addresses.getFirst().toString())
                && Stamp.parse(texts.stamp())
                        .filter(stamp -> stamp.grants().equals(grants))
                        .isPresent();
    }

    /** What kube-vip-cloud-provider accepted stays as it left it. */
    private boolean isAccepted() {
        return reading.settled()
                && applicant.texts().labelled()
                && !applicant.texts().annotation().isBlank();
    }

    /** Why it is given something else than it had; empty if it had nothing, or keeps all of it. */
    Optional<String> move(List<Grant> grants) {
        for (Grant has : reading.has()) {
            boolean kept = grants.stream().anyMatch(grant -> grant.address().equals(has.address()));
            if (!kept && has.isChosen()) {
                String why =
                        registry.ledger().obstacle(claim, has).orElse("is of a family that is not wanted any more");
                return Optional.of("The address " + has.address() + " " + why + "; the Service has "
                        + AddressWrite.text(grants.stream().map(Grant::address).toList()) + " instead.");
            }
        }
        return Optional.empty();
    }
}
