package io.vipkeeper.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.smallrye.mutiny.Multi;
import org.jboss.logging.Logger;

import io.vipkeeper.announce.ClaimWatch;
import io.vipkeeper.announce.FrameCounters;
import io.vipkeeper.announce.PacketAnnouncer;
import io.vipkeeper.config.VipkeeperConfig;
import io.vipkeeper.config.VipkeeperConfig.Services;
import io.vipkeeper.kubernetes.Addresses;
import io.vipkeeper.kubernetes.ApiAccess;
import io.vipkeeper.kubernetes.ElectionClient;
import io.vipkeeper.kubernetes.EventApi;
import io.vipkeeper.kubernetes.LeaseFeed;
import io.vipkeeper.kubernetes.LeaseName;
import io.vipkeeper.kubernetes.NodeList;
import io.vipkeeper.kubernetes.Nodes;
import io.vipkeeper.kubernetes.events.EventPoster;
import io.vipkeeper.kubernetes.events.Happening;
import io.vipkeeper.kubernetes.services.ServiceFeed;
import io.vipkeeper.kubernetes.services.ServiceLeases;
import io.vipkeeper.kubernetes.services.ServiceStatuses;
import io.vipkeeper.lease.ElectorId;
import io.vipkeeper.lease.LeaseEvent;
import io.vipkeeper.lease.LeaseStore;
import io.vipkeeper.linux.KernelException;
import io.vipkeeper.linux.Libc;
import io.vipkeeper.netlink.Interfaces;
import io.vipkeeper.netlink.NetlinkAddressBinder;
import io.vipkeeper.netlink.NetlinkWatch;
import io.vipkeeper.observe.ApiComplaints;
import io.vipkeeper.pipeline.AddressEffects;
import io.vipkeeper.pipeline.ServicePipeline;
import io.vipkeeper.service.ServiceEvent;
import io.vipkeeper.service.ServiceKeeper;
import io.vipkeeper.service.ServiceSettings;
import io.vipkeeper.service.plan.LeaseRef;
import io.vipkeeper.service.plan.Notice;
import io.vipkeeper.service.plan.Planner;
import io.vipkeeper.service.plan.ServiceRules;
import io.vipkeeper.service.plan.Sharing;
import io.vipkeeper.vip.NoFence;
import io.vipkeeper.vip.VipEvent;
import io.vipkeeper.vip.VirtualIp;

/**
 * Puts the adapters and the core for Services together, beside those for the control plane's address and apart from
 * them: a client, threads and sockets of its own, so that nothing of the one waits for the other.
 */
final class ServiceMode {
    private static final Logger LOG = Logger.getLogger(ServiceMode.class);
    private static final int GROUPS = 8;
    /** A filter in the kernel is of a bounded length, and runs for each frame. */
    private static final int CLAIMS_OF_ONE_SOCKET = 32;

    private static final int MOST_CLAIMS = 256;
    private static final int EVENTS_WAITING = 10_000;
    private static final Duration PATIENCE = Duration.ofMillis(1200);
    private static final Duration LAST_CALL = Duration.ofMillis(300);

    private final VipkeeperConfig config;
    private final Services wanted;
    private final Libc libc;
    private final Interfaces interfaces;
    private final String nic;
    private final ElectionClient client;
    private final EventPoster events;
    private final ServiceLeases leases;
    private final ServiceWatches watches = new ServiceWatches(this::sources, this::saw);
    private volatile Set<String> nodes = Set.of();
    private final AddressEffects none;
    private final Map<String, AddressEffects> effects = new HashMap<>();
    private final Assembled assembled;

    private record Assembled(ServicePipeline pipeline, LongSupplier clock) {}

    ServiceMode(
            VipkeeperConfig config,
            Services wanted,
            ElectorId elector,
            String usual,
            Libc libc,
            Interfaces interfaces,
            LongSupplier clock) {
        this.config = config;
        this.wanted = wanted;
        this.libc = libc;
        this.interfaces = interfaces;
        nic = wanted.interfaceName().orElse(usual);
        client = new ElectionClient(
                new ApiAccess(Assembly.apiSettings(config)),
                config.election().timing().requestBound());
        events = new EventPoster(new EventApi(client, config.nodeName()), List::of, clock, LOG::debug, EVENTS_WAITING);
        leases = new ServiceLeases(client, name -> nodes.contains(name), this::barred);
        none = new AddressEffects(new NoInterface(), new NoFence(), new NoInterface.Silent(), clock);
        ServiceStatuses statuses = new ServiceStatuses(client, LOG::warn, clock);
        ServiceSettings settings = new ServiceSettings(
                // Not the control plane's elector: what that one holds is nothing that this one may renew.
                new ElectorId(elector.identity(), elector.machine(), elector.process() + "/services"),
                config.election().timing(),
                config.address().announcePeriod(),
                wanted.updates(),
                config.address().vips().stream().map(VirtualIp::address).collect(Collectors.toSet()));
        ServicePipeline pipeline = new ServicePipeline(
                new ServiceKeeper(settings, new Planner(rules(), Addresses::literal)),
                new ServicePipeline.Ports(
                        this::store,
                        config.election().timing().retryPeriod().toNanos(),
                        this::effects,
                        statuses::write,
                        this::post,
                        watches::want),
                clock);
        assembled = new Assembled(pipeline, clock);
    }

    /** Takes part from now on, until {@link #stop}. */
    void start(ApiComplaints complaints) {
        Predicate<String> trouble = sentence -> Assembly.complained(complaints, sentence);
        ServicePipeline pipeline = assembled.pipeline();
        Assembly.identityLock(libc, new LeaseName(config.election().namespace(), "services"), config.nodeName())
                .subscribe()
                .with(locked -> pipeline.tell(new ServiceEvent.IdentityLocked(locked)));
        new NetlinkWatch(libc, nic, List.of(), config.link().allowNotUp())
                .events()
                .subscribe()
                .with(event -> pipeline.tell(new ServiceEvent.FromVip(event)));
        new Nodes(client, trouble).changes().subscribe().with(this::know);
        new LeaseFeed(client, namespaceOfLeases(), ServiceLeases.LABELS, trouble, assembled.clock(), this::seen)
                .start("vipkeeper-services-leases");
        watches.start();
        new ServiceFeed(client, wanted.namespace(), trouble, assembled.clock()).start(pipeline::hand);
        LOG.infof("looking after Services node=%s interface=%s leases=%s", config.nodeName(), nic, sharing());
    }

    CompletableFuture<Void> finished() {
        return assembled.pipeline().finished();
    }

    boolean isBroken() {
        return finished().isCompletedExceptionally();
    }

    /** Begins to give everything back. */
    void stop() {
        assembled.pipeline().tell(new ServiceEvent.Stop());
    }

    /** Waits for that, for 1.2 seconds at the most; then the addresses are taken off without waiting for a Lease. */
    void awaitStopped() {
        try {
            finished().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.warn("the Leases of Services could not be given up in time: they are left to expire");
            awaitUnbound();
        } catch (ExecutionException e) {
            LOG.debugf("Services had failed before: %s", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitUnbound() {
        try {
            assembled.pipeline().unbindNow().get(LAST_CALL.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.warn("the addresses of Services are left to the kernel, which ends them within their lifetime");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ServiceRules rules() {
        return new ServiceRules(
                sharing(),
                new ServiceRules.Classes(
                        wanted.classes().only(),
                        wanted.classes().name(),
                        wanted.classes().legacy()),
                wanted.namespace(),
                nic);
    }

    private Sharing sharing() {
        if (wanted.election()) {
            return ownLeases();
        }
        String namespace = config.election().namespace();
        Sharing base = wanted.leaseName()
                .<Sharing>map(name -> new Sharing.Single(LeaseRef.of(name, namespace)))
                .orElse(new Sharing.Groups(namespace, GROUPS));
        return wanted.onDemand() ? new Sharing.OnDemand(base, ownLeases()) : base;
    }

    private Sharing.PerService ownLeases() {
        return new Sharing.PerService(Set.of(
                new LeaseRef(config.election().namespace(), config.election().leaseName())));
    }

    private LeaseStore store(LeaseRef lease) {
        return sharing().isOwn(lease) ? leases.named(lease) : leases.configured(lease);
    }

    private List<Multi<VipEvent>> sources(String where, List<VirtualIp> vips) {
        List<Multi<VipEvent>> all = new ArrayList<>();
        all.add(new NetlinkWatch(libc, where, vips, config.link().allowNotUp()).events());
        for (int from = 0; from < Math.min(vips.size(), MOST_CLAIMS); from += CLAIMS_OF_ONE_SOCKET) {
            List<VirtualIp> some = vips.subList(from, Math.min(from + CLAIMS_OF_ONE_SOCKET, vips.size()));
            all.add(new ClaimWatch(libc, where, interfaces::list, some).events());
        }
        return all;
    }

    private void saw(VipEvent event) {
        assembled.pipeline().tell(new ServiceEvent.FromVip(event));
    }

    private void barred(LeaseRef lease, String why) {
        assembled.pipeline().tell(new ServiceEvent.Barred(lease, why));
    }

    private void know(NodeList seen) {
        nodes = Set.copyOf(seen.owners().values());
        assembled.pipeline().tell(new ServiceEvent.NodeAddresses(seen.owners()));
    }

    private Optional<String> namespaceOfLeases() {
        String usual = config.election().namespace();
        boolean elsewhere = wanted.election()
                || wanted.onDemand()
                || sharing().standing().stream()
                        .anyMatch(lease -> !lease.namespace().equals(usual));
        return elsewhere ? wanted.namespace().filter(only -> wanted.election()) : Optional.of(usual);
    }

    private void seen(LeaseName name, LeaseEvent event) {
        assembled.pipeline().tell(new ServiceEvent.FromLease(new LeaseRef(name.namespace(), name.name()), event));
    }

    /**
     * On one thread. An interface that is not there, or for which the kernel gives no socket, is tried each time: a
     * Service may name any.
     */
    private AddressEffects effects(String name) {
        if (!effects.containsKey(name) && interfaces.find(name).isEmpty()) {
            return none;
        }
        try {
            return effects.computeIfAbsent(name, this::open);
        } catch (KernelException e) {
            LOG.debugf("interface %s: %s", name, e.getMessage());
            return none;
        }
    }

    private AddressEffects open(String name) {
        return new AddressEffects(
                new NetlinkAddressBinder(libc, name),
                new NoFence(),
                new PacketAnnouncer(libc, () -> interfaces.find(name), new FrameCounters()),
                assembled.clock());
    }

    private void post(Notice notice) {
        String key = notice.service().toString();
        LOG.infof("Service %s: %s: %s", key, notice.reason(), notice.note());
        var subject = new EventApi.Subject(
                "v1", "Service", notice.service().namespace(), notice.service().name(), notice.uid());
        var text = new EventApi.Text(notice.warning(), notice.reason(), "Announce", notice.note());
        events.post(new Happening(text, key + "/" + notice.note(), Instant.now()), subject);
    }
}
