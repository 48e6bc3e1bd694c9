package io.vipkeeper.cli;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** Signals as calls. */
final class Signals {
    private Signals() {}

    /**
     * From now on a signal means this call and nothing else; it comes on a thread of the JVM's and must not block.
     *
     * @param name without SIG
     */
    static void on(String name, Runnable call) {
        // By reflection: sun.misc.Signal is supported (JEP 260), but javac warns of it and no option silences that.
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(),
                    new Class<?>[] {handler},
                    (self, method, arguments) -> handled(call, self, method, arguments));
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot handle SIG" + name, e);
        }
    }

    private static Object handled(Runnable call, Object self, Method method, Object[] arguments) {
        return switch (method.getName()) {
            case "handle" -> {
                call.run();
                yield null;
            }
            case "hashCode" -> System.identityHashCode(self);
            case "equals" -> self == arguments[0];
            default -> "signal handler";
        };
    }
}
