package io.vipkeeper.cli;

import java.time.Instant;
import java.util.List;
import java.util.function.LongSupplier;

import org.jboss.logging.Logger;

import io.vipkeeper.config.VipkeeperConfig;
import io.vipkeeper.keeper.Observer;
import io.vipkeeper.kubernetes.ElectionClient;
import io.vipkeeper.kubernetes.EventApi;
import io.vipkeeper.kubernetes.KubernetesLeaseStore;
import io.vipkeeper.kubernetes.events.EventPoster;
import io.vipkeeper.kubernetes.events.Happening;
import io.vipkeeper.observe.moves.MoveNotices;
import io.vipkeeper.observe.moves.Notice;

/**
 * Kubernetes Events about the moves to this node and from it, on the Lease and on the Node. Where they are forbidden, as
 * by kube-vip's rights, nobody is bothered with that.
 */
final class MoveEvents {
    private static final Logger LOG = Logger.getLogger(MoveEvents.class);

    private MoveEvents() {}

    static Observer observer(
            VipkeeperConfig config, ElectionClient client, KubernetesLeaseStore store, LongSupplier clock) {
        String node = config.nodeName();
        EventPoster poster =
                new EventPoster(new EventApi(client, node), () -> subjects(node, store), clock, LOG::debug);
        return new MoveNotices(node, config.address().vips(), notice -> poster.post(happening(notice)));
    }

    private static Happening happening(Notice notice) {
        var text = new EventApi.Text(notice.warning(), notice.reason(), notice.action(), notice.note());
        return new Happening(text, notice.series(), Instant.now());
    }

    /** A Node's own Events carry its name as their uid, as the kubelet's do: kubectl describe looks for that. */
    private static List<EventApi.Subject> subjects(String node, KubernetesLeaseStore store) {
        return List.of(
                new EventApi.Subject(
                        "coordination.k8s.io/v1",
                        "Lease",
                        store.name().namespace(),
                        store.name().name(),
                        store.uid().orElse("")),
                new EventApi.Subject("v1", "Node", "", node, node));
    }
}
