package io.vipkeeper.kubernetes.services;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.vipkeeper.kubernetes.ElectionClient;
import io.vipkeeper.kubernetes.Kubeconfigs;
import io.vipkeeper.kubernetes.StandIn;
import io.vipkeeper.lease.ApiFailure;
import io.vipkeeper.lease.LeaseAnswer;
import io.vipkeeper.lease.LeaseDraft;
import io.vipkeeper.lease.LeaseRecord;
import io.vipkeeper.service.plan.LeaseRef;

import static org.assertj.core.api.Assertions.assertThat;

/** Which Leases a Service may have. */
final class ServiceLeasesTest {
    private static final LeaseRef NAMED = new LeaseRef("web", "shared");

    @TempDir
    private Path folder;

    private final List<String> foreign = new ArrayList<>();

    private void against(String metadata, String holder, BiConsumer<StandIn, ServiceLeases> then) throws Exception {
        String lease = """
                {"metadata":{"name":"shared","namespace":"web","resourceVersion":"5"%s},
                 "spec":{"holderIdentity":"%s","leaseDurationSeconds":15}}""".formatted(metadata, holder);
        try (StandIn server = StandIn.plain((request, answer) -> answer.json(200, lease));
                ElectionClient client = Kubeconfigs.client(folder, server.port(), Duration.ofSeconds(20))) {
            then.accept(
                    server, new ServiceLeases(client, "node-1"::equals, (ref, why) -> foreign.add(ref + ": " + why)));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "|''",
                "|node-1",
                ",\"labels\":{\"vipkeeper.io/elects\":\"services\"}|whoever",
            })
    void oneWithOurLabelOrOfKubeVipsFormIsTaken(String metadata, String holder) throws Exception {
        against(metadata == null ? "" : metadata, holder, (server, leases) -> {
            assertThat(leases.named(NAMED).read()).isInstanceOf(LeaseAnswer.Found.class);
            assertThat(foreign).isEmpty();
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "|app-7d4f_81c2|which is no Node",
                ",\"labels\":{\"vipkeeper.io/elects\":\"members\"}|node-1|another program",
                ",\"annotations\":{\"x.example/y\":\"z\"}|node-1|another program",
                ",\"ownerReferences\":[{\"kind\":\"Node\"}]|node-1|another program",
            })
    void anotherProgramsIsNeitherTakenNorWrittenOver(String metadata, String holder, String why) throws Exception {
        against(metadata == null ? "" : metadata, holder, (server, leases) -> {
            // when
            LeaseAnswer read = leases.named(NAMED).read();
            LeaseRecord seen = new LeaseRecord("5", holder, 15, 0, "", "", Map.of());
            LeaseAnswer replaced = leases.named(NAMED).replace(seen, new LeaseDraft("node-2", 15, 1, true, Map.of()));

            // then
            assertThat(List.of(read, replaced)).allSatisfy(answer -> assertThat(answer)
                    .isInstanceOfSatisfying(LeaseAnswer.Failed.class, failed -> {
                        assertThat(failed.cause()).isEqualTo(ApiFailure.REJECTED);
                        assertThat(failed.detail()).contains("Lease web/shared", why, "leaseName");
                    }));
            assertThat(foreign).hasSize(2).first().asString().contains("web/shared");
            assertThat(server.requests).extracting(StandIn.Request::method).containsOnly("GET");
        });
    }

    @Test
    void theOneThatTheConfigurationNamesIsTakenAsItIs() throws Exception {
        against(",\"labels\":{\"helm.example/x\":\"y\"}", "", (server, leases) -> assertThat(
                        leases.configured(NAMED).read())
                .isInstanceOf(LeaseAnswer.Found.class));
    }
}
