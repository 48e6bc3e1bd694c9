package io.vipkeeper.e2e.browser;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

import io.vipkeeper.demo.lab.Lab;

/** Debian's browser without a window, where the API lives; its own profile goes with the lab. */
public final class Chromium implements AutoCloseable {
    private final Process process;
    private final DevTools tools;
    private final List<Tab> tabs = new ArrayList<>();

    private Chromium(Process process, DevTools tools) {
        this.process = process;
        this.tools = tools;
    }

    /** Returns when it answers. */
    public static Chromium start(Lab lab) {
        // The protocol's pipe is made of the descriptors 3 and 4, which a Java program cannot give.
        List<String> command = List.of(
                "env",
                "HOME=" + lab.directory(),
                "sh",
                "-c",
                "exec \"$@\" 3<&0 4>&1 1>/dev/null",
                "sh",
                "chromium",
                "--headless",
                "--no-sandbox",
                "--no-first-run",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--hide-scrollbars",
                "--user-data-dir=" + lab.directory().resolve("chromium"),
                "--remote-debugging-pipe");
        Process process = lab.startInApi("chromium", command, true);
        DevTools tools = new DevTools(process.getInputStream(), process.getOutputStream());
        tools.call("", "Browser.getVersion", Map.of());
        return new Chromium(process, tools);
    }

    /** An empty one. */
    public Tab tab() {
        Tab tab = silentTab();
        tabs.add(tab);
        return tab;
    }

    /** An empty one, of whose complaints nobody hears. */
    public Tab silentTab() {
        String target = tools.call("", "Target.createTarget", Map.of("url", "about:blank"))
                .path("targetId")
                .asText();
        JsonNode attached = tools.call("", "Target.attachToTarget", Map.of("targetId", target, "flatten", true));
        return new Tab(tools, attached.path("sessionId").asText());
    }

    /** What all tabs but the silent ones complained of: errors of scripts and of loading, and violations of the content security policy. */
    public List<String> complaints() {
        return tabs.stream().flatMap(tab -> tab.complaints().stream()).toList();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
