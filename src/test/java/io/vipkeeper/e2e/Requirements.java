package io.vipkeeper.e2e;

import java.util.List;

import io.vipkeeper.demo.api.RealApi;
import io.vipkeeper.demo.lab.LabAccess;
import io.vipkeeper.demo.lab.Shell;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

/** What these tests need from the machine: skipped with the reason where it is missing, and a failure in CI. */
public final class Requirements {
    private Requirements() {}

    /** Network namespaces. */
    public static void lab() {
        LabAccess.problem().ifPresent(Requirements::missing);
    }

    /** Root of the machine: other users, mounts. */
    public static void root() {
        if (!Shell.run(List.of("id", "-u")).equals("0")) {
            missing("needs root");
        }
    }

    /** Network namespaces, kube-apiserver and etcd. */
    public static void realApi() {
        lab();
        RealApi.problem().ifPresent(Requirements::missing);
    }

    /** The programs that record what happens in a lab. */
    public static void recorders() {
        program("tcpdump", "tcpdump");
        program("nft", "nftables");
    }

    /** @param from the package that has it */
    public static void program(String program, String from) {
        if (Shell.run(List.of("sh", "-c", "command -v " + program + " || true")).isEmpty()) {
            missing("the program '" + program + "' is missing: install " + from);
        }
    }

    static boolean ci() {
        return "true".equals(System.getenv("CI"));
    }

    /** Skips the test, or fails it in CI. */
    public static void missing(String reason) {
        if (ci()) {
            fail("must not be skipped in CI: " + reason);
        }
        abort(reason);
    }
}
