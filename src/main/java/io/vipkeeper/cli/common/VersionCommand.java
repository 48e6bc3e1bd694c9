package io.vipkeeper.cli.common;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Properties;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code version}: three lines, as kube-vip prints them. */
@Command(
        name = "version",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.class,
        description = "Prints the version and the build.")
public final class VersionCommand implements Callable<Integer>, IVersionProvider {
    private static final Properties BUILD = load();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        for (String line : getVersion()) {
            out.println(line);
        }
        out.flush();
        return 0;
    }

    @Override
    public String[] getVersion() {
        return new String[] {
            "vipkeeper Release Information",
            "Version:  " + BUILD.getProperty("version"),
            "Build:    " + BUILD.getProperty("build")
        };
    }

    /** The version of this program, as {@code 0.1.0}. */
    public static String version() {
        return BUILD.getProperty("version");
    }

    private static Properties load() {
        Properties properties = new Properties();
        try (InputStream in = VersionCommand.class.getResourceAsStream("/vipkeeper-build.properties")) {
            properties.load(in);
            return properties;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
