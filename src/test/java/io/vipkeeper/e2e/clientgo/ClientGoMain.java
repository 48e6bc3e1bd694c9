package io.vipkeeper.e2e.clientgo;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import io.vipkeeper.lease.LeaseAnswer;
import io.vipkeeper.sim.ClientGoElector;
import io.vipkeeper.sim.ClientGoElector.Next;

/**
 * The process. With SIGTERM it releases and removes the address side by side, and ends with 0; when it loses the Lease
 * it releases first, removes then, and ends with 0 as well: its kubelet would start it again.
 */
public final class ClientGoMain {
    private final String name;
    private final ArpAddress address;
    private final LeaseHttp lease;
    private final ClientGoElector elector;
    private final Thread electing = Thread.currentThread();
    private volatile boolean leading;

    private ClientGoMain(String name, ArpAddress address, LeaseHttp lease) {
        this.name = name;
        this.address = address;
        this.lease = lease;
        elector = new ClientGoElector(name);
    }

    /** @param arguments node name, server, file of its authority, token, virtual IP, interface */
    public static void main(String[] arguments) throws Exception {
        LeaseHttp lease = new LeaseHttp(arguments[1], Path.of(arguments[2]), arguments[3]);
        ClientGoMain made = new ClientGoMain(arguments[0], new ArpAddress(arguments[4], arguments[5]), lease);
        Runtime.getRuntime().addShutdownHook(new Thread(made::stop));
        log("campaigning as " + made.name);
        try {
            made.lead();
        } catch (InterruptedException e) {
            log("asked to end");
        }
    }

    private void lead() throws InterruptedException {
        while (!attempt(deadline())) {
            pause(ThreadLocalRandom.current().nextLong(ClientGoElector.RETRY, ClientGoElector.LONGEST_ACQUIRE_PAUSE));
        }
        leading = true;
        log("became leader");
        address.bind();
        do {
            pause(ClientGoElector.RETRY);
        } while (renews(deadline()));
        log("lost the lease");
        leading = false;
        release();
        address.unbind();
        Runtime.getRuntime().halt(0);
    }

    /** Attempts each second until one succeeds or the deadline has passed. */
    private boolean renews(long deadline) throws InterruptedException {
        while (!attempt(deadline)) {
            if (System.nanoTime() + ClientGoElector.RETRY - deadline >= 0) {
                pause(deadline - System.nanoTime());
                return false;
            }
            pause(ClientGoElector.RETRY);
        }
        return true;
    }

    private boolean attempt(long deadline) throws InterruptedException {
        Next next = elector.begin(System.nanoTime());
        while (true) {
            if (next instanceof Next.Done(boolean won)) {
                return won;
            }
            next = elector.answered(perform(next, deadline), System.nanoTime());
        }
    }

    private LeaseAnswer perform(Next next, long deadline) throws InterruptedException {
        Duration limit = Duration.ofNanos(deadline - System.nanoTime());
        return switch (next) {
            case Next.Read read -> lease.read(limit);
            case Next.Create create -> lease.create(create.draft(), limit);
            case Next.Replace replace -> lease.replace(replace, limit);
            case Next.Done done -> throw new IllegalStateException("nothing is left to do");
        };
    }

    private void release() throws InterruptedException {
        long deadline = deadline();
        var release = elector.release(perform(new Next.Read(), deadline));
        if (release.isPresent()) {
            perform(release.get(), deadline);
        }
        log("released");
    }

    private void stop() {
        boolean led = leading;
        electing.interrupt();
        try {
            Thread removal = Thread.ofPlatform().start(address::unbind);
            electing.join(100);
            if (led) {
                release();
            }
            removal.join();
        } catch (InterruptedException e) {
            log("interrupted while it stopped");
        }
        Runtime.getRuntime().halt(0);
    }

    private static long deadline() {
        return System.nanoTime() + ClientGoElector.RENEW_DEADLINE;
    }

    private static void pause(long nanos) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(nanos);
    }

    static void log(String what) {
        System.out.println(Instant.now() + " " + what);
    }
}
