package io.vipkeeper.cli.preflight.migration;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.vipkeeper.cli.common.Printable;
import io.vipkeeper.config.Option;
import io.vipkeeper.config.Options;

/** The arguments of a kube-vip container: {@code manager} and flags, as {@code --flag=value} or {@code --flag value}. */
final class Arguments {
    private final Map<Option, String> given = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    Arguments(List<String> arguments) {
        if (arguments.isEmpty() || !arguments.getFirst().equals("manager")) {
            problems.add("the arguments do not begin with manager, kube-vip's one command for a pod");
            return;
        }
        Iterator<String> rest = arguments.subList(1, arguments.size()).iterator();
        while (rest.hasNext()) {
            read(rest.next(), rest);
        }
    }

    /** In their order; the last of one flag counts. */
    Map<Option, String> given() {
        return given;
    }

    /** A sentence each. */
    List<String> problems() {
        return problems;
    }

    private void read(String argument, Iterator<String> rest) {
        String[] parts = argument.split("=", 2);
        String name = parts[0].equals("-n") ? "namespace" : parts[0].replaceFirst("^--", "");
        Optional<Option> option = Options.all().stream()
                .filter(row -> !row.flag().isEmpty() && row.flag().equals(name))
                .findFirst();
        if (option.isEmpty() || !argument.startsWith("-")) {
            problems.add(Printable.of(argument) + " is no flag of kube-vip's");
        } else if (parts.length == 2) {
            given.put(option.get(), parts[1]);
        } else if (option.get().kind() == Option.Kind.BOOLEAN) {
            given.put(option.get(), "true");
        } else if (rest.hasNext()) {
            given.put(option.get(), rest.next());
        } else {
            problems.add(Printable.of(argument) + " has no value");
        }
    }
}
