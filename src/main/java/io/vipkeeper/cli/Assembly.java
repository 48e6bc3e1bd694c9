package io.vipkeeper.cli;

import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import io.smallrye.mutiny.Multi;
import org.jboss.logging.Logger;

import io.vipkeeper.announce.ClaimWatch;
import io.vipkeeper.announce.FrameCounters;
import io.vipkeeper.announce.PacketAnnouncer;
import io.vipkeeper.bootstrap.BootstrapRules;
import io.vipkeeper.cli.common.MachineId;
import io.vipkeeper.config.VipkeeperConfig;
import io.vipkeeper.demo.lab.JavaCommand;
import io.vipkeeper.fence.NftablesFence;
import io.vipkeeper.grant.GrantEvent;
import io.vipkeeper.grant.GrantRules;
import io.vipkeeper.keeper.Keeper;
import io.vipkeeper.keeper.KeeperEvent;
import io.vipkeeper.keeper.KeeperSettings;
import io.vipkeeper.keeper.Observer;
import io.vipkeeper.kubernetes.ApiAccess;
import io.vipkeeper.kubernetes.ApiSettings;
import io.vipkeeper.kubernetes.ElectionClient;
import io.vipkeeper.kubernetes.KubernetesLeaseStore;
import io.vipkeeper.kubernetes.LeaseName;
import io.vipkeeper.kubernetes.LeaseWatch;
import io.vipkeeper.kubernetes.NodeList;
import io.vipkeeper.kubernetes.Nodes;
import io.vipkeeper.kubernetes.WatchPace;
import io.vipkeeper.lease.ElectorId;
import io.vipkeeper.lease.Rules;
import io.vipkeeper.linux.BootClock;
import io.vipkeeper.linux.IdentityLock;
import io.vipkeeper.linux.KernelException;
import io.vipkeeper.linux.Libc;
import io.vipkeeper.linux.Nic;
import io.vipkeeper.linux.SystemLibc;
import io.vipkeeper.netlink.Interfaces;
import io.vipkeeper.netlink.NetlinkAddressBinder;
import io.vipkeeper.netlink.NetlinkWatch;
import io.vipkeeper.observe.ApiComplaints;
import io.vipkeeper.observe.FenceReport;
import io.vipkeeper.observe.KeeperView;
import io.vipkeeper.pipeline.AddressEffects;
import io.vipkeeper.pipeline.KeeperPipeline;
import io.vipkeeper.pipeline.PipelineThreads;
import io.vipkeeper.pipeline.PlainCallbacks;
import io.vipkeeper.vip.Fence;
import io.vipkeeper.vip.NoFence;
import io.vipkeeper.vip.VipEvent;
import io.vipkeeper.vip.VirtualIp;

/**
 * Puts the adapters and the core together. Made before Quarkus starts and beside it, so that class loading, the first
 * system calls and the first TLS handshake are over when the election begins.
 */
final class Assembly {
    private static final Logger LOG = Logger.getLogger(Assembly.class);
    private static final Duration LOCK_PAUSE = Duration.ofMillis(500);

    private final VipkeeperConfig config;
    private final Libc libc = SystemLibc.open();
    private final BootClock clock = new BootClock();
    private final Interfaces interfaces = new Interfaces(libc);
    private final String nic;
    private final ElectionClient client;
    private final LeaseName lease;
    private final KubernetesLeaseStore store;
    private final String process = UUID.randomUUID().toString();
    private final FrameCounters frames = new FrameCounters();
    private final Fence fence;
    private final Optional<FastPath> fastPath;

    private Assembly(VipkeeperConfig config) throws InterruptedException {
        this.config = config;
        nic = DefaultNic.find(config.link().interfaceName(), interfaces);
        lease = new LeaseName(config.election().namespace(), config.election().leaseName());
        client = new ElectionClient(
                new ApiAccess(apiSettings(config)), config.election().timing().requestBound());
        client.tellMoves(LOG::info);
        store = new KubernetesLeaseStore(client, lease, InstantSource.system());
        if (config.election().enabled()) {
            // The first request pays for class loading and the handshake; nothing waits for it.
            Thread.ofPlatform().daemon().name("warm-up").start(store::warm);
        }
        fence = fence();
        fastPath = FastPath.open(
                config, process, () -> NodeAddress.of(nic, config.address().vips()), client, lease);
    }

    /** What is to stay on the NIC for a while after the right is lost cannot be fenced. */
    private Fence fence() {
        boolean wanted = config.election().enabled() && !config.address().preserveOnLoss();
        return wanted ? new NftablesFence(libc, nic, lease.namespace(), lease.name(), clock) : new NoFence();
    }

    /** Makes ready all that needs no event loop; waits for the interface of the default route if that is wanted. */
    static Assembly prepare(VipkeeperConfig config) throws InterruptedException {
        return new Assembly(config);
    }

    BootClock clock() {
        return clock;
    }

    Optional<ServiceManager> serviceManager(Map<String, String> environment, KeeperView view) {
        return ServiceManager.of(environment, libc, view);
    }

    void exit(int status) {
        libc.exit(status);
    }

    String nic() {
        return nic;
    }

    ElectionClient client() {
        return client;
    }

    /** {@code nftables}, or why the address's lifetime is the only fence. */
    String possibleFence() {
        return fence instanceof NftablesFence nftables
                ? nftables.kind()
                : config.election().enabled() ? FenceReport.PRESERVED : FenceReport.NO_ELECTION;
    }

    FrameCounters frames() {
        return frames;
    }

    Optional<FastPath> fastPath() {
        return fastPath;
    }

    /** Why this node cannot hold as its interface is now, a sentence; later changes are observed by the keeper. */
    Optional<String> nicTrouble() {
        Optional<Nic> found = interfaces.find(nic);
        if (found.isEmpty()) {
            return Optional.of("there is no interface " + nic
                    + " yet: this node takes part once it is there; check vip_interface (--interface)");
        }
        boolean waits = !found.get().usable() && !config.link().allowNotUp();
        return waits
                ? Optional.of("interface " + nic + " cannot carry frames yet: this node takes part once it can")
                : Optional.empty();
    }

    /** What tells people of this candidate by its Lease; none without one. */
    Optional<Observer> condition() {
        return fastPath.map(path -> new CandidateCondition(this::possibleFence, path::tell));
    }

    /** What tells the cluster of the moves; none without an election. */
    Optional<Observer> moveEvents() {
        return config.election().enabled()
                ? Optional.of(MoveEvents.observer(config, client, store, clock))
                : Optional.empty();
    }

    /**
     * Makes the pipeline and starts it.
     *
     * @param timed the fence as the pipeline is to have it
     * @param complaints asked before a source beside the keeper says that the API server refuses it
     */
    KeeperPipeline start(List<Observer> observers, UnaryOperator<Fence> timed, ApiComplaints complaints) {
        PlainCallbacks.use();
        List<VirtualIp> vips = config.address().vips();
        AddressEffects effects = new AddressEffects(
                new NetlinkAddressBinder(libc, nic),
                timed.apply(fence),
                new PacketAnnouncer(libc, () -> interfaces.find(nic), frames),
                clock);
        KeeperPipeline pipeline = new KeeperPipeline(
                new Keeper(settings()),
                store,
                effects,
                fastPath.map(FastPath::peers).orElse((node, message) -> {}),
                clock,
                observers,
                PipelineThreads.create());
        List<Multi<KeeperEvent>> sources = new ArrayList<>(List.of(
                identityLock(libc, lease, config.nodeName()).map(KeeperEvent.IdentityLocked::new),
                fromVip(new NetlinkWatch(libc, nic, vips, config.link().allowNotUp()).events()),
                fromVip(new ClaimWatch(libc, nic, interfaces::list, vips).events())));
        if (config.election().enabled()) {
            Predicate<String> trouble = sentence -> complained(complaints, sentence);
            sources.add(new LeaseWatch(client, store, WatchPace.DEFAULT, trouble)
                    .events()
                    .map(KeeperEvent.FromLease::new));
            sources.add(new Nodes(client, trouble).changes().onItem().transformToIterable(Assembly::told));
            fastPath.ifPresent(open -> sources.addAll(open.sources(trouble, clock)));
        }
        pipeline.start(sources);
        // A native executable has no classes to load and nothing to compile.
        if (JavaCommand.isNative()) {
            AfterStart.begin(libc);
        } else if (fastPath.isPresent()) {
            Rehearsal.begin(settings(), pipeline, store);
        }
        return pipeline;
    }

    private static List<KeeperEvent> told(NodeList nodes) {
        return List.of(
                new KeeperEvent.NodeAddresses(nodes.owners()),
                new KeeperEvent.FromPeers(new GrantEvent.ControlPlane(nodes.controlPlane())));
    }

    /** What looks after Services, if that is wanted; not started yet. */
    Optional<ServiceMode> services() {
        return config.services()
                .map(wanted -> new ServiceMode(config, wanted, settings().elector(), nic, libc, interfaces, clock));
    }

    /** Leaves nothing behind; for an orderly end, when no address is on. */
    void tidy() {
        fence.remove();
        fastPath.ifPresent(FastPath::leave);
    }

    static boolean complained(ApiComplaints complaints, String sentence) {
        boolean admitted = complaints.admit();
        if (admitted) {
            LOG.warn(sentence);
        }
        return admitted;
    }

    private KeeperSettings settings() {
        return new KeeperSettings(
                new ElectorId(config.nodeName(), MachineId.of(interfaces.find(nic)), process),
                new Rules(config.election().timing()),
                config.address().vips(),
                config.election().enabled(),
                fastPath.flatMap(open -> config.fast())
                        .map(fast -> new KeeperSettings.Fast(new GrantRules(fast.pace()), fast.weight())),
                config.address().announcePeriod(),
                config.link().carrierLossTimeout(),
                config.address().preserveOnLoss(),
                new BootstrapRules(
                        config.election().enabled() && config.election().bootstrap()));
    }

    static ApiSettings apiSettings(VipkeeperConfig config) {
        Set<InetAddress> vips =
                config.address().vips().stream().map(VirtualIp::address).collect(Collectors.toSet());
        return new ApiSettings(
                config.api().kubeconfig(),
                config.api().server().map(Object::toString).orElse(""),
                config.api().port(),
                vips,
                Set.of());
    }

    /** Tells whether this process is the only one of its identity on this node, first at once and then when it changes. */
    static Multi<Boolean> identityLock(Libc libc, LeaseName lease, String node) {
        IdentityLock lock = new IdentityLock(libc, lease.namespace(), lease.name(), node);
        return Multi.createFrom()
                .ticks()
                .every(LOCK_PAUSE)
                .onOverflow()
                .drop()
                .map(tick -> isOurs(lock))
                .skip()
                .repetitions();
    }

    /** A kernel that has no socket to give just now must not end the process: a node without the lock only waits. */
    private static boolean isOurs(IdentityLock lock) {
        try {
            return lock.tryAcquire();
        } catch (KernelException e) {
            LOG.debugf("the identity lock cannot be tried now: %s", e.getMessage());
            return false;
        }
    }

    private static Multi<KeeperEvent> fromVip(Multi<? extends VipEvent> events) {
        return events.map(KeeperEvent.FromVip::new);
    }
}
