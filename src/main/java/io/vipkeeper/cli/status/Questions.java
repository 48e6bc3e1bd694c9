package io.vipkeeper.cli.status;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.vipkeeper.cli.common.StatusSource;
import io.vipkeeper.cli.common.StatusSource.Reply;
import io.vipkeeper.kubernetes.ApiAccess;
import io.vipkeeper.kubernetes.ApiSettings;
import io.vipkeeper.kubernetes.ApiSurvey;
import io.vipkeeper.kubernetes.ElectionClient;
import io.vipkeeper.kubernetes.KubernetesLeaseStore;
import io.vipkeeper.kubernetes.LeaseName;
import io.vipkeeper.kubernetes.candidates.CandidateList;
import io.vipkeeper.lease.LeaseAnswer;
import io.vipkeeper.lease.LeaseRecord;

/**
 * Asks the process of this node, the API server, and the processes of the candidates that it names. Everything is asked
 * at once, so that a picture takes two bounds of time at most, and three where this node's process hangs.
 */
final class Questions implements AutoCloseable {
    private final Aim aim;
    private final ElectionClient client;
    private final ApiSurvey survey;
    private final InstantSource clock;
    private final ExecutorService threads = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("status-", 0).factory());

    /**
     * Whom to ask.
     *
     * @param election the Lease, if this node's process names no other
     * @param electionGiven whether somebody named it, so that nobody else may
     * @param local where the process of this node answers; empty when nowhere
     * @param localNamed whether somebody said that it is there
     * @param port where the candidates' processes answer
     * @param bound of each question
     */
    record Aim(
            ApiSettings api,
            LeaseName election,
            boolean electionGiven,
            Optional<URI> local,
            boolean localNamed,
            int port,
            Duration bound) {}

    Questions(Aim aim, InstantSource clock) {
        this.aim = aim;
        this.clock = clock;
        client = new ElectionClient(new ApiAccess(aim.api()), aim.bound());
        survey = new ApiSurvey(client, aim.api());
    }

    /** @throws InterruptedException when the thread is */
    Picture ask() throws InterruptedException {
        Picture.Local local = local();
        LeaseName election = election(local);
        Future<LeaseAnswer> lease = threads.submit(() -> new KubernetesLeaseStore(client, election, clock).read());
        Future<ApiSurvey.Told<List<CandidateList.Entry>>> candidates =
                threads.submit(() -> new CandidateList(client, election).read());
        ApiSurvey.Way way = survey.way();
        List<CandidateList.Entry> known = List.of();
        String candidatesProblem = "";
        switch (got(candidates)) {
            case ApiSurvey.Told.Known<List<CandidateList.Entry>>(var list) -> known = list;
            case ApiSurvey.Told.Unknown<List<CandidateList.Entry>>(var cause, String detail) ->
                candidatesProblem = detail;
        }
        Picture.Api api = api(way, got(lease), candidatesProblem);
        Optional<Told> own = local.told()
                .filter(told -> told.lease().isEmpty() || told.lease().equals(election.toString()));
        return new Picture(clock.instant(), election, api, local, known, processes(own, known));
    }

    private Picture.Local local() {
        return aim.local()
                .map(uri ->
                        new Picture.Local(uri.toString(), aim.localNamed(), new StatusSource(uri, aim.bound()).ask()))
                .orElseGet(() ->
                        new Picture.Local("prometheus_server", false, new Reply.Silent("it is switched off", false)));
    }

    /** A manager on this node knows better than a default which Lease it is about. */
    private LeaseName election(Picture.Local local) {
        String[] named = local.told().map(Told::lease).orElse("").split("/");
        if (aim.electionGiven() || named.length != 2) {
            return aim.election();
        }
        try {
            return new LeaseName(named[0], named[1]);
        } catch (IllegalArgumentException e) {
            return aim.election();
        }
    }

    private Picture.Api api(ApiSurvey.Way way, LeaseAnswer answer, String candidatesProblem) {
        String problem = "";
        Optional<LeaseRecord> lease = Optional.empty();
        switch (answer) {
            case LeaseAnswer.Found(LeaseRecord record) -> lease = Optional.of(record);
            case LeaseAnswer.Missing missing -> {}
            case LeaseAnswer.Conflict conflict -> problem = "a read was answered by a conflict";
            case LeaseAnswer.Failed(var cause, String detail) -> problem = detail;
        }
        return new Picture.Api(
                way instanceof ApiSurvey.Way.Known known ? known.server() + " as " + known.user() : "",
                way instanceof ApiSurvey.Way.Known,
                problem,
                candidatesProblem,
                lease,
                client.certificates().client());
    }

    /** Of the election that is asked for only: on one node there may be managers of several. */
    private Map<String, Reply> processes(Optional<Told> own, List<CandidateList.Entry> candidates)
            throws InterruptedException {
        Map<String, Future<Reply>> asked = new LinkedHashMap<>();
        Map<String, Reply> all = new LinkedHashMap<>();
        own.ifPresent(told -> all.put(told.node(), new Reply.Told(told.json())));
        for (CandidateList.Entry entry : candidates) {
            String node = entry.candidate().node();
            String host = entry.candidate().host();
            String literal = host.contains(":") ? "[" + host + "]" : host;
            if (!all.containsKey(node)) {
                StatusSource.ofUrl("http://" + literal + ":" + aim.port())
                        .ifPresent(uri -> asked.put(node, threads.submit(() -> of(node, uri))));
            }
        }
        for (Map.Entry<String, Future<Reply>> one : asked.entrySet()) {
            all.put(one.getKey(), got(one.getValue()));
        }
        return all;
    }

    private Reply of(String node, URI uri) {
        Reply reply = new StatusSource(uri, aim.bound()).ask();
        return reply instanceof Reply.Told(var json) && !new Told(json).node().equals(node)
                ? new Reply.Silent("another node's vipkeeper answers there", false)
                : reply;
    }

    private static <T> T got(Future<T> asked) throws InterruptedException {
        try {
            return asked.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        client.close();
    }
}
