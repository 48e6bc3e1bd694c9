package io.vipkeeper.observe.meters;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Every metric of the program, once: the meters are made from this list, and so is the README's table. */
public enum Metric {
    IS_LEADER(Type.GAUGE, "vipkeeper_is_leader", "1 while this node holds the Lease", "lease", "node"),
    KUBE_VIP_IS_LEADER(Type.GAUGE, "kube_vip_is_leader", "the same under kube-vip's name", "lease_name", "node"),
    ROLE(
            Type.GAUGE,
            "vipkeeper_role",
            "1 for what this node is in the election, 0 for the others; `PROVISIONAL` answers before any Lease may be read",
            "role"),
    READY(Type.GAUGE, "vipkeeper_ready", "1 when this node holds or could take over now"),
    HINDRANCE(Type.GAUGE, "vipkeeper_hindrance", "1 for each reason why this node could not take over now", "reason"),
    HOLD_REMAINING(
            Type.GAUGE,
            "vipkeeper_hold_remaining_seconds",
            "until this holder's right ends if nobody confirms it; NaN on others"),
    VIP_BOUND(Type.GAUGE, "vipkeeper_vip_bound", "1 while the address is on", "vip"),
    PAUSE_LONGEST(
            Type.GAUGE,
            "vipkeeper_pause_longest_seconds",
            "how late a step came at the worst in the last five to ten minutes: starved, frozen or collecting garbage"),
    LINK_USABLE(Type.GAUGE, "vipkeeper_link_usable", "1 when the interface is up and has carrier"),

    TRANSITIONS(
            Type.COUNTER,
            "vipkeeper_leader_transitions_total",
            "became holder (`ACQUIRED`), or lost it and why",
            "to",
            "reason"),
    HOLDER_CHANGES(
            Type.COUNTER,
            "vipkeeper_holder_changes_total",
            "times that this node saw another holder than before, or none"),
    MOVES(Type.COUNTER, "vipkeeper_moves_total", "times that this node became the holder, and how", "path"),
    MOVE_STAGE(
            Type.HISTOGRAM,
            "vipkeeper_move_stage_seconds",
            "`silence` and `votes` of early moves; `swap`, the write; `bind` and `announce` of each address",
            "stage"),
    HELD_OVER(
            Type.COUNTER,
            "vipkeeper_held_over_total",
            "times that all candidates let this holder go on though no API server renewed"),
    TWINS(Type.COUNTER, "vipkeeper_twins_total", "other processes seen with this node's identity"),

    LEASE_RENEW(Type.HISTOGRAM, "vipkeeper_lease_renew_seconds", "from before a renewal was sent until its answer"),
    LEASE_ACQUIRE(
            Type.HISTOGRAM,
            "vipkeeper_lease_acquire_seconds",
            "from before the winning request was sent until its answer"),
    LEASE_RENEWAL_AGE(
            Type.GAUGE,
            "vipkeeper_lease_renewal_age_seconds",
            "since the last good write of this holder was sent; NaN on others"),
    LEASE_FAILURES(
            Type.COUNTER,
            "vipkeeper_lease_request_failures_total",
            "requests without a usable answer",
            "request",
            "cause"),
    LEASE_CONFLICTS(Type.COUNTER, "vipkeeper_lease_conflicts_total", "writes that met another version", "request"),
    LEASE_ABSURD(Type.COUNTER, "vipkeeper_lease_absurd_values_total", "values that no elector writes"),

    VIP_ANNOUNCEMENTS(
            Type.COUNTER,
            "vipkeeper_vip_announcements_total",
            "announcements that the kernel took in all forms",
            "vip"),
    FRAMES(
            Type.COUNTER,
            "vipkeeper_announcement_frames_total",
            "frames about the addresses, by what they say; `failed` when the kernel did not take them",
            "family",
            "form",
            "outcome"),
    VIP_READDED(Type.COUNTER, "vipkeeper_vip_readded_total", "the address was taken away and bound again", "vip"),
    VIP_STALE_REMOVED(
            Type.COUNTER,
            "vipkeeper_vip_stale_removed_total",
            "an address of ours found where it does not belong, and removed",
            "vip"),
    KERNEL_REFUSALS(
            Type.COUNTER,
            "vipkeeper_kernel_refusals_total",
            "binds, unbinds and announcements that the kernel refused",
            "vip"),
    FOREIGN_CLAIMS(
            Type.COUNTER,
            "vipkeeper_foreign_claims_total",
            "frames of another machine that claims the address of this holder",
            "vip"),
    FENCE(
            Type.GAUGE,
            "vipkeeper_fence",
            "1 for the fence that guards the addresses, or would if they were on:"
                    + " `nftables` to the millisecond, `address` to the second",
            "kind"),
    FENCE_REFRESH(
            Type.HISTOGRAM, "vipkeeper_fence_refresh_seconds", "how long the kernel took to be told of a new end"),

    API_ANSWERS(Type.GAUGE, "vipkeeper_api_answers", "1 when the last request for the Lease had a usable answer"),
    LOCAL_API_READY(
            Type.GAUGE, "vipkeeper_local_api_ready", "1 unless the API server of this node is known to be unwell"),
    API_UP(
            Type.GAUGE,
            "vipkeeper_api_up",
            "1 when that API server answered the last question, be it by a refusal; its series begin with the first",
            "server"),
    API_WAY(
            Type.GAUGE,
            "vipkeeper_api_way",
            "1 for where requests go: the configured API server (`local`), or another control plane's (`other`)",
            "way"),
    API_REQUEST(
            Type.HISTOGRAM,
            "vipkeeper_api_request_seconds",
            "of every question to it: `answered`, `refused` (401, 403, 429), `failed` (5xx), `silent`",
            "server",
            "outcome"),
    CERTIFICATE_EXPIRY(
            Type.GAUGE,
            "vipkeeper_certificate_expiry_timestamp_seconds",
            "when the certificate of the `client`, which is this node, or of the API `server` ends; NaN if none is known",
            "certificate"),
    TIMING(
            Type.GAUGE,
            "vipkeeper_timing_seconds",
            "what was configured: `lease_duration`, `renew_deadline`, `retry_period`, `request_bound`; with a fast path"
                    + " also `grant`",
            "timing"),

    FAST_PATH(
            Type.GAUGE,
            "vipkeeper_fast_path",
            "1 when a majority of the candidates stands behind this holder, and can replace it early"),
    PEER_HEARD(
            Type.GAUGE, "vipkeeper_peer_heard", "1 while that candidate is heard; its series go when it does", "peer"),
    PEER_READY(Type.GAUGE, "vipkeeper_peer_ready", "1 while it says that it could hold", "peer"),
    GRANT_REMAINING(
            Type.GAUGE, "vipkeeper_grant_remaining_seconds", "how long its promise to this node still counts", "peer"),
    GRANT_AGE(
            Type.GAUGE,
            "vipkeeper_grant_age_seconds",
            "since the heartbeat that its newest promise to this holder answers; NaN on others",
            "peer"),
    PEER_DATAGRAMS(
            Type.COUNTER, "vipkeeper_peer_datagrams_total", "datagrams of the fast path, sent and received", "outcome"),
    CANDIDATES_REFUSED(
            Type.COUNTER, "vipkeeper_candidates_refused_total", "versions of Leases that named no candidate"),

    BUILD_INFO(Type.GAUGE, "vipkeeper_build_info", "1", "version", "node");

    private final Type type;
    private final String exposed;
    private final String meaning;
    private final List<String> labels;

    /** As the exposition format has it; a histogram also has {@code _max}, a gauge. */
    public enum Type {
        GAUGE,
        COUNTER,
        HISTOGRAM
    }

    Metric(Type type, String exposed, String meaning, String... labels) {
        this.type = type;
        this.exposed = exposed;
        this.meaning = meaning;
        this.labels = List.of(labels);
    }

    public Type type() {
        return type;
    }

    /** The name that a scraper sees, without the {@code _bucket}, {@code _count}, {@code _sum} and {@code _max} of a histogram. */
    public String exposed() {
        return exposed;
    }

    /** A few words, for the scraper's HELP line and the README. */
    public String meaning() {
        return meaning;
    }

    public List<String> labels() {
        return labels;
    }

    /** All of them, as the README shows them. */
    public static String markdown() {
        return Arrays.stream(values())
                .map(Metric::row)
                .collect(Collectors.joining("\n", "| metric | type | meaning |\n|---|---|---|\n", "\n"));
    }

    private String row() {
        String labelled = labels.isEmpty() ? "" : " {" + String.join(", ", labels) + "}";
        return "| `" + exposed + "`" + labelled + " | " + type.name().toLowerCase(Locale.ROOT) + " | " + meaning + " |";
    }
}
