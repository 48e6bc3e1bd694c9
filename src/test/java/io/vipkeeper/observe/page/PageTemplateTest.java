package io.vipkeeper.observe.page;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

import io.vipkeeper.observe.page.view.PageView;

import static org.assertj.core.api.Assertions.assertThat;

class PageTemplateTest {
    private static final PageTemplate TEMPLATE = new PageTemplate();
    private static final String EVIL = "<script>alert(\"1\")</script>'>";

    @Test
    void thePageIsWholeWithoutAnyScript() {
        String html = whole(Documents.holder());

        assertThat(html)
                .startsWith("<!DOCTYPE html>")
                .contains("<title>✓ cp-1 holds 192.0.2.10 · vipkeeper</title>")
                .contains("for 6 min 28 s · this node")
                .contains("200 ms left")
                .contains("<polyline points=\"227.8,24.0 231.9,8.0 240.0,16.0\"/>")
                .contains("nftables")
                .contains("vip_fastgrant");
    }

    @Test
    void everyPartIsInTheWholeAndHasItsId() {
        // when
        String html = whole(Documents.holder());
        Map<String, String> parts = TEMPLATE.parts(view(Documents.holder()));

        // then
        assertThat(parts.keySet()).containsExactlyElementsOf(PageTemplate.PARTS);
        parts.forEach((id, part) -> assertThat(part).matches("(?s)<(section|div) id=\"" + id + "\".*</\\1>"));
        parts.values().forEach(part -> assertThat(html).contains(part));
    }

    @Test
    void whateverOthersWroteIsTextAndNothingElse() {
        // given
        ObjectNode json = Documents.follower();
        json.put("node", EVIL).put("holder", EVIL).put("lease", EVIL).put("version", EVIL);
        json.withArray("hindrances").add(EVIL);
        ((ObjectNode) json.path("peers").get(0)).put("node", EVIL);
        ((ObjectNode) json.path("moves").get(0)).put("from", EVIL);
        ((ObjectNode) json.path("holders").get(1)).put("holder", EVIL);
        ((ObjectNode) json.path("requests").get(0)).put("server", EVIL);
        ((ObjectNode) json.path("fence")).put("kind", "address").put("why", EVIL);
        ((ObjectNode) json.path("interface")).put("name", EVIL);
        ((ObjectNode) json.path("vips").get(0)).put("vip", EVIL);
        ((ObjectNode) json.path("settings")).put(EVIL, EVIL);

        // when
        String html = whole(json);

        // then: the only script is the page's own, and no attribute was left early
        assertThat(html)
                .doesNotContain("alert(\"")
                .contains("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39;&gt;");
        assertThat(Pattern.compile("<script").matcher(html).results()).hasSize(1);
    }

    @Test
    void nothingIsInlineAndNothingComesFromElsewhere() {
        assertThat(whole(Documents.holder()))
                .doesNotContain("<style", " style=", "javascript:", "//cdn", "<script>")
                .doesNotContainPattern(" on[a-z]+=")
                .doesNotContainPattern("(src|href)=\"(https?:)?//");
    }

    private static String whole(ObjectNode json) {
        return TEMPLATE.whole(view(json));
    }

    private static PageView view(ObjectNode json) {
        return PageView.of(Optional.of(json), Documents.NOW);
    }
}
