package io.vipkeeper.cli.preflight.api;

import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.vipkeeper.cli.preflight.finding.Finding;
import io.vipkeeper.config.VipkeeperConfig;
import io.vipkeeper.kubernetes.ApiAccess;
import io.vipkeeper.kubernetes.ApiSettings;
import io.vipkeeper.kubernetes.ApiSurvey;
import io.vipkeeper.kubernetes.ElectionClient;
import io.vipkeeper.kubernetes.KubernetesLeaseStore;
import io.vipkeeper.kubernetes.LeaseName;
import io.vipkeeper.kubernetes.NodeList;
import io.vipkeeper.kubernetes.Nodes;
import io.vipkeeper.lease.ElectorId;
import io.vipkeeper.lease.LeaseAnswer;

/** All that is looked at behind the kubeconfig. Writes nothing. */
public final class ApiChecks {
    private static final Duration HANDSHAKE = Duration.ofSeconds(2);
    private static final List<String> LATER =
            List.of("API certificate", "Lease", "rights", "writes", "Node addresses", "endpoint");

    private final VipkeeperConfig config;
    private final ApiSettings settings;
    private final ElectorId self;
    private final LeaseName lease;
    private final List<Finding> findings = new ArrayList<>();
    private Optional<String> holder = Optional.empty();

    /** @param machine this machine, as the manager's marks on the Lease have it */
    public ApiChecks(VipkeeperConfig config, ApiSettings settings, String machine) {
        this.config = config;
        this.settings = settings;
        this.self = new ElectorId(config.nodeName(), machine, "");
        this.lease =
                new LeaseName(config.election().namespace(), config.election().leaseName());
    }

    /** Takes less than a second where the server answers, and up to some twenty where it hangs. */
    public List<Finding> run() {
        Duration bound = config.election().timing().requestBound();
        try (ElectionClient client = new ElectionClient(new ApiAccess(settings), bound)) {
            ApiSurvey survey = new ApiSurvey(client, settings);
            switch (survey.way()) {
                case ApiSurvey.Way.Unknown(String sentence) -> noWay(sentence);
                case ApiSurvey.Way.Known known -> {
                    findings.add(Finding.ok("kubeconfig", "leads to " + known.server() + " as " + known.user()));
                    CertificateChecks.client(known.certificates(), Instant.now())
                            .ifPresent(findings::add);
                    ask(client, survey, bound);
                }
            }
        }
        return findings;
    }

    /** Who held the Lease when it was read, if another node did. */
    public Optional<String> otherHolder() {
        return holder.filter(name -> !name.equals(config.nodeName()));
    }

    private void noWay(String sentence) {
        boolean there = Files.exists(settings.kubeconfig());
        findings.add(
                there
                        ? Finding.failure(
                                "kubeconfig",
                                sentence,
                                "this node cannot take part in the election",
                                "correct the file, or k8s_config_file (--k8sConfigPath)")
                        : Finding.notYet("kubeconfig", sentence + ", unless kubeadm is yet to write it"));
        LATER.forEach(check -> findings.add(Finding.notYet(check, "the way to the API server is not known")));
    }

    private void ask(ElectionClient client, ApiSurvey survey, Duration bound) {
        KubernetesLeaseStore store = new KubernetesLeaseStore(client, lease, InstantSource.system());
        store.warm();
        findings.add(CertificateChecks.server(
                survey.serverCertificate(HANDSHAKE), config.address().vips(), Instant.now()));
        LeaseAnswer answer = store.read();
        findings.add(LeaseCheck.of(answer, self, lease));
        if (answer instanceof LeaseAnswer.Failed) {
            LATER.subList(2, LATER.size())
                    .forEach(check -> findings.add(Finding.notYet(check, "the API server gives no usable answer")));
            return;
        }
        if (answer instanceof LeaseAnswer.Found(var record) && !record.isFree()) {
            holder = Optional.of(record.holderIdentity());
        }
        findings.add(Rights.of(survey, lease));
        findings.add(WriteLatency.of(() -> survey.dryRun(lease), bound));
        Optional<NodeList> nodes = new Nodes(client, trouble -> true).now();
        findings.add(NodeAddresses.of(nodes, config.address().vips()));
        findings.add(Endpoint.of(survey, config.address().vips()));
    }
}
