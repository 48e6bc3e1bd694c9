package io.vipkeeper;

import java.util.List;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

/** The walls between the packages. */
class ArchitectureTest {
    private static final String ROOT = "io.vipkeeper.";
    private static final String[] CORE = Stream.of("lease", "vip", "pool", "grant", "bootstrap", "keeper", "service")
            .map(name -> ROOT + name + "..")
            .toArray(String[]::new);
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.vipkeeper");

    @Test
    void readsTheProgramItself() {
        assertThat(CLASSES).extracting(c -> c.getPackageName()).contains(ROOT + "lease", ROOT + "vip", ROOT + "keeper");
    }

    /** Own packages only: what a package may import besides itself. */
    @ParameterizedTest(name = "{0} imports only {1}")
    @CsvSource({
        "lease, lease",
        "vip, vip",
        "pool, vip",
        "grant, lease",
        "bootstrap, lease vip",
        "keeper, bootstrap grant lease vip",
        "peer, grant",
        "linux, linux",
        "config, grant lease vip",
        "manifest, config grant vip lease",
        "observe, keeper bootstrap grant lease vip",
        "service, lease vip",
        "kubernetes, lease grant pool linux service",
        "netlink, vip linux",
        "fence, vip linux netlink",
        "announce, vip linux",
        "pipeline, keeper bootstrap grant lease vip service",
        "demo, linux announce config"
    })
    void importsPointOneWay(String from, String to) {
        String[] allowed = (from + " " + to).split(" ");
        for (int i = 0; i < allowed.length; i++) {
            allowed[i] = ROOT + allowed[i] + "..";
        }
        check(classes()
                .that()
                .resideInAPackage(ROOT + from + "..")
                .should()
                .onlyDependOnClassesThat(outside("io.vipkeeper..").or(inside(allowed))));
    }

    /** A package without a rule would be free to import anything. */
    @Test
    void everyPackageHasItsRule() {
        assertThat(CLASSES)
                .filteredOn(c -> c.getPackageName().startsWith(ROOT))
                .extracting(c -> c.getPackageName().substring(ROOT.length()).split("\\.")[0])
                .containsOnly(
                        "cli",
                        "lease",
                        "vip",
                        "pool",
                        "grant",
                        "bootstrap",
                        "keeper",
                        "service",
                        "peer",
                        "linux",
                        "config",
                        "manifest",
                        "observe",
                        "kubernetes",
                        "netlink",
                        "fence",
                        "announce",
                        "pipeline",
                        "demo");
    }

    @Test
    void nothingImportsTheCommands() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "cli..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + "cli.."));
    }

    @Test
    void commandsOfAGroupDoNotImportTheTopCommandOrEachOther() {
        for (String group : List.of("common", "manifest", "preflight", "status")) {
            check(classes()
                    .that()
                    .resideInAPackage(ROOT + "cli." + group + "..")
                    .should()
                    .onlyDependOnClassesThat(
                            outside(ROOT + "cli..").or(inside(ROOT + "cli." + group + "..", ROOT + "cli.common.."))));
        }
    }

    @ParameterizedTest(name = "{0} stays in {1}")
    @CsvSource({
        "io.fabric8.., kubernetes manifest cli",
        "io.smallrye.mutiny.., pipeline kubernetes netlink announce peer cli",
        "jnr.., linux",
        "com.kenai.jffi.., linux",
        "org.pcap4j.., announce",
        "io.micrometer.., observe cli",
        "io.quarkus.qute.., observe",
        "org.eclipse.microprofile.health.., observe",
        "picocli.., cli config"
    })
    void frameworksStayInTheirRooms(String framework, String rooms) {
        String[] allowed = rooms.split(" ");
        for (int i = 0; i < allowed.length; i++) {
            allowed[i] = ROOT + allowed[i] + "..";
        }
        check(noClasses()
                .that()
                .resideOutsideOfPackages(allowed)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(framework));
    }

    @Test
    void onlyTheDemonstrationStartsOtherPrograms() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "demo..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.lang.ProcessBuilder")
                .orShould()
                .callMethod(Runtime.class, "exec", String.class)
                .orShould()
                .callMethod(Runtime.class, "exec", String[].class));
    }

    /** No thread, no I/O, no logger, no framework: values in, values out. */
    @Test
    void theCoreIsMadeOfValuesOnly() {
        check(classes()
                .that()
                .resideInAnyPackage(CORE)
                .should()
                .onlyDependOnClassesThat(inside(CORE)
                        .or(inside(
                                "java.lang",
                                "java.lang.annotation",
                                "java.lang.invoke",
                                "java.lang.runtime",
                                "java.nio.charset",
                                "java.time",
                                "java.util",
                                "java.util.function",
                                "java.util.regex",
                                "java.util.stream"))
                        .or(named("java\\.net\\.Inet(4|6)?Address|java\\.net\\.UnknownHostException"))
                        .or(named("java\\.util\\.random\\.RandomGenerator"))
                        .or(named("(boolean|byte|char|short|int|long|float|double|void)?(\\[\\])*"))));
    }

    @Test
    void theCoreTakesTheTimeAsAnArgument() {
        check(noClasses()
                .that()
                .resideInAnyPackage(CORE)
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Thread.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(java.time.Clock.class));
    }

    private static DescribedPredicate<JavaClass> inside(String... packages) {
        return JavaClass.Predicates.resideInAnyPackage(packages);
    }

    private static DescribedPredicate<JavaClass> outside(String... packages) {
        return JavaClass.Predicates.resideOutsideOfPackages(packages);
    }

    private static DescribedPredicate<JavaClass> named(String regex) {
        return HasName.Predicates.nameMatching(regex).forSubtype();
    }

    /** A package that does not exist yet breaks no rule. */
    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(CLASSES);
    }
}
