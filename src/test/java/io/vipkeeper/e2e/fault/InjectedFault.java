package io.vipkeeper.e2e.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.matcher.ElementMatchers;

/** A defect that a running JVM of the packaged program gets: one method throws from now on. */
public final class InjectedFault {
    /** What is thrown says so. */
    public static final String MESSAGE = "injected by a test";

    private InjectedFault() {}

    /**
     * Has {@code method} of {@code type} throw an {@link IllegalStateException} in another process whenever it is called.
     *
     * @param folder where the agent and the changed class are written
     */
    public static void inject(long process, Class<?> type, String method, Path folder) throws IOException {
        Path agent = agent(folder.resolve("fault-agent.jar"));
        Path changed = folder.resolve(type.getSimpleName() + ".class");
        Files.write(
                changed,
                new ByteBuddy()
                        .redefine(type)
                        .visit(Advice.to(Throwing.class).on(ElementMatchers.named(method)))
                        .make()
                        .getBytes());
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(process));
            machine.loadAgent(agent.toString(), type.getName() + "=" + changed);
            machine.detach();
        } catch (AttachNotSupportedException | AgentLoadException | AgentInitializationException e) {
            throw new IOException("process " + process + " takes no agent", e);
        }
    }

    private static Path agent(Path jar) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Agent-Class", FaultAgent.class.getName());
        manifest.getMainAttributes().putValue("Can-Redefine-Classes", "true");
        String entry = FaultAgent.class.getName().replace('.', '/') + ".class";
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest);
                InputStream in = FaultAgent.class.getResourceAsStream("/" + entry)) {
            out.putNextEntry(new JarEntry(entry));
            in.transferTo(out);
        }
        return jar;
    }

    /** Copied to the beginning of the method. */
    public static final class Throwing {
        private Throwing() {}

        @Advice.OnMethodEnter
        public static void enter() {
            // Asked for nothing: without a way on, the rest of the method could not be verified.
            if (Thread.currentThread().isAlive()) {
                throw new IllegalStateException(MESSAGE);
            }
        }
    }
}
