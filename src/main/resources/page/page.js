"use strict";

// Puts the parts that the server sends in the place of those that are shown, and says when it hears nothing any more.
(() => {
  const SILENCE_MS = 12000;
  const AGAIN_MS = 3000;
  const link = document.getElementById("link");
  const said = document.getElementById("said");
  let source;
  let silence;
  let heardAt = new Date();
  let version = document.getElementById("about").dataset.version;

  // With the day unless that is today.
  function since(time) {
    const [day, clock] = time.toISOString().slice(0, 19).split("T");
    return (new Date().toISOString().startsWith(day) ? "" : day + " ") + clock;
  }

  function show(live) {
    link.className = live ? "live" : "lost";
    link.textContent = live ? "live" : "connection lost, nothing new since " + since(heardAt) + " UTC";
  }

  function replace(html) {
    const fresh = new DOMParser().parseFromString(html, "text/html").body.firstElementChild;
    const old = fresh && document.getElementById(fresh.id);
    if (!old) {
      return;
    }
    // Another version's parts may need another version's script and style.
    if (version && fresh.dataset.version && version !== fresh.dataset.version) {
      location.reload();
      return;
    }
    version = fresh.dataset.version || version;
    const same = (element) => fresh.querySelector("#" + CSS.escape(element.id));
    for (const open of old.querySelectorAll("details[open]")) {
      same(open)?.setAttribute("open", "");
    }
    const focused = document.activeElement?.closest("details");
    const inside = focused && old.contains(focused);
    const headline = document.getElementById("headline").textContent;
    old.replaceWith(fresh);
    if (inside) {
      document.getElementById(focused.id)?.querySelector("summary").focus({ preventScroll: true });
    }
    if (fresh.dataset.title) {
      document.title = fresh.dataset.title;
      const now = document.getElementById("headline").textContent;
      if (now !== headline) {
        said.textContent = now;
      }
    }
  }

  function heard() {
    heardAt = new Date();
    if (link.className !== "live") {
      show(true);
    }
    clearTimeout(silence);
    silence = setTimeout(lost, SILENCE_MS);
  }

  function lost() {
    source.close();
    clearTimeout(silence);
    if (link.className !== "lost") {
      show(false);
    }
    silence = setTimeout(listen, AGAIN_MS);
  }

  function listen() {
    source = new EventSource("page/events");
    source.addEventListener("part", (event) => {
      heard();
      replace(event.data);
    });
    source.addEventListener("beat", heard);
    source.addEventListener("error", lost);
  }

  // A page that nobody sees asks for nothing.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) {
      source.close();
      clearTimeout(silence);
    } else if (source.readyState === EventSource.CLOSED) {
      clearTimeout(silence);
      listen();
    }
  });
  listen();
})();
