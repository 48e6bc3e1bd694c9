package io.vipkeeper.cli;

import java.time.Duration;
import java.util.Optional;

import org.jboss.logging.Logger;

import io.vipkeeper.linux.Nic;
import io.vipkeeper.netlink.Interfaces;

/** Which interface bears the VIP: the one that was named, or that of the default route, which may come up later. */
final class DefaultNic {
    private static final Logger LOG = Logger.getLogger(DefaultNic.class);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private DefaultNic() {}

    static String find(Optional<String> named, Interfaces interfaces) throws InterruptedException {
        return named.isPresent() ? named.get() : ofDefaultRoute(interfaces);
    }

    private static String ofDefaultRoute(Interfaces interfaces) throws InterruptedException {
        Optional<Nic> nic = interfaces.ofDefaultRoute();
        if (nic.isEmpty()) {
            LOG.warn("no interface has a default route yet: waiting for one; name the interface with vip_interface");
        }
        while (nic.isEmpty()) {
            Thread.sleep(PAUSE);
            nic = interfaces.ofDefaultRoute();
        }
        LOG.infof("interface of the default route interface=%s", nic.get().name());
        return nic.get().name();
    }
}
