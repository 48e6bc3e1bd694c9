package io.vipkeeper.peer;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.vipkeeper.grant.Candidate;

/** The sessions with whom the API knows; read by the sending and the receiving thread, written by a third. */
final class Sessions {
    /** A control plane has up to seven nodes; more than this is somebody's mistake or attack. */
    static final int MOST = 16;

    /** A Lease that was not seen for a moment must not open a window for what was received before. */
    static final int REMEMBERED = 64;

    private final PairKeys.End own;
    private final OwnKeys keys;
    private final LongSupplier lastSequence;
    private final Map<PairKeys.End, Session> remembered = new LinkedHashMap<>(REMEMBERED, 0.75f, true);
    private volatile Session[] current = {};

    /** @param lastSequence grows faster than datagrams are sent to one peer; below what is sent next */
    Sessions(String node, String process, OwnKeys keys, LongSupplier lastSequence) {
        this.own = new PairKeys.End(node, process, keys.publicKey());
        this.keys = keys;
        this.lastSequence = lastSequence;
    }

    /**
     * From now on exactly these, without this node itself.
     *
     * @return a sentence for each that is left out
     */
    synchronized List<String> know(List<Candidate> candidates) {
        List<Session> sessions = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        Set<String> nodes = new HashSet<>();
        nodes.add(own.node());
        for (Candidate candidate : candidates) {
            if (!nodes.add(candidate.node())) {
                continue;
            }
            if (sessions.size() == MOST) {
                refused.add("there are more than " + MOST + " other candidates; " + Remote.shown(candidate.node())
                        + " and those after it are left out");
                break;
            }
            switch (Remote.check(candidate)) {
                case Remote.Checked.Refused(String why) -> refused.add(sentence(candidate, why));
                case Remote.Checked.Sound(Remote remote) ->
                    session(remote)
                            .ifPresentOrElse(
                                    sessions::add,
                                    () -> refused.add(sentence(candidate, "its public key is not one of X25519")));
            }
        }
        current = sessions.toArray(Session[]::new);
        return refused;
    }

    /** Null for nobody: on the receiving thread a forged datagram costs no object. */
    Session namedIn(ByteBuffer datagram) {
        for (Session session : current) {
            if (session.isNamedIn(datagram)) {
                return session;
            }
        }
        return null;
    }

    Optional<Session> with(String node) {
        for (Session session : current) {
            if (session.other().node().equals(node)) {
                return Optional.of(session);
            }
        }
        return Optional.empty();
    }

    Set<InetSocketAddress> addresses() {
        return Stream.of(current).map(Session::address).collect(Collectors.toSet());
    }

    private Optional<Session> session(Remote remote) {
        Session known = remembered.get(remote.end());
        if (known != null) {
            known.moveTo(remote.address());
            return Optional.of(known);
        }
        Optional<Session> fresh = keys.agree(remote.end().publicKey())
                .map(secret -> PairKeys.derive(secret, own, remote.end()))
                .map(pair -> new Session(own, remote, pair, lastSequence.getAsLong()));
        fresh.ifPresent(session -> remembered.put(remote.end(), session));
        if (remembered.size() > REMEMBERED) {
            remembered.remove(remembered.keySet().iterator().next());
        }
        return fresh;
    }

    private static String sentence(Candidate candidate, String why) {
        return "candidate " + Remote.shown(candidate.node()) + " is left out: " + why;
    }
}
