package io.vipkeeper.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;

import io.vipkeeper.config.VipkeeperConfig.Address;
import io.vipkeeper.config.VipkeeperConfig.Election;
import io.vipkeeper.config.VipkeeperConfig.Link;
import io.vipkeeper.lease.Timing;
import io.vipkeeper.vip.InterfaceName;
import io.vipkeeper.vip.VirtualIp;

/** Turns what was typed into the checked record; goes on after a problem, to report them all. */
final class ConfigReader {
    private static final int SHORTEST_ANNOUNCE_PERIOD = 500;
    private static final int LONGEST_ANNOUNCE_PERIOD = 3_600_000;

    private final List<String> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final ConfigSources sources;
    private final Settings settings;
    private final boolean fileIsKnown;

    ConfigReader(ConfigSources sources) {
        this.sources = sources;
        Settings withoutFile = new Settings(sources, Map.of(), new ArrayList<>());
        Optional<Map<String, String>> file = withoutFile
                .given(Options.CONFIG_FILE)
                .filter(setting -> !setting.value().isBlank())
                .map(setting -> ConfigFile.read(Path.of(setting.value()), problems))
                .orElse(Optional.of(Map.of()));
        this.fileIsKnown = file.isPresent();
        this.settings = new Settings(sources, file.orElse(Map.of()), problems);
    }

    Configured read() {
        if (!fileIsKnown) {
            // What looks missing may be in the file.
            return new Configured.Refused(List.copyOf(problems));
        }
        new Purposes(settings, sources, problems, warnings).check();
        Address address = address();
        Listeners listeners = new Listeners(settings, problems, warnings);
        VipkeeperConfig config = new VipkeeperConfig(
                nodeName(),
                address,
                link(),
                election(),
                new FastReader(settings, problems).fast(),
                new ServicesReader(settings, new LeaseReader(sources, settings, problems).name(), problems, warnings)
                        .services(),
                listeners.api(address.vips()),
                listeners.http(),
                logLevel(),
                logsJson());
        return problems.isEmpty()
                ? new Configured.Usable(config, List.copyOf(warnings), values())
                : new Configured.Refused(problems.stream().distinct().toList());
    }

    /** Without what only a manager needs. */
    Whereabouts.Reading whereabouts() {
        LeaseReader lease = new LeaseReader(sources, settings, problems);
        LeaseReader.Name name = lease.name();
        List<VirtualIp> vips = settings.text(Options.ADDRESS).isEmpty()
                ? List.of()
                : new Addresses(settings, problems, warnings).vips();
        Listeners listeners = new Listeners(settings, problems, warnings);
        Whereabouts whereabouts = new Whereabouts(
                name.namespace(),
                name.name(),
                lease.isGiven(),
                vips,
                listeners.api(vips),
                listeners.http().metrics());
        return problems.isEmpty()
                ? new Whereabouts.Reading.Usable(whereabouts)
                : new Whereabouts.Reading.Refused(problems.stream().distinct().toList());
    }

    private Map<String, String> values() {
        Map<String, String> values = new HashMap<>();
        Options.all().stream()
                .filter(option -> !option.env().isEmpty())
                .forEach(option -> values.put(option.env(), value(option)));
        return values;
    }

    private String value(Option option) {
        return option.kind() == Option.Kind.BOOLEAN ? Boolean.toString(settings.flag(option)) : settings.text(option);
    }

    private Address address() {
        int rate = settings.number(Options.ARP_RATE, SHORTEST_ANNOUNCE_PERIOD, LONGEST_ANNOUNCE_PERIOD);
        return new Address(
                new Addresses(settings, problems, warnings).vips(),
                Duration.ofMillis(rate),
                settings.flag(Options.SKIP_DAD),
                settings.flag(Options.PRESERVE));
    }

    private Link link() {
        String name = settings.text(Options.INTERFACE);
        if (!name.isEmpty() && !InterfaceName.FORM.matcher(name).matches()) {
            problems.add(settings.shown(Options.INTERFACE) + " cannot be the name of an interface");
        }
        if (name.equals("lo")) {
            problems.add(settings.shown(Options.INTERFACE)
                    + ": no neighbour hears an announcement there; name the NIC of the control plane's network");
        }
        return new Link(
                Optional.of(name).filter(text -> !text.isEmpty()),
                settings.flag(Options.ALLOW_INTERFACE_NOT_UP),
                carrierLossTimeout());
    }

    private Optional<Duration> carrierLossTimeout() {
        int millis = settings.number(Options.CARRIER_LOSS_TIMEOUT, 0, 86_400_000);
        int seconds = settings.number(Options.LOSE_LEADERSHIP_TIMEOUT, 1, 86_400);
        if (settings.flag(Options.LOSE_LEADERSHIP)) {
            return Optional.of(Duration.ofSeconds(seconds));
        }
        return millis == 0 ? Optional.empty() : Optional.of(Duration.ofMillis(millis));
    }

    private Election election() {
        LeaseReader.Name lease = new LeaseReader(sources, settings, problems).name();
        return new Election(
                settings.flag(Options.LEADER_ELECTION),
                lease.namespace(),
                lease.name(),
                timing(),
                settings.flag(Options.BOOTSTRAP));
    }

    private Timing timing() {
        int before = problems.size();
        Duration lease = seconds(Options.LEASE_DURATION);
        Duration renew = seconds(Options.RENEW_DEADLINE);
        Duration retry = seconds(Options.RETRY_PERIOD);
        if (problems.size() > before) {
            return Timing.DEFAULT;
        }
        List<String> together = Timing.problems(lease, renew, retry);
        if (together.isEmpty()) {
            return new Timing(lease, renew, retry);
        }
        String typed = "%s, %s, %s"
                .formatted(
                        settings.shown(Options.LEASE_DURATION),
                        settings.shown(Options.RENEW_DEADLINE),
                        settings.shown(Options.RETRY_PERIOD));
        together.forEach(problem -> problems.add(problem + " (" + typed + ")"));
        return Timing.DEFAULT;
    }

    private Duration seconds(Option option) {
        return Duration.ofSeconds(settings.number(option, 1, 3600));
    }

    private String nodeName() {
        String name = settings.given(Options.NODE_NAME)
                .map(setting -> setting.value().strip())
                .filter(text -> !text.isEmpty())
                .orElse(sources.hostName())
                .toLowerCase(Locale.ROOT);
        if (name.isEmpty()) {
            problems.add("this host has no name to take part in the election with; set vip_nodename (--nodeName)");
        } else if (!LeaseReader.isSubdomain(name)) {
            problems.add("the node name " + Settings.shown(name)
                    + " is not one that Kubernetes gives; set vip_nodename (--nodeName) to the name of this Node");
        }
        return name;
    }

    private boolean logsJson() {
        String format = settings.text(Options.LOG_FORMAT);
        if (!format.equals("text") && !format.equals("json")) {
            problems.add(settings.shown(Options.LOG_FORMAT) + " is neither text nor json");
        }
        return format.equals("json");
    }

    /** slog's numbers: a record is shown from its own level on, and each name covers the four numbers up to the next. */
    private Level logLevel() {
        int number = settings.number(Options.LOG_LEVEL, -100, 100);
        if (number <= -8) {
            return org.jboss.logmanager.Level.TRACE;
        }
        if (number <= -4) {
            return org.jboss.logmanager.Level.DEBUG;
        }
        if (number <= 0) {
            return org.jboss.logmanager.Level.INFO;
        }
        if (number <= 4) {
            return org.jboss.logmanager.Level.WARN;
        }
        return number <= 8 ? org.jboss.logmanager.Level.ERROR : Level.OFF;
    }
}
