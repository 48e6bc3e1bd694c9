package io.vipkeeper.keeper;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.vipkeeper.bootstrap.BootstrapRules;
import io.vipkeeper.grant.GrantRules;
import io.vipkeeper.lease.ElectorId;
import io.vipkeeper.lease.Rules;
import io.vipkeeper.vip.VirtualIp;

/**
 * What the core is made for.
 *
 * @param election false: no Lease, this node holds whenever it can (kube-vip's vip_leaderelection=false)
 * @param fast empty: the plain rules alone
 * @param arpRate the steady pause between announcements
 * @param carrierLoss how long a holder stays without a usable link; empty: for ever
 * @param bootstrap of holding before anything can be read
 * @param preserve kube-vip's vip_preserve_on_leadership_loss, within the address's kernel lifetime
 */
public record KeeperSettings(
        ElectorId elector,
        Rules rules,
        List<VirtualIp> vips,
        boolean election,
        Optional<Fast> fast,
        Duration arpRate,
        Optional<Duration> carrierLoss,
        boolean preserve,
        BootstrapRules bootstrap) {

    /** The same for another node. */
    KeeperSettings with(ElectorId other) {
        return new KeeperSettings(other, rules, vips, election, fast, arpRate, carrierLoss, preserve, bootstrap);
    }

    /**
     * The fast path.
     *
     * @param weight the preference among those who could take over, 0 to 255
     */
    public record Fast(GrantRules rules, int weight) {}
}
