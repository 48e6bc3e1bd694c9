package io.vipkeeper.cli;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * SIGTERM and SIGINT as an event. Left to the JVM they end it with 143 while every shutdown hook runs at once; an
 * orderly end has an order, and is a success.
 */
final class Termination {
    private final CountDownLatch asked = new CountDownLatch(1);

    /** From now on both signals only count as being asked; call it after Quarkus has started. */
    static Termination awaited() {
        Termination termination = new Termination();
        List.of("TERM", "INT").forEach(termination::handle);
        return termination;
    }

    /** Counts as being asked, as a signal does. */
    void ask() {
        asked.countDown();
    }

    /** Blocks until the process is asked to end, or for {@code longest}; an interrupt counts as being asked. */
    void await(Optional<Duration> longest) {
        try {
            if (longest.isEmpty()) {
                asked.await();
            } else if (!asked.await(longest.get().toMillis(), TimeUnit.MILLISECONDS)) {
                ask();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** By reflection: sun.misc.Signal is supported (JEP 260), but javac warns of it and no option silences that. */
    private void handle(String name) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object count =
                    Proxy.newProxyInstance(Termination.class.getClassLoader(), new Class<?>[] {handler}, this::counted);
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), count);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot handle SIG" + name, e);
        }
    }

    private Object counted(Object proxy, Method method, Object[] arguments) {
        return switch (method.getName()) {
            case "handle" -> {
                asked.countDown();
                yield null;
            }
            case "hashCode" -> System.identityHashCode(proxy);
            case "equals" -> proxy == arguments[0];
            default -> "termination";
        };
    }
}
