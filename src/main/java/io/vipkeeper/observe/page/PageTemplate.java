package io.vipkeeper.observe.page;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.quarkus.qute.Engine;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.ReflectionValueResolver;
import io.quarkus.qute.Template;
import io.quarkus.qute.Variant;

import io.vipkeeper.observe.page.view.PageView;

/** The page's markup. Every text that is put in is escaped. Any thread may ask; asking takes milliseconds. */
final class PageTemplate {
    /** What changes while somebody looks: fragments of the template, each one element with this id. */
    static final List<String> PARTS = List.of("about", "now", "candidates", "moves", "servers", "guard", "settings");

    private static final Variant HTML = Variant.forContentType(Variant.TEXT_HTML);

    private final Template template;

    PageTemplate() {
        Engine engine = Engine.builder()
                .addDefaults()
                .addValueResolver(new ReflectionValueResolver())
                .addResultMapper(new HtmlEscaper(List.of(Variant.TEXT_HTML)))
                .build();
        template = engine.parse(new String(resource("page.html"), StandardCharsets.UTF_8), HTML);
    }

    String whole(PageView page) {
        return template.data("page", page).render();
    }

    /** As they are in the whole, by their ids. */
    Map<String, String> parts(PageView page) {
        Map<String, String> parts = new LinkedHashMap<>();
        PARTS.forEach(part -> parts.put(
                part, template.getFragment(part).data("page", page).render().strip()));
        return parts;
    }

    /** A file of the page. */
    static byte[] resource(String name) {
        try (InputStream file = PageTemplate.class.getResourceAsStream("/page/" + name)) {
            if (file == null) {
                throw new IllegalStateException("the program was packaged without page/" + name);
            }
            return file.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException("page/" + name + " cannot be read", e);
        }
    }
}
