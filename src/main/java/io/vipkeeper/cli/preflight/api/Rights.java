package io.vipkeeper.cli.preflight.api;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

import io.vipkeeper.cli.common.Printable;
import io.vipkeeper.cli.preflight.finding.Finding;
import io.vipkeeper.kubernetes.ApiSurvey;
import io.vipkeeper.kubernetes.ApiSurvey.Told;
import io.vipkeeper.kubernetes.EventApi;
import io.vipkeeper.kubernetes.LeaseName;

/** Whether the kubeconfig's user may do what the manager does. */
final class Rights {
    static final String REMEDY =
            "run 'vipkeeper manifest rbac | kubectl apply -f -', or name a kubeconfig with more rights";
    private static final String CHECK = "rights";
    private static final String LEASES = "coordination.k8s.io";

    private Rights() {}

    /** One question for each verb. */
    interface Question {
        Told<Boolean> ask(String verb, String group, String resource, String namespace, String name);
    }

    static Finding of(ApiSurvey survey, LeaseName lease) {
        return of(survey::mayI, lease);
    }

    static Finding of(Question question, LeaseName lease) {
        List<String> needed = new ArrayList<>();
        List<String> wanted = new ArrayList<>();
        for (String verb : List.of("get", "create", "update", "list", "watch")) {
            boolean one = !verb.equals("create") && !verb.equals("list") && !verb.equals("watch");
            Told<Boolean> told = question.ask(verb, LEASES, "leases", lease.namespace(), one ? lease.name() : "");
            if (told instanceof Told.Unknown<Boolean>(var cause, String detail)) {
                return Finding.warning(
                        CHECK, "the API server does not tell them", Printable.of(detail), "ask again in a minute");
            }
            boolean elects = one || verb.equals("create");
            note(told, verb + " leases in " + lease.namespace(), elects ? needed : wanted);
        }
        note(question.ask("list", "", "nodes", "", ""), "list nodes", wanted);
        List<String> useful = new ArrayList<>();
        for (String verb : List.of("create", "patch")) {
            for (String namespace : new TreeSet<>(List.of(lease.namespace(), EventApi.CLUSTER_NAMESPACE))) {
                Told<Boolean> told = question.ask(verb, "events.k8s.io", "events", namespace, "");
                note(told, verb + " events in " + namespace, useful);
            }
        }
        if (!needed.isEmpty()) {
            return Finding.failure(
                    CHECK, "the user may not " + String.join(", ", needed), "this node could never hold", REMEDY);
        }
        return wanted.isEmpty()
                ? events(useful)
                : Finding.warning(
                        CHECK,
                        "the user may not " + String.join(", ", wanted),
                        "without that there is no fast path, and a Node's own address is not told from the VIP",
                        REMEDY);
    }

    private static Finding events(List<String> missing) {
        return missing.isEmpty()
                ? Finding.ok(
                        CHECK,
                        "the user may get, create, update, list and watch leases, list nodes, and create and patch events")
                : Finding.warning(
                        CHECK,
                        "the user may not " + String.join(", ", missing),
                        "the address moves all the same, but not every Event on the Lease and on the Node tells of it",
                        REMEDY);
    }

    private static void note(Told<Boolean> told, String what, List<String> missing) {
        if (!(told instanceof Told.Known<Boolean>(Boolean allowed)) || !allowed) {
            missing.add(what);
        }
    }
}
