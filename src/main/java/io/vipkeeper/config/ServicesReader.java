package io.vipkeeper.config;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import io.vipkeeper.config.VipkeeperConfig.Classes;
import io.vipkeeper.config.VipkeeperConfig.Services;
import io.vipkeeper.vip.InterfaceName;

/** The options of Services of type LoadBalancer. */
final class ServicesReader {
    private static final Pattern LABEL = Pattern.compile("[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?");
    private static final Predicate<String> IS_LABEL = LABEL.asMatchPredicate();

    private final Settings settings;
    private final LeaseReader.Name controlPlane;
    private final List<String> problems;
    private final List<String> warnings;

    /** @param controlPlane the Lease that its address has */
    ServicesReader(Settings settings, LeaseReader.Name controlPlane, List<String> problems, List<String> warnings) {
        this.settings = settings;
        this.controlPlane = controlPlane;
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
                checked("svc_namespace", IS_LABEL),
                settings.flag(option("svc_election")),
                settings.flag(option("per_service_election_on_demand")),
                leaseName(),
                new Classes(
                        settings.flag(option("lb_class_only")),
                        settings.text(option("lb_class_name")),
                        settings.flag(option("lb_class_legacy_handling"))),
                checked("vip_servicesinterface", InterfaceName.FORM.asMatchPredicate()),
                !settings.flag(option("disable_service_updates"))));
    }

    private void warnOfWhatIsNotObeyed() {
        for (String variable : List.of("enable_service_security", "enable_endpoints")) {
            if (settings.flag(option(variable))) {
                warnings.add(settings.shown(option(variable)) + " has no effect: vipkeeper does not do that yet");
            }
        }
    }

    private Optional<String> leaseName() {
        Optional<String> typed = checked("svc_leasename", ServicesReader::isLease);
        String name = controlPlane.name();
        String whole = controlPlane.namespace() + "/" + name;
        if (typed.filter(text -> text.equals(name) || text.equals(whole)).isPresent()) {
            problems.add(
                    settings.shown(option("svc_leasename")) + " is the control plane's Lease as well (vip_leasename):"
                            + " two elections by one Lease disturb each other; name another");
        }
        return typed;
    }

    private static boolean isLease(String text) {
        int slash = text.indexOf('/');
        return (slash < 0 || IS_LABEL.test(text.substring(0, slash)))
                && LeaseReader.isSubdomain(text.substring(slash + 1));
    }

    private Optional<String> checked(String variable, Predicate<String> form) {
        Option option = option(variable);
        Optional<String> typed =
                settings.given(option).map(setting -> setting.value().strip()).filter(text -> !text.isEmpty());
        if (typed.isPresent() && !form.test(typed.get())) {
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
