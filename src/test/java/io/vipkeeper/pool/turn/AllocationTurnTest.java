package io.vipkeeper.pool.turn;

import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.vipkeeper.pool.Address;
import io.vipkeeper.pool.Pools;
import io.vipkeeper.pool.ledger.Allocation;
import io.vipkeeper.pool.ledger.Port;
import io.vipkeeper.pool.ledger.Reservation;
import io.vipkeeper.pool.turn.TurnEvent.WriteAnswer;

import static io.vipkeeper.pool.turn.Services.service;
import static org.assertj.core.api.Assertions.assertThat;

class AllocationTurnTest {
    private static final long SECOND = 1_000_000_000L;

    private final AllocationTurn turn = new AllocationTurn();
    private long now;

    private List<TurnAction> step(TurnEvent event) {
        return turn.step(event, now);
    }

    /** In charge for ten seconds, with this pool and these Services. */
    private List<TurnAction> begin(String pool, Applicant... all) {
        step(new TurnEvent.PoolsRead(Pools.read(Map.of("cidr-global", pool))));
        step(new TurnEvent.Reserved(Map.of()));
        assertThat(step(new TurnEvent.InCharge(7, now + 10 * SECOND))).containsExactly(new TurnAction.ListAll(7));
        return step(new TurnEvent.Listed(7, "0", List.of(all)));
    }

    private static List<TurnAction.Write> writes(List<TurnAction> actions) {
        return actions.stream()
                .filter(TurnAction.Write.class::isInstance)
                .map(TurnAction.Write.class::cast)
                .toList();
    }

    private static AddressWrite only(List<TurnAction> actions) {
        assertThat(writes(actions)).hasSize(1);
        return writes(actions).getFirst().write();
    }

    private static Address address(String text) {
        return Address.parse(text).orElseThrow();
    }

    private static Applicant.Texts texts(String annotation, String loadBalancerIp, String stamp, boolean labelled) {
        return new Applicant.Texts(annotation, loadBalancerIp, stamp, labelled);
    }

    private static Applicant chosen(String name, int age, String address) {
        return Services.with(
                service(name, age, age), age, texts(address, address, "term=1;" + address + "=pool", true));
    }

    @Test
    void whatIsWrittenIsWhereKubeVipCloudProviderWritesIt() {
        // when
        AddressWrite write = only(begin("192.0.2.8/29", service("a", 5, 1)));
        // then
        assertThat(write.version()).isEqualTo("5");
        assertThat(write.annotation()).isEqualTo("192.0.2.8");
        assertThat(write.loadBalancerIp()).contains("192.0.2.8");
        assertThat(write.stamp()).isEqualTo("term=7;192.0.2.8=pool");
        assertThat(write.interfaceName()).isEmpty();
    }

    @Test
    void theOldestIsServedFirstAndNoAddressTwiceWhileWritesAreUnderWay() {
        List<TurnAction.Write> writes =
                writes(begin("192.0.2.8/29", service("young", 5, 9), service("old", 6, 1), service("middle", 7, 5)));
        assertThat(writes)
                .extracting(
                        write -> write.write().id().name() + " " + write.write().annotation())
                .containsExactly("old 192.0.2.8", "middle 192.0.2.9", "young 192.0.2.10");
    }

    @Test
    void nothingIsDecidedBeforeAListThatWasReadInThisTerm() {
        // given
        step(new TurnEvent.PoolsRead(Pools.read(Map.of("cidr-global", "192.0.2.8/29"))));
        step(new TurnEvent.Reserved(Map.of()));
        step(new TurnEvent.Listed(-1, "0", List.of(service("a", 5, 1))));
        step(new TurnEvent.InCharge(7, 10 * SECOND));
        // then a list of a watch, or of another term, is not enough
        assertThat(step(new TurnEvent.Listed(-1, "0", List.of(service("a", 5, 1)))))
                .isEmpty();
        assertThat(step(new TurnEvent.Listed(6, "0", List.of(service("a", 5, 1)))))
                .isEmpty();
        assertThat(step(new TurnEvent.Tick())).containsExactly(new TurnAction.ListAll(7));
        assertThat(writes(step(new TurnEvent.Listed(7, "0", List.of(service("a", 5, 1))))))
                .hasSize(1);
    }

    @Test
    void nothingIsDecidedAfterTheRightHasEnded() {
        begin("192.0.2.8/29");
        now = 10 * SECOND;
        assertThat(step(new TurnEvent.Changed(service("a", 5, 1)))).isEmpty();
        // when it is renewed
        assertThat(writes(step(new TurnEvent.InCharge(7, 20 * SECOND)))).hasSize(1);
    }

    @Test
    void whatIsStoredIsReportedOnceAndStays() {
        // given
        TurnAction.Write write =
                writes(begin("192.0.2.8/29", service("a", 5, 1))).getFirst();
        Applicant stored = Services.stored(service("a", 5, 1), 6, write.write());
        // when
        List<TurnAction> actions = step(new TurnEvent.Answered(write.request(), new WriteAnswer.Stored(stored)));
        // then
        assertThat(actions).singleElement().isInstanceOf(TurnAction.Report.class);
        // when the watch shows what was before, then what is now, and everything is listed again
        assertThat(step(new TurnEvent.Changed(service("a", 5, 1)))).isEmpty();
        assertThat(step(new TurnEvent.Changed(stored))).isEmpty();
        assertThat(step(new TurnEvent.Listed(-1, "0", List.of(service("a", 5, 1)))))
                .isEmpty();
        // then the next one gets the next address
        assertThat(only(step(new TurnEvent.Changed(service("b", 8, 2)))).annotation())
                .isEqualTo("192.0.2.9");
    }

    @Test
    void aConflictIsReadBackAndDecidedAnew() {
        // given
        TurnAction.Write write =
                writes(begin("192.0.2.8/29", service("a", 5, 1))).getFirst();
        // when somebody else wrote it
        assertThat(step(new TurnEvent.Answered(write.request(), new WriteAnswer.Conflict())))
                .containsExactly(new TurnAction.ReadBack(write.write().id(), "uid-a"));
        // then the same address for the new version
        AddressWrite again = only(step(new TurnEvent.Read(service("a", 6, 1))));
        assertThat(again.version()).isEqualTo("6");
        assertThat(again.annotation()).isEqualTo("192.0.2.8");
    }

    @Test
    void anAddressWhoseWriteWasLostIsNobodyElses() {
        // given
        TurnAction.Write write =
                writes(begin("192.0.2.8/29", service("a", 5, 1))).getFirst();
        // when
        assertThat(step(new TurnEvent.Answered(write.request(), new WriteAnswer.Lost())))
                .isEmpty();
        // then
        assertThat(only(step(new TurnEvent.Changed(service("b", 6, 2)))).annotation())
                .isEqualTo("192.0.2.9");
        assertThat(step(new TurnEvent.Tick()))
                .containsExactly(new TurnAction.ReadBack(write.write().id(), "uid-a"));
        // when nothing was stored, it is sent again as it was
        AddressWrite again = only(step(new TurnEvent.Read(service("a", 5, 1))));
        assertThat(again).isEqualTo(write.write());
        // when the first was stored after all
        Applicant stored = Services.stored(service("a", 5, 1), 9, write.write());
        step(new TurnEvent.Tick());
        assertThat(writes(step(new TurnEvent.Read(stored)))).isEmpty();
    }

    @Test
    void whatTheServerDeniesIsSaidAndNotTriedAgainAtOnce() {
        TurnAction.Write write =
                writes(begin("192.0.2.8/29", service("a", 5, 1))).getFirst();
        List<TurnAction> actions =
                step(new TurnEvent.Answered(write.request(), new WriteAnswer.Denied("Not allowed.")));
        assertThat(actions).singleElement().isInstanceOfSatisfying(TurnAction.Report.class, report -> assertThat(
                        report.verdict())
                .isEqualTo(new Allocation.Refused("Not allowed.")));
        assertThat(step(new TurnEvent.Tick())).isEmpty();
    }

    @Test
    void whoFoundNothingIsServedWhenAnotherGoes() {
        // given a pool of one
        List<TurnAction> actions = begin("192.0.2.9/32", chosen("a", 1, "192.0.2.9"), service("b", 6, 2));
        assertThat(writes(actions)).isEmpty();
        assertThat(actions)
                .filteredOn(action ->
                        action instanceof TurnAction.Report report && report.verdict() instanceof Allocation.Exhausted)
                .hasSize(1);
        // when it is being deleted, nothing changes; when it is gone, the other gets it
        Applicant leaving = Services.as(chosen("a", 1, "192.0.2.9"), 8, Applicant.Stage.LEAVING, Set.of());
        assertThat(step(new TurnEvent.Changed(leaving))).isEmpty();
        assertThat(step(new TurnEvent.Deleted(leaving.id(), "uid-of-another"))).isEmpty();
        assertThat(only(step(new TurnEvent.Deleted(leaving.id(), leaving.uid())))
                        .annotation())
                .isEqualTo("192.0.2.9");
    }

    @ParameterizedTest(name = "annotation \"{0}\", loadBalancerIP \"{1}\", labelled {2}: {3}")
    @CsvSource({
        // as kube-vip-cloud-provider leaves it, or accepts it of a user
        "'192.0.2.99', '192.0.2.99', true, ''",
        "'192.0.2.99,2001:db8::99', '', true, ''",
        "'192.0.2.99', '', true, ''",
        // as a user writes it: the label is missing, or the annotation
        "'192.0.2.99, 2001:db8::99', '', false, '192.0.2.99,2001:db8::99'",
        "'', '192.0.2.99', false, '192.0.2.99'",
        "'', '192.0.2.99', true, '192.0.2.99'"
    })
    void whatIsWrittenOnAServiceIsTakenOver(String annotation, String loadBalancerIp, boolean labelled, String write) {
        // given
        Applicant old = Services.with(service("a", 5, 1), 5, texts(annotation, loadBalancerIp, "", labelled));
        // when
        List<TurnAction.Write> writes = writes(begin("192.0.2.8/29", old));
        // then its own spec is never touched
        assertThat(writes)
                .extracting(one -> one.write().annotation())
                .isEqualTo(write.isEmpty() ? List.of() : List.of(write));
        assertThat(writes)
                .allSatisfy(one -> assertThat(one.write().loadBalancerIp()).isEmpty());
        // and nobody else gets it
        Applicant asks = Services.with(service("b", 6, 2), 6, texts("192.0.2.99", "", "", false));
        assertThat(writes(step(new TurnEvent.Changed(asks)))).isEmpty();
    }

    @Test
    void aNameIsRefusedAndSaid() {
        Applicant named = Services.with(service("a", 5, 1), 5, texts("vip.example", "", "", false));
        assertThat(begin("192.0.2.8/29", named))
                .singleElement()
                .isInstanceOfSatisfying(TurnAction.Report.class, report -> assertThat(report.verdict())
                        .isEqualTo(new Allocation.Refused("The Service asks for \"vip.example\", which is no address;"
                                + " write addresses as numbers, with commas between, or none.")));
    }

    @Test
    void ofTwoThatWereGivenOneAddressTheYoungerGetsAnotherVisibly() {
        // given what two replicas did, who both believed to be in charge
        Applicant older = chosen("older", 1, "192.0.2.8");
        Applicant younger = chosen("younger", 2, "192.0.2.8");
        // when
        TurnAction.Write write = writes(begin("192.0.2.8/29", younger, older)).getFirst();
        // then
        assertThat(write.write().id().name()).isEqualTo("younger");
        assertThat(write.write().annotation()).isEqualTo("192.0.2.9");
        // and it is said when it is done
        Applicant stored = Services.stored(younger, 9, write.write());
        assertThat(step(new TurnEvent.Answered(write.request(), new WriteAnswer.Stored(stored))))
                .filteredOn(action -> action instanceof TurnAction.Report report
                        && report.moved()
                                .filter(("The address 192.0.2.8 is in use by the Service default/older and cannot be"
                                        + " shared with it; the Service has 192.0.2.9 instead.")::equals)
                                .isPresent())
                .hasSize(1);
    }

    @Test
    void whatAnOwnerAsksForIsNeverTakenFromWhoHasItNorChanged() {
        // given a Service that has .8 since yesterday
        begin("192.0.2.8/29", chosen("has", 5, "192.0.2.8"));
        // when the owner of an older one asks for it
        Applicant asks = Services.with(service("asks", 9, 1), 9, texts("192.0.2.8", "", "", false));
        List<TurnAction> actions = step(new TurnEvent.Changed(asks));
        // then
        assertThat(writes(actions)).isEmpty();
        assertThat(actions).singleElement().isInstanceOfSatisfying(TurnAction.Report.class, report -> assertThat(
                        report.verdict())
                .isInstanceOf(Allocation.Refused.class));
    }

    @Test
    void anOwnerMayAskForAnotherAddressInTheSpec() {
        begin("192.0.2.8/29", chosen("a", 5, "192.0.2.8"));
        Applicant asks =
                Services.with(service("a", 9, 5), 9, texts("192.0.2.8", "192.0.2.12", "term=1;192.0.2.8=pool", true));
        AddressWrite write = only(step(new TurnEvent.Changed(asks)));
        assertThat(write.annotation()).isEqualTo("192.0.2.12");
        assertThat(write.stamp()).isEqualTo("term=7;192.0.2.12=request");
    }

    @Test
    void whatSomebodyRemovedComesBack() {
        begin("192.0.2.8/29", chosen("a", 5, "192.0.2.12"));
        Applicant stripped =
                Services.with(service("a", 9, 5), 9, texts("", "192.0.2.12", "term=1;192.0.2.12=pool", false));
        AddressWrite write = only(step(new TurnEvent.Changed(stripped)));
        assertThat(write.annotation()).isEqualTo("192.0.2.12");
        assertThat(write.stamp()).isEqualTo("term=7;192.0.2.12=pool");
    }

    @Test
    void addressesOfOtherServicesAndOfNodesAreInUse() {
        // given another program's Service, one of ours whose status still says what it had, and a Node
        Applicant other = Services.as(service("other", 1, 1), 1, Applicant.Stage.OTHER, Set.of(address("192.0.2.8")));
        Applicant moved =
                Services.as(chosen("moved", 2, "192.0.2.14"), 2, Applicant.Stage.WANTS, Set.of(address("192.0.2.9")));
        step(new TurnEvent.Reserved(Map.of(address("192.0.2.10"), new Reservation("Node a", Set.of()))));
        step(new TurnEvent.PoolsRead(Pools.read(Map.of("cidr-global", "192.0.2.8/29"))));
        step(new TurnEvent.InCharge(7, 10 * SECOND));
        // when
        List<TurnAction> actions = step(new TurnEvent.Listed(7, "0", List.of(other, moved, service("new", 6, 3))));
        // then
        assertThat(only(actions).annotation()).isEqualTo("192.0.2.11");
    }

    @Test
    void aServiceWhosePortsCollideNowIsMoved() {
        // given two that share
        step(new TurnEvent.PoolsRead(Pools.read(Map.of("cidr-global", "192.0.2.8/29", "allow-share-global", "true"))));
        step(new TurnEvent.Reserved(Map.of()));
        step(new TurnEvent.InCharge(7, 10 * SECOND));
        Applicant first = chosen("first", 1, "192.0.2.8");
        Applicant second = Services.with(
                Services.with(service("second", 2, 2), 2, Set.of(new Port("TCP", 443))),
                2,
                texts("192.0.2.8", "192.0.2.8", "term=1;192.0.2.8=share", true));
        assertThat(writes(step(new TurnEvent.Listed(7, "0", List.of(first, second)))))
                .isEmpty();
        // when the older one wants the younger's port, too
        Set<Port> both = Set.of(new Port("TCP", 80), new Port("TCP", 443));
        AddressWrite write = only(step(new TurnEvent.Changed(Services.with(first, 9, both))));
        // then
        assertThat(write.id().name()).isEqualTo("second");
        assertThat(write.annotation()).isEqualTo("192.0.2.9");
    }

    @ParameterizedTest
    @CsvSource({"'term=x;192.0.2.8=pool'", "'term=1;192.0.2.8=gift'", "'term=1;nonsense'", "'192.0.2.8'", "''"})
    void aStampThatSomebodyEditedIsNone(String text) {
        assertThat(Stamp.parse(text)).isEmpty();
    }
}
