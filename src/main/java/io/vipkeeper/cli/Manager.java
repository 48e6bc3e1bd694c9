package io.vipkeeper.cli;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.QuarkusApplication;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import org.jboss.logging.Logger;

import io.vipkeeper.cli.common.CommandGroup;
import io.vipkeeper.cli.common.VersionCommand;
import io.vipkeeper.cli.preflight.host.PrefixRule;
import io.vipkeeper.config.ShownSettings;
import io.vipkeeper.config.VipkeeperConfig;
import io.vipkeeper.grant.GrantRules;
import io.vipkeeper.keeper.Observer;
import io.vipkeeper.linux.ProcessAge;
import io.vipkeeper.observe.ApiComplaints;
import io.vipkeeper.observe.HealthzListener;
import io.vipkeeper.observe.KeeperView;
import io.vipkeeper.observe.ObservationLog;
import io.vipkeeper.observe.meters.VipkeeperMeters;
import io.vipkeeper.observe.moves.FlightRecorder;
import io.vipkeeper.observe.moves.HolderHistory;
import io.vipkeeper.observe.page.PageEndpoint;
import io.vipkeeper.observe.status.Background;
import io.vipkeeper.observe.status.Lately;
import io.vipkeeper.observe.status.RequestTimes;
import io.vipkeeper.observe.status.StatusDocument;
import io.vipkeeper.observe.status.StatusEndpoint;
import io.vipkeeper.pipeline.KeeperPipeline;
import io.vipkeeper.pipeline.OrderlyShutdown;

/** The daemon inside Quarkus: where everything is put together. */
public final class Manager implements QuarkusApplication {
    private static final Logger LOG = Logger.getLogger(Manager.class);

    /** Quarkus makes this object by itself, so the configuration waits here for it. */
    private static final AtomicReference<VipkeeperConfig> CONFIG = new AtomicReference<>();

    private static final AtomicReference<Future<Assembly>> ASSEMBLY = new AtomicReference<>();

    private static final AtomicReference<Map<String, String>> ENVIRONMENT = new AtomicReference<>(Map.of());

    private static final AtomicReference<Optional<Duration>> LENGTH = new AtomicReference<>(Optional.empty());

    /** The exit code of a process whose pipeline failed. */
    private static final int BROKEN = 3;

    @Inject
    KeeperView view;

    @Inject
    StatusEndpoint endpoint;

    @Inject
    PageEndpoint page;

    @Inject
    Vertx vertx;

    @Inject
    MeterRegistry registry;

    /** For a rehearsal: how long to run, and then to end as the JVM does by itself. */
    static void endAfter(Optional<Duration> length) {
        LENGTH.set(length);
    }

    static boolean isRehearsal() {
        return LENGTH.get().isPresent();
    }

    /** @param environment may name a service manager that is to be told */
    static void configure(VipkeeperConfig config, Future<Assembly> assembly, Map<String, String> environment) {
        CONFIG.set(config);
        ASSEMBLY.set(assembly);
        ENVIRONMENT.set(environment);
    }

    @Override
    public int run(String... args) throws Exception {
        return run(CONFIG.get(), ASSEMBLY.get().get());
    }

    /** Runs until the process is asked to end, or the pipeline breaks. */
    private int run(VipkeeperConfig config, Assembly assembly) {
        // The command has asked already, unless the interface was left to the default route.
        Optional<String> harmful = new PrefixRule().problem(config.address().vips(), assembly.nic());
        if (harmful.isPresent()) {
            LOG.error(harmful.get());
            return CommandGroup.REFUSED;
        }
        config.http().healthCheckPort().ifPresent(port -> new HealthzListener(vertx, view)
                .listen(
                        port,
                        listening -> LOG.debugf("healthz answers port=%d", listening),
                        refusal -> LOG.errorf("healthz cannot listen port=%d reason=%s", port, refusal)));
        Termination termination = Termination.awaited();
        ApiComplaints complaints = new ApiComplaints(assembly.clock());
        VipkeeperMeters meters = meters(config, assembly);
        Background background =
                new Background(new HolderHistory(InstantSource.system()), new RequestTimes(), ShownSettings.of(config));
        assembly.client().listen((server, status, nanos) -> {
            meters.asked(server, status, nanos);
            background.requests().asked(server, status, nanos);
        });
        KeeperPipeline pipeline =
                assembly.start(observers(config, assembly, meters, complaints, background), meters::timed, complaints);
        Optional<ServiceMode> services = assembly.services();
        services.ifPresent(mode -> {
            mode.start(complaints);
            mode.finished().whenComplete((done, failure) -> termination.ask());
        });
        view.show(pipeline::status, assembly.clock(), pipeline::longestPauseNanos);
        pipeline.finished().whenComplete((done, failure) -> termination.ask());
        LOG.infof(
                "campaigning version=%s node=%s vips=%s interface=%s lease=%s/%s startMillis=%d",
                VersionCommand.version(),
                config.nodeName(),
                config.address().vips(),
                assembly.nic(),
                config.election().namespace(),
                config.election().leaseName(),
                ProcessAge.millis().orElse(-1));
        assembly.nicTrouble().ifPresent(LOG::warn);
        Optional<ServiceManager> supervisor = assembly.serviceManager(ENVIRONMENT.get(), view);
        supervisor.ifPresent(ServiceManager::begin);
        termination.await(LENGTH.get());
        supervisor.ifPresent(ServiceManager::stop);
        services.ifPresent(ServiceMode::stop);
        int ended = end(pipeline, assembly);
        services.ifPresent(ServiceMode::awaitStopped);
        int exitCode = services.map(ServiceMode::isBroken).orElse(false) ? BROKEN : ended;
        if (LENGTH.get().isPresent()) {
            return exitCode;
        }
        // Everything is given back; what Quarkus and the JVM would still tidy up only keeps the kubelet waiting.
        assembly.exit(exitCode);
        return exitCode;
    }

    private VipkeeperMeters meters(VipkeeperConfig config, Assembly assembly) {
        VipkeeperMeters.Identity identity = new VipkeeperMeters.Identity(
                config.nodeName(), config.election().leaseName(), VersionCommand.version());
        VipkeeperMeters.Chosen chosen = new VipkeeperMeters.Chosen(
                config.election().timing(), config.fast().map(fast -> new GrantRules(fast.pace())));
        return new VipkeeperMeters(
                registry, identity, config.address().vips(), chosen, view, new AssemblyMeterSource(assembly));
    }

    private List<Observer> observers(
            VipkeeperConfig config,
            Assembly assembly,
            VipkeeperMeters meters,
            ApiComplaints complaints,
            Background background) {
        FlightRecorder recorder = new FlightRecorder(InstantSource.system(), meters::took);
        StatusDocument.Instance instance = new StatusDocument.Instance(
                config.nodeName(),
                VersionCommand.version(),
                config.election().namespace() + "/" + config.election().leaseName(),
                assembly.nic());
        Lately lately = new Lately();
        StatusDocument document = new StatusDocument(
                        instance,
                        view,
                        recorder,
                        lately,
                        assembly::possibleFence,
                        assembly.client().certificates()::client)
                .with(background);
        endpoint.show(document);
        page.show(document);
        StatusDump.show(document);
        List<Observer> observers = new ArrayList<>(List.of(
                new ObservationLog(assembly.clock(), complaints), meters, recorder, lately, background.holders()));
        assembly.moveEvents().ifPresent(observers::add);
        assembly.condition().ifPresent(observers::add);
        return observers;
    }

    private static int end(KeeperPipeline pipeline, Assembly assembly) {
        if (pipeline.finished().isCompletedExceptionally()) {
            return BROKEN;
        }
        if (new OrderlyShutdown(pipeline).run()) {
            assembly.tidy();
        }
        LOG.info("stopped");
        return 0;
    }
}
