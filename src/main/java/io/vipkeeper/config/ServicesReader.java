package io.vipkeeper.config;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import io.vipkeeper.config.VipkeeperConfig.Classes;
import io.vipkeeper.config.VipkeeperConfig.Services;
import io.vipkeeper.vip.InterfaceName;

/** The options of Services of type LoadBalancer. */
final class ServicesReader {
    private static final Pattern LABEL = Pattern.compile("[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?");
    private static final Pattern LEASE = Pattern.compile("(?:" + LABEL + "/)?[a-z0-9](?:[-.a-z0-9]{0,251}[a-z0-9])?");

    private final Settings settings;
    private final List<String> problems;
    private final List<String> warnings;

    ServicesReader(Settings settings, List<String> problems, List<String> warnings) {
        this.settings = settings;
        this.problems = problems;
        this.warnings = warnings;
    }

    /** Empty when they are not wanted, or cannot be looked after. */
    Optional<Services> services() {
        if (!settings.flag(OtherOptions.SERVICES) || !settings.flag(Options.CONTROL_PLANE)) {
            return Optional.empty();
        }
        if (!settings.flag(Options.SERVICES_PREVIEW)) {
            warnings.add(settings.shown(OtherOptions.SERVICES)
                    + " has no effect: vipkeeper does not look after Services of type LoadBalancer yet;"
                    + " vip_services_preview=true (--services-preview) tries what there is");
            return Optional.empty();
        }
        if (!settings.flag(Options.LEADER_ELECTION)) {
            warnings.add(settings.shown(OtherOptions.SERVICES)
                    + " has no effect without an election; set vip_leaderelection=true (--leaderElection)");
            return Optional.empty();
        }
        warnOfWhatIsNotObeyed();
        return Optional.of(new Services(
                checked("svc_namespace", LABEL),
                settings.flag(option("svc_election")),
                settings.flag(option("per_service_election_on_demand")),
                checked("svc_leasename", LEASE),
                new Classes(
                        settings.flag(option("lb_class_only")),
                        settings.text(option("lb_class_name")),
                        settings.flag(option("lb_class_legacy_handling"))),
                checked("vip_servicesinterface", InterfaceName.FORM),
                !settings.flag(option("disable_service_updates"))));
    }

    private void warnOfWhatIsNotObeyed() {
        for (String variable : List.of("enable_service_security", "enable_endpoints")) {
            if (settings.flag(option(variable))) {
                warnings.add(settings.shown(option(variable)) + " has no effect: vipkeeper does not do that yet");
            }
        }
    }

    private Optional<String> checked(String variable, Pattern form) {
        Option option = option(variable);
        Optional<String> typed =
                settings.given(option).map(setting -> setting.value().strip()).filter(text -> !text.isEmpty());
        if (typed.isPresent() && !form.matcher(typed.get()).matches()) {
            problems.add(settings.shown(option) + " is no name that " + variable + " can have");
        }
        return typed;
    }

    private static Option option(String variable) {
        return OtherOptions.ALL.stream()
                .filter(option -> option.env().equals(variable))
                .findFirst()
                .orElseThrow();
    }
}
