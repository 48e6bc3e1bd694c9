package io.vipkeeper.cli;

import io.vipkeeper.vip.AddressBinder;
import io.vipkeeper.vip.Announcer;
import io.vipkeeper.vip.BindOutcome;
import io.vipkeeper.vip.VirtualIp;

/** An interface that a Service names and this node does not have. */
final class NoInterface implements AddressBinder {
    private static final BindOutcome REFUSED = new BindOutcome.Refused(
            "this node has no interface of the name that the Service asks for: correct kube-vip.io/serviceInterface");

    @Override
    public BindOutcome bind(VirtualIp vip, int validSeconds) {
        return REFUSED;
    }

    @Override
    public BindOutcome unbind(VirtualIp vip) {
        return new BindOutcome.Done();
    }

    /** Says nothing on it. */
    static final class Silent implements Announcer {
        @Override
        public BindOutcome announce(VirtualIp vip) {
            return REFUSED;
        }

        @Override
        public BindOutcome probe(VirtualIp vip, boolean wants) {
            return REFUSED;
        }
    }
}
