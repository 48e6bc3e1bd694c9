package io.vipkeeper.pool.turn;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.vipkeeper.pool.Address;
import io.vipkeeper.pool.Family;
import io.vipkeeper.pool.ledger.FamilyPolicy;
import io.vipkeeper.pool.ledger.Port;
import io.vipkeeper.pool.ledger.ServiceId;

/** Services as the API server would show them. */
final class Services {
    static final Applicant.Texts NOTHING = new Applicant.Texts("", "", "", false);

    private Services() {}

    static Applicant service(String name, long version, int age) {
        return new Applicant(
                new ServiceId("default", name),
                "uid-" + name,
                Long.toString(version),
                Instant.ofEpochSecond(age),
                Applicant.Stage.WANTS,
                List.of(Family.IPV4),
                FamilyPolicy.SINGLE_STACK,
                Set.of(new Port("TCP", 80)),
                NOTHING,
                Set.of());
    }

    static Applicant with(Applicant base, long version, Applicant.Texts texts) {
        return copy(base, version, base.stage(), base.ports(), texts, base.elsewhere());
    }

    static Applicant with(Applicant base, long version, Set<Port> ports) {
        return copy(base, version, base.stage(), ports, base.texts(), base.elsewhere());
    }

    static Applicant as(Applicant base, long version, Applicant.Stage stage, Set<Address> elsewhere) {
        return copy(base, version, stage, base.ports(), base.texts(), elsewhere);
    }

    private static Applicant copy(
            Applicant base,
            long version,
            Applicant.Stage stage,
            Set<Port> ports,
            Applicant.Texts texts,
            Set<Address> elsewhere) {
        return new Applicant(
                base.id(),
                base.uid(),
                Long.toString(version),
                base.created(),
                stage,
                base.families(),
                base.policy(),
                ports,
                texts,
                elsewhere);
    }

    /** As the API server has it after the write. */
    static Applicant stored(Applicant base, long version, AddressWrite write) {
        Optional<String> loadBalancerIp = write.loadBalancerIp();
        return with(
                base,
                version,
                new Applicant.Texts(
                        write.annotation(), loadBalancerIp.orElse(base.texts().loadBalancerIp()), write.stamp(), true));
    }
}
