package io.vipkeeper.keeper;

import java.util.ArrayList;
import java.util.List;

import io.vipkeeper.lease.LeaseRole;
import io.vipkeeper.vip.BindOutcome;
import io.vipkeeper.vip.VipEvent;
import io.vipkeeper.vip.VipState;
import io.vipkeeper.vip.VirtualIp;

/** What a step did to the address. */
final class VipNarration {
    private VipNarration() {}

    static List<Observation> tell(KeeperState before, KeeperEvent event, KeeperState after) {
        List<Observation> told = new ArrayList<>();
        if (event instanceof KeeperEvent.FromVip(VipEvent vipEvent)) {
            tell(before, vipEvent, told);
        }
        if (event instanceof KeeperEvent.NodeAddresses(var owners)) {
            for (VirtualIp vip : after.vip().entries().keySet()) {
                String owner = owners.get(vip.address());
                boolean news = owner != null
                        && !owner.equals(before.around().nodeAddresses().get(vip.address()));
                if (news && !after.around().holders().contains(owner)) {
                    told.add(new Observation.VipForbidden(vip, "the Node " + owner + " has it as its own address"));
                }
            }
        }
        return told;
    }

    private static void tell(KeeperState before, VipEvent event, List<Observation> told) {
        switch (event) {
            case VipEvent.Bound(VirtualIp vip, BindOutcome.Done done, boolean fenced) -> {
                VipState.Entry entry = before.vip().entries().get(vip);
                if (entry.bound().isEmpty()) {
                    told.add(new Observation.VipBound(vip, entry.announced() > 0));
                }
            }
            case VipEvent.Unbound(VirtualIp vip, BindOutcome.Done done) ->
                told.add(new Observation.VipUnbound(
                        vip, before.vip().entries().get(vip).bound().isEmpty()));
            case VipEvent.Announced(VirtualIp vip, BindOutcome.Done done) ->
                told.add(new Observation.VipAnnounced(
                        vip, before.vip().entries().get(vip).announced() == 1));
            case VipEvent.Bound(VirtualIp vip, BindOutcome.Refused(String reason), boolean fenced) ->
                told.add(new Observation.KernelRefused(vip, reason));
            case VipEvent.Admitted(VirtualIp vip, BindOutcome.Done done, boolean fenced) -> {}
            case VipEvent.Admitted(VirtualIp vip, BindOutcome.Refused(String reason), boolean fenced) ->
                told.add(new Observation.KernelRefused(vip, reason));
            case VipEvent.Unbound(VirtualIp vip, BindOutcome.Refused(String reason)) ->
                told.add(new Observation.KernelRefused(vip, reason));
            case VipEvent.Announced(VirtualIp vip, BindOutcome.Refused(String reason)) ->
                told.add(new Observation.KernelRefused(vip, reason));
            case VipEvent.ClaimSeen(VirtualIp vip, String mac) -> {
                if (before.lease().role() instanceof LeaseRole.Holder) {
                    told.add(new Observation.ForeignClaim(vip, mac));
                }
            }
            case VipEvent.Wanted wanted -> {}
            case VipEvent.Probed(VirtualIp vip, BindOutcome.Done done) -> {}
            case VipEvent.Probed(VirtualIp vip, BindOutcome.Refused(String reason)) ->
                told.add(new Observation.KernelRefused(vip, reason));
            case VipEvent.AddressFound found -> {
                VipState.Entry entry = before.vip().entries().get(found.vip());
                if (!found.ours() && entry != null && entry.foreignUntil().isEmpty()) {
                    told.add(new Observation.VipForbidden(found.vip(), "it is on this node, put there by no elector"));
                }
            }
            case VipEvent.AddressLost lost -> {}
            case VipEvent.LinkChanged link -> {}
        }
    }
}
