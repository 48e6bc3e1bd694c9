package io.vipkeeper.cli.preflight.migration;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.vipkeeper.cli.common.Printable;
import io.vipkeeper.cli.preflight.finding.Finding;
import io.vipkeeper.cli.preflight.finding.Finding.Level;
import io.vipkeeper.cli.preflight.finding.PodFile;
import io.vipkeeper.cli.preflight.finding.PodFile.Container;

/** What a manifest says beside the settings. */
final class Surroundings {
    /** What the manifest has anyway, or does not need; the rest was somebody's own wish. */
    private static final Map<String, String> ANSWERED = Map.of(
            "hostAliases", "not needed: the API server of the node is dialled at 127.0.0.1, and checked as kubernetes",
            "securityContext", "vipkeeper's own: NET_ADMIN and NET_RAW, and nothing else",
            "resources", "vipkeeper's own");

    private static final Set<String> SAME = Set.of(
            "containers",
            "hostNetwork",
            "volumes",
            "restartPolicy",
            "name",
            "image",
            "imagePullPolicy",
            "args",
            "env",
            "volumeMounts",
            "terminationMessagePath",
            "terminationMessagePolicy",
            "dnsPolicy",
            "schedulerName");

    private final PodFile file;
    private final Container container;

    Surroundings(PodFile file, Container container) {
        this.file = file;
        this.container = container;
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        fields("spec.", file.spec().fieldNames(), findings);
        fields("container ", container.node().fieldNames(), findings);
        file.containers().stream()
                .filter(other -> !other.node().equals(container.node()))
                .forEach(other -> findings.add(leftOut("the container " + Printable.of(other.name()))));
        if (container.node().path("envFrom").size() > 0) {
            findings.add(Finding.failure(
                    "refused",
                    "container envFrom",
                    "the variables that it brings are not in this file",
                    "write them as env"));
        }
        return findings;
    }

    private static void fields(String where, Iterator<String> names, List<Finding> findings) {
        while (names.hasNext()) {
            String name = names.next();
            if (ANSWERED.containsKey(name)) {
                findings.add(Finding.ok("left out", where + name + ", " + ANSWERED.get(name)));
            } else if (!SAME.contains(name) && !name.equals("envFrom")) {
                findings.add(leftOut(where + Printable.of(name)));
            }
        }
    }

    private static Finding leftOut(String what) {
        return new Finding(
                Level.WARNING,
                "left out",
                what,
                "the printed manifest has its own, or none",
                "add it by hand if you need it");
    }
}
