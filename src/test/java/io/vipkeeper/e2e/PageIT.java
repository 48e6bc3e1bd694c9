package io.vipkeeper.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.vipkeeper.demo.lab.LabNode;
import io.vipkeeper.demo.lab.LabPlan;
import io.vipkeeper.e2e.browser.Chromium;
import io.vipkeeper.e2e.browser.Tab;
import io.vipkeeper.observe.page.StartingPage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The page in a real browser. With {@code -Dpage.screenshots=true} its pictures for the README are taken anew. */
class PageIT extends EndToEnd {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Path PICTURES = Path.of("src", "docs");
    private static final String BACKGROUND = "getComputedStyle(document.body).backgroundColor";

    private Chromium browser;

    @BeforeAll
    void openBrowser() {
        Requirements.program("chromium", "chromium");
        browser = Chromium.start(cluster().lab());
    }

    @AfterAll
    void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    /** Everything comes from the page itself, and its policy allows all that it does. */
    @AfterEach
    void nothingIsComplainedOf() {
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aKilledHoldersSuccessorAppearsWithoutAReload() throws IOException {
        // given
        LabNode holder = cluster().awaitWhole(START_LIMIT);
        Tab tab = opened(otherThan(holder));
        await().atMost(SOON).until(() -> headline(tab).equals(holder.name() + " holds " + LabPlan.VIP));
        tab.evaluate("window.mark = 'the same page'");

        // when
        holder.kill();
        LabNode successor = awaitSuccessorOf(holder, WITHOUT_HOLDER);

        // then
        await().atMost(SOON).until(() -> headline(tab).equals(successor.name() + " holds " + LabPlan.VIP));
        assertThat(tab.text(".berth.holds h3")).startsWith(successor.name());
        assertThat(tab.evaluate("document.title").asText()).contains(successor.name());
        assertThat(tab.evaluate("window.mark").asText()).isEqualTo("the same page");
        await().atMost(SOON).until(() -> tab.text(".verdict").contains("hears nothing of " + holder.name()));

        // when: the newest move is opened on the page of the node that it came to
        Tab there = opened(successor);
        there.evaluate("document.querySelector('#moves summary').click()");

        // then: the parts that come each second leave it open
        there.evaluate("document.getElementById('now').mark = 'old'");
        await().atMost(SOON).until(() -> there.evaluate("document.getElementById('now').mark ?? 'new'")
                .asText()
                .equals("new"));
        assertThat(there.evaluate("document.querySelector('#moves details').open")
                        .asBoolean())
                .isTrue();
        assertThat(there.text("#moves details tbody")).contains("silence", "votes", "swap", "bind", "announce");
        assertThat(there.text("#guard")).contains("bound here");
        picture(there);
    }

    @Test
    void aPhoneScrollsInOneDirectionOnlyAndTheDarkIsDark() {
        // given
        Tab tab = opened(cluster().awaitWhole(START_LIMIT));
        tab.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)");

        // when
        tab.size(360, 740, 2, true);

        // then
        assertThat(tab.evaluate("document.documentElement.scrollWidth").asInt()).isEqualTo(360);

        // when
        tab.prefer("light");
        double light = luminance(tab, BACKGROUND);
        tab.prefer("dark");

        // then
        assertThat(light).isGreaterThan(0.8);
        assertThat(luminance(tab, BACKGROUND)).isLessThan(0.03);
        assertThat(luminance(tab, "getComputedStyle(document.getElementById('headline')).color"))
                .isGreaterThan(0.5);
    }

    @Test
    void withoutScriptsTheHolderIsShownAllTheSame() {
        // given
        LabNode holder = cluster().awaitWhole(START_LIMIT);
        Tab tab = browser.tab();
        tab.withoutScripts();

        // when
        tab.open(url(holder));

        // then
        await().atMost(SOON).until(() -> headline(tab).equals(holder.name() + " holds " + LabPlan.VIP));
        assertThat(tab.text("#link")).contains("as of now");
        assertThat(tab.text("noscript")).contains("stands still");
    }

    @Test
    void aPageThatHearsNothingSaysSinceWhen() {
        // given
        LabNode node = otherThan(cluster().awaitWhole(START_LIMIT));
        Tab tab = opened(node);

        // when
        Instant frozen = Instant.now();
        node.freeze();
        try {
            await().atMost(SOON).until(() -> tab.text("#link").contains("lost"));
        } finally {
            node.resume();
        }

        // then: not the time when that was noticed
        assertThat(Duration.between(frozen, Instant.now())).isGreaterThan(Duration.ofSeconds(5));
        Matcher since = Pattern.compile("connection lost, nothing new since (\\d\\d:\\d\\d:\\d\\d) UTC$")
                .matcher(tab.text("#link"));
        assertThat(since.find()).as(tab.text("#link")).isTrue();
        long age = Duration.between(LocalTime.parse(since.group(1)), LocalTime.ofInstant(frozen, ZoneOffset.UTC))
                .toSeconds();
        assertThat(Math.floorMod(age + 2, Duration.ofDays(1).toSeconds())).isBetween(0L, 8L);
        await().atMost(SOON).until(() -> tab.text("#link").endsWith("live"));
    }

    @Test
    void aPageThatWasOpenedBeforeTheFirstStepFillsByItselfAndAnotherVersionLoadsItAnew() {
        // given a tab that may complain: an answer 503 is an error to it
        cluster().lab().startInApi("starting-page", StartingPage.command(), false);
        Tab tab = browser.silentTab();
        await().atMost(SOON).pollInterval(Duration.ofSeconds(1)).until(() -> {
            tab.open(StartingPage.URL);
            return headline(tab).startsWith("This node has not begun yet");
        });
        assertThat(tab.text(".where") + tab.text(".brand small")).isEmpty();
        assertThat(tab.evaluate("document.querySelectorAll('#settings dt').length")
                        .asInt())
                .isZero();
        tab.evaluate("window.mark = 'the same page'");

        // when
        tab.evaluate("fetch('begin?0.1.0').then(answer => answer.status)");

        // then
        await().atMost(SOON).until(() -> headline(tab).equals("cp-1 holds 192.0.2.10"));
        await().atMost(SOON).until(() -> !tab.text("#settings").isEmpty());
        assertThat(tab.text(".where")).contains("seen from cp-1", "kube-system/plndr-cp-lock");
        assertThat(tab.text(".brand small")).isEqualTo("0.1.0");
        assertThat(tab.evaluate("document.querySelector('#settings dt').textContent")
                        .asText())
                .isEqualTo("vip_leaseduration");
        assertThat(tab.evaluate("window.mark").asText()).isEqualTo("the same page");

        // when the process is replaced by another version
        tab.evaluate("fetch('begin?0.2.0').then(answer => answer.status)");

        // then
        await().atMost(SOON).until(() -> tab.text(".brand small").equals("0.2.0"));
        assertThat(tab.evaluate("window.mark ?? 'another page'").asText()).isEqualTo("another page");
    }

    private Tab opened(LabNode node) {
        Tab tab = browser.tab();
        tab.size(1180, 900, 1, false);
        tab.open(url(node));
        await().atMost(SOON).until(() -> tab.text("#link").endsWith("live"));
        return tab;
    }

    private static String url(LabNode node) {
        return "http://" + node.apiAddress() + ":2112/";
    }

    private static String headline(Tab tab) {
        return tab.text("#headline");
    }

    /** Relative luminance as in WCAG 2, from 0, which is black, to 1. */
    private static double luminance(Tab tab, String color) {
        JsonNode parts = tab.evaluate("(" + color + ").match(/[0-9.]+/g).map(Number)");
        double[] weights = {0.2126, 0.7152, 0.0722};
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            double part = parts.get(i).asDouble() / 255;
            sum += weights[i] * (part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4));
        }
        return sum;
    }

    private static void picture(Tab tab) throws IOException {
        if (Boolean.getBoolean("page.screenshots")) {
            tab.prefer("light");
            Files.write(PICTURES.resolve("page-light.png"), tab.screenshot());
            tab.prefer("dark");
            Files.write(PICTURES.resolve("page-dark.png"), tab.screenshot());
            tab.prefer("light");
            tab.size(390, 844, 1.5, true);
            Files.write(PICTURES.resolve("page-phone.png"), tab.screenshot());
        }
    }
}
