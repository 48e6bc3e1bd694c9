package io.vipkeeper.fence;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;

import org.jboss.logging.Logger;

import io.vipkeeper.fence.Transaction.Command;
import io.vipkeeper.fence.Transaction.Refusal;
import io.vipkeeper.linux.Errno;
import io.vipkeeper.linux.KernelException;
import io.vipkeeper.linux.Libc;
import io.vipkeeper.vip.BindOutcome;
import io.vipkeeper.vip.Fence;
import io.vipkeeper.vip.VirtualIp;

/**
 * The fence over nfnetlink: one table of the netdev family for each instance, which outlives the process. What it needs
 * is decided once, by the constructor: nf_tables with egress hooks (Linux 5.16) and NET_ADMIN.
 *
 * <p>The table is made by the constructor or the first call that can. A table of an earlier life is taken over in one
 * transaction: its rules are replaced, its elements stay until their time. Where anything is missing later (somebody
 * flushed the ruleset; the interface went and took its chains along), the next call puts it back before it is through.
 * While the interface is not there, calls may be refused (before Linux 6.16).
 *
 * <p>Filters frames of the VIP's interface only: not those that a raw socket sends past the queueing disciplines
 * (PACKET_QDISC_BYPASS), not what XDP takes, and no other interface of the node that answers ARP for the address, too.
 */
public final class NftablesFence implements Fence, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(NftablesFence.class);
    private static final BindOutcome DONE = new BindOutcome.Done();

    /**
     * The kernel counts time-outs in jiffies, of 10 ms where HZ is 100, and rounds down ({@code nsecs_to_jiffies64}).
     * What is less than one jiffy lasts one, or before Linux 6.12 for ever.
     */
    private static final long LONGEST_JIFFY_MILLIS = 10;

    /** Time for the call itself, which begins before and ends after the moment that the kernel counts from. */
    private static final long CALL_MILLIS = 1;

    private static final int ATTEMPTS = 3;

    /**
     * Not for ever: when this process is gone for good, or another program like kube-vip took its place, the address
     * must not stay blocked on this node. The address itself has ended long before, by its own lifetime in the kernel.
     */
    private static final long GUARD_MILLIS = 60_000;

    private static final long GUARD_RENEWAL_NANOS = 10_000_000_000L;

    /** An admission that found the egress chain in place is an answer to whoever asks right afterwards. */
    private static final long JUST_NOW_NANOS = 5_000_000L;

    /** The ingress chain, which no admission asks for, is looked at so often. */
    private static final long SURVEY_NANOS = 250_000_000L;

    private final Optional<FenceTable> table;
    private final String kind;
    private final LongSupplier nanoTime;
    private final Map<InetAddress, Long> guardedSince = new HashMap<>();
    private Optional<Long> confirmed = Optional.empty();
    private Optional<Long> surveyed = Optional.empty();

    /**
     * Never throws for what the kernel lacks: {@link #kind} says it. Tries everything on the loopback interface, undone
     * by the kernel at once, so that the first admission finds all modules and classes loaded; then puts the rules in
     * force if the interface is there.
     *
     * @param interfaceName of the NIC for the VIPs; it need not exist yet
     * @param namespace of the lease
     * @param lease names the table together with the namespace
     * @param nanoTime as {@link System#nanoTime}; notices calls that the kernel held up
     */
    public NftablesFence(Libc libc, String interfaceName, String namespace, String lease, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        Optional<FenceTable> opened = Optional.empty();
        String found = "nftables";
        try {
            FenceTable candidate = new FenceTable(libc, interfaceName, namespace, lease);
            Optional<Refusal> lacking = candidate.rehearse();
            if (lacking.isEmpty()) {
                opened = Optional.of(candidate);
            } else {
                candidate.close();
                found = without(lacking.get().reason());
            }
        } catch (KernelException e) {
            found = without(e.getMessage());
        }
        this.table = opened;
        this.kind = found;
        table.ifPresent(kernel -> restore(kernel, List.of()));
        inForce(); // so that the first admission finds the question and its answer loaded, too
    }

    /** What {@link #kind()} would be here. Leaves nothing in the kernel and touches no table that is there. */
    public static String possibleKind(Libc libc) {
        String unused = UUID.randomUUID().toString();
        try (FenceTable table = new FenceTable(libc, unused, unused, unused)) {
            return table.rehearse().map(lacking -> without(lacking.reason())).orElse("nftables");
        } catch (KernelException e) {
            return without(e.getMessage());
        }
    }

    /** For people: {@code nftables}, or why there is no fence. Any thread may call. */
    public String kind() {
        return kind;
    }

    /**
     * The kernel ends it up to two jiffies earlier than asked and never later; a time of 11 ms or less blocks the
     * address. A call that took so long that the address would pass beyond its time corrects that before it returns.
     */
    @Override
    public BindOutcome admit(VirtualIp vip, long millis) {
        if (table.isEmpty()) {
            return DONE;
        }
        long since = nanoTime.getAsLong();
        long left = millis;
        for (int attempt = 0; attempt < ATTEMPTS && left - CALL_MILLIS > LONGEST_JIFFY_MILLIS; attempt++) {
            long lasting = left - CALL_MILLIS;
            FenceTable kernel = table.get();
            BindOutcome outcome = change(kernel, vip, kernel.commands().put(AddressSet.live(vip), vip, lasting));
            long spent = (nanoTime.getAsLong() - since + 999_999) / 1_000_000;
            if (outcome instanceof BindOutcome.Refused || spent + lasting <= millis) {
                return outcome;
            }
            left = millis - spent;
        }
        return block(vip);
    }

    /** Guards the address, too: for a minute from the last call for it, at least for 50 s. */
    @Override
    public BindOutcome block(VirtualIp vip) {
        return table.map(kernel -> change(kernel, vip, kernel.commands().take(AddressSet.live(vip), vip)))
                .orElse(DONE);
    }

    /** Puts back what is missing, as the other methods do. */
    @Override
    public boolean inForce() {
        long now = nanoTime.getAsLong();
        if (isWithin(confirmed, JUST_NOW_NANOS, now) && isWithin(surveyed, SURVEY_NANOS, now)) {
            return true;
        }
        boolean whole = table.map(kernel -> Arrays.stream(Chain.values()).allMatch(kernel::isInPlace)
                        || restore(kernel, List.of()).isEmpty())
                .orElse(false);
        surveyed = whole ? Optional.of(now) : Optional.empty();
        return whole;
    }

    private static boolean isWithin(Optional<Long> moment, long nanos, long now) {
        return moment.isPresent() && now - moment.get() < nanos;
    }

    @Override
    public void remove() {
        guardedSince.clear();
        confirmed = Optional.empty();
        table.flatMap(FenceTable::delete)
                .filter(refusal -> !refusal.is(Errno.ENOENT))
                .ifPresent(refusal -> LOG.warnf("The fence stays: %s", refusal.reason()));
    }

    @Override
    public void rehearse() {
        table.ifPresent(FenceTable::walk);
        surveyed = Optional.empty();
        inForce();
    }

    /** Leaves the table, for the next life. */
    @Override
    public void close() {
        table.ifPresent(FenceTable::close);
    }

    private BindOutcome change(FenceTable kernel, VirtualIp vip, List<Command> live) {
        long now = nanoTime.getAsLong();
        Long guarded = guardedSince.get(vip.address());
        boolean due = guarded == null || now - guarded >= GUARD_RENEWAL_NANOS;
        boolean inPlace = kernel.isInPlace(Chain.EGRESS);
        Optional<Refusal> refusal =
                inPlace ? kernel.commit(due ? guarding(kernel, vip, live) : live) : Optional.empty();
        if (!inPlace || refusal.filter(refused -> refused.is(Errno.ENOENT)).isPresent()) {
            due = true;
            refusal = restore(kernel, guarding(kernel, vip, live));
        }
        if (refusal.isEmpty() && due) {
            guardedSince.put(vip.address(), now);
        }
        confirmed = refusal.isEmpty() ? Optional.of(now) : Optional.empty();
        return refusal.<BindOutcome>map(refused -> new BindOutcome.Refused(refused.reason()))
                .orElse(DONE);
    }

    private static List<Command> guarding(FenceTable kernel, VirtualIp vip, List<Command> live) {
        List<Command> both = new ArrayList<>(kernel.commands().put(AddressSet.guarded(vip), vip, GUARD_MILLIS));
        both.addAll(live);
        return both;
    }

    /** The guards of other addresses may be gone, so that the next call for each puts it there. */
    private Optional<Refusal> restore(FenceTable kernel, List<Command> elements) {
        guardedSince.clear();
        return kernel.restore(elements);
    }

    private static String without(String reason) {
        return "none: " + reason + "; it needs NET_ADMIN and nf_tables with netdev egress hooks (Linux 5.16)";
    }
}
