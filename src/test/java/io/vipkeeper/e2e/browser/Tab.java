package io.vipkeeper.e2e.browser;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

/** A tab of the browser, that sees a page as a person would. */
public final class Tab {
    private static final Set<String> COMPLAINTS = Set.of("Runtime.exceptionThrown", "Log.entryAdded");
    private static final Set<String> LOUD = Set.of("error", "warning", "assert");

    private final DevTools tools;
    private final String session;

    Tab(DevTools tools, String session) {
        this.tools = tools;
        this.session = session;
        List.of("Page.enable", "Runtime.enable", "Log.enable").forEach(method -> call(method, Map.of()));
    }

    public void open(String url) {
        call("Page.navigate", Map.of("url", url));
    }

    /** @param mobile whether the page is laid out as on a phone */
    public void size(int width, int height, double scale, boolean mobile) {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", scale, "mobile", mobile));
    }

    public void prefer(String colorScheme) {
        call(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", colorScheme))));
    }

    public void withoutScripts() {
        call("Emulation.setScriptExecutionDisabled", Map.of("value", true));
    }

    /** The value of an expression on the page. */
    public JsonNode evaluate(String expression) {
        JsonNode answer = call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true));
        if (answer.has("exceptionDetails")) {
            throw new IllegalStateException(expression + ": " + answer.path("exceptionDetails"));
        }
        return answer.path("result").path("value");
    }

    /** What somebody reads in the first element that the selector finds; empty when there is none. */
    public String text(String selector) {
        return evaluate("document.querySelector('" + selector + "')?.innerText ?? ''")
                .asText();
    }

    /** A PNG of the whole page. */
    public byte[] screenshot() {
        JsonNode shot = call("Page.captureScreenshot", Map.of("captureBeyondViewport", true));
        return Base64.getDecoder().decode(shot.path("data").asText());
    }

    List<String> complaints() {
        return tools.events().stream()
                .filter(event -> event.path("sessionId").asText().equals(session))
                .filter(Tab::complains)
                .map(JsonNode::toString)
                .toList();
    }

    private static boolean complains(JsonNode event) {
        String method = event.path("method").asText();
        return COMPLAINTS.contains(method)
                || method.equals("Runtime.consoleAPICalled")
                        && LOUD.contains(event.path("params").path("type").asText());
    }

    private JsonNode call(String method, Map<String, Object> params) {
        return tools.call(session, method, params);
    }
}
