package io.vipkeeper.e2e;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.vipkeeper.demo.Cluster;
import io.vipkeeper.demo.lab.LabNode;
import io.vipkeeper.demo.probe.Probe;

import static org.assertj.core.api.Assertions.assertThat;

/** What the pages of a lab's nodes say is wrong, as their first answer has it: without any script. */
final class WalkPage {
    private static final Pattern VERDICT =
            Pattern.compile("<p class=\"verdict\"><span class=\"mark\" aria-hidden=\"true\">.</span> ([^<]*)</p>");

    private final Cluster cluster;

    WalkPage(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Waits until a node's page says exactly that. */
    void awaitSentence(LabNode node, Duration limit, String wanted) {
        Probe.await(() -> sentence(node).equals(wanted), limit);
        String sentence = sentence(node);
        System.out.println("# the page of " + node + "\n" + sentence + "\n");
        assertThat(sentence).isEqualTo(wanted);
    }

    private String sentence(LabNode node) {
        String page = cluster.api()
                .admin()
                .get("http://" + node.apiAddress() + ":2112/")
                .body();
        Matcher verdict = VERDICT.matcher(page);
        assertThat(verdict.find()).as(page).isTrue();
        return verdict.group(1).replace("&#39;", "'").replace("&quot;", "\"");
    }
}
