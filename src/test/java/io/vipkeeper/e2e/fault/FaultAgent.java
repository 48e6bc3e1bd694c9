package io.vipkeeper.e2e.fault;

import java.io.IOException;
import java.lang.instrument.ClassDefinition;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Runs in the process that is to fail, where nothing else of the tests is. */
public final class FaultAgent {
    private FaultAgent() {}

    /** @param change a class's name, {@code =}, and the file with what it is from now on */
    public static void agentmain(String change, Instrumentation instrumentation)
            throws IOException, ClassNotFoundException, UnmodifiableClassException {
        String[] nameAndFile = change.split("=", 2);
        byte[] changed = Files.readAllBytes(Path.of(nameAndFile[1]));
        for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
            if (loaded.getName().equals(nameAndFile[0])) {
                instrumentation.redefineClasses(new ClassDefinition(loaded, changed));
            }
        }
    }
}
