// SPDX-License-Identifier: GPL-2.0-or-later
// Results as one types, completions, keys. Every page works without this script; it only fetches
// the same HTML sooner (/?q=...&fragment=1), so there is one renderer: the server.
"use strict";
(() => {
  const kPause = 120; // milliseconds without a key before a question is asked
  const kQuiet = 700; // and before the count is read out
  const box = document.getElementById("q");
  const form = box.form;
  const answer = document.getElementById("answer"); // only where the answer is
  const status = document.getElementById("status");
  const list = document.getElementById("completions");
  const help = document.getElementById("help");
  document.documentElement.classList.add("js");

  // ---- results as one types ----

  let asking = null; // AbortController of the request under way
  let pause = 0;
  let quiet = 0;
  let shown = currentQuestion(); // what #answer answers
  let typing = false; // the entry of the history is one that typing made
  let unfinished = false; // #answer may read its last word as the beginning of words

  function currentQuestion() {
    return new URLSearchParams(location.search).get("q") ?? "";
  }

  function addressOf(question) {
    return question.trim() === "" ? "/" : "/?" + new URLSearchParams({ q: question });
  }

  function say(text) {
    clearTimeout(quiet);
    quiet = setTimeout(() => { status.textContent = text; }, kQuiet);
  }

  // Puts the server's answer for an address into the page; `half`: its last word may be half a word.
  async function load(address, question, half = false) {
    asking?.abort();
    const mine = new AbortController();
    asking = mine;
    answer.setAttribute("aria-busy", "true");
    try {
      const to = new URL(address, location.origin);
      to.searchParams.set("fragment", "1");
      if (half) to.searchParams.set("typing", "1");
      const response = await fetch(to, { signal: mine.signal, credentials: "same-origin" });
      const type = response.headers.get("Content-Type") ?? "";
      if (!response.ok || !type.startsWith("text/html")) throw new Error("status " + response.status);
      const text = await response.text();
      if (mine !== asking) return;
      // The server's own page, all text in it escaped; scripts that are parsed so never run.
      const parsed = new DOMParser().parseFromString(text, "text/html");
      const held = answer.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
      answer.replaceChildren(...parsed.body.childNodes);
      if (held) [...answer.querySelectorAll("a")].find((link) => link.getAttribute("href") === held)?.focus();
      shown = question;
      unfinished = answer.querySelector("[data-unfinished]") !== null;
      document.title = question.trim() === "" ? "tome" : question.trim() + " · tome";
      say(answer.querySelector("[data-said]")?.dataset.said ?? "");
    } catch (error) {
      if (error.name === "AbortError" || mine !== asking) return;
      say("The server does not answer. Press Enter to try again.");
    } finally {
      if (mine === asking) {
        asking = null;
        answer.removeAttribute("aria-busy");
      }
    }
  }

  function askNow() {
    clearTimeout(pause);
    const question = box.value;
    if (!answer || question === shown) return;
    const address = addressOf(question);
    // One entry for what is typed in one go: back leads to the question before it.
    if (typing) history.replaceState(null, "", address);
    else history.pushState(null, "", address);
    typing = true;
    load(address, question, true);
  }

  box.addEventListener("input", (event) => {
    if (event.isComposing) return;
    clearTimeout(pause);
    pause = setTimeout(() => { askNow(); complete(); }, kPause);
  });
  box.addEventListener("compositionend", () => {
    clearTimeout(pause);
    pause = setTimeout(() => { askNow(); complete(); }, kPause);
  });
  box.addEventListener("change", () => { typing = false; });

  form.addEventListener("submit", (event) => {
    close();
    if (!answer) return; // another page: the form leads to the answer
    event.preventDefault();
    askNow();
    if (unfinished || asking) load(addressOf(box.value), box.value);
    typing = false;
  });

  addEventListener("popstate", () => {
    if (!answer) return;
    typing = false;
    close();
    box.value = currentQuestion();
    load(location.pathname + location.search, box.value);
  });

  // A browser may bring a page back with what was typed later: the address is right.
  addEventListener("pageshow", () => {
    if (answer && box.value !== currentQuestion()) box.value = currentQuestion();
  });

  // ---- completions: a combobox with a list (ARIA Authoring Practices, "Combobox") ----

  let completing = null;
  let chosen = -1;
  let typed = ""; // what stood in the box before a completion was put there

  box.setAttribute("role", "combobox");
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-controls", "completions");
  box.setAttribute("aria-expanded", "false");

  function close() {
    completing?.abort();
    completing = null;
    list.hidden = true;
    chosen = -1;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  }

  async function complete() {
    completing?.abort();
    const question = box.value;
    if (question.trim().length < 2 || document.activeElement !== box) return close();
    const mine = new AbortController();
    completing = mine;
    try {
      const to = "/api/v1/suggest?" + new URLSearchParams({ q: question, n: "6" });
      const response = await fetch(to, { signal: mine.signal, credentials: "same-origin" });
      if (!response.ok) return close();
      const found = (await response.json()).completions ?? [];
      if (mine !== completing) return;
      const words = (one) => (one.of === "word" ? 0 : 1);
      show(found.filter((one) => one.text !== question).sort((a, b) => words(a) - words(b)));
    } catch (error) {
      if (mine === completing) close();
    }
  }

  function show(found) {
    if (found.length === 0) return close();
    typed = box.value;
    chosen = -1;
    list.replaceChildren(...found.map((one, index) => {
      const item = document.createElement("li");
      item.id = "completion-" + index;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      const text = document.createElement("span");
      text.textContent = one.text;
      item.append(text);
      item.className = one.of === "word" ? "" : "long";
      if (one.of !== "word") {
        const of = document.createElement("span");
        of.className = "of";
        of.textContent = one.of;
        item.append(of);
      }
      return item;
    }));
    list.hidden = false;
    box.setAttribute("aria-expanded", "true");
    box.removeAttribute("aria-activedescendant");
  }

  function choose(index) {
    const items = [...list.children];
    chosen = index;
    items.forEach((item, i) => item.setAttribute("aria-selected", String(i === index)));
    if (index < 0) {
      box.value = typed;
      box.removeAttribute("aria-activedescendant");
      return;
    }
    box.value = items[index].firstChild.textContent;
    items[index].scrollIntoView({ block: "nearest", inline: "nearest" });
    box.setAttribute("aria-activedescendant", items[index].id);
  }

  list.addEventListener("pointerdown", (event) => {
    const item = event.target.closest("li");
    if (!item) return;
    event.preventDefault(); // the box keeps the focus
    box.value = item.firstChild.textContent;
    close();
    form.requestSubmit();
  });
  box.addEventListener("blur", close);

  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const count = list.hidden ? 0 : list.children.length;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (count === 0) {
        if (event.key === "ArrowDown") move(1);
        return;
      }
      const next = chosen + (event.key === "ArrowDown" ? 1 : -1);
      choose(next >= count ? -1 : next < -1 ? count - 1 : next);
    } else if (event.key === "Escape" && count !== 0) {
      event.preventDefault();
      choose(-1);
      close();
    } else if (event.key === "Escape") {
      event.preventDefault(); // or the browser would empty the box
    }
  });

  // ---- keys ----

  const links = () => [...document.querySelectorAll("main [data-move]")]
    .filter((link) => link.getClientRects().length !== 0);

  // Moves the focus to the next or the previous result.
  function move(by) {
    const all = links();
    if (all.length === 0) return;
    const now = all.indexOf(document.activeElement);
    const next = now < 0 ? (by > 0 ? 0 : all.length - 1) : now + by;
    if (next < 0) return toBox();
    const link = all[Math.min(next, all.length - 1)];
    link.focus({ preventScroll: true });
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    (link.closest("li") ?? link).scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
  }

  function toBox() {
    box.focus();
    box.select();
  }

  function showHelp() {
    if (!help.open) help.showModal();
  }

  const opener = document.getElementById("help-open");
  opener.hidden = false;
  opener.addEventListener("click", showHelp);

  const openFilter = () => document.querySelector(".filter[open]");

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || help.open) return;
    const writing = event.target.closest("input, textarea, select, [contenteditable]");
    if (writing) return;
    if (event.key === "Escape") {
      const filter = openFilter();
      if (filter) {
        filter.open = false;
        filter.querySelector("summary").focus();
      } else {
        toBox();
      }
    } else if (event.key === "/") {
      toBox();
    } else if (event.key === "j") {
      move(1);
    } else if (event.key === "k") {
      move(-1);
    } else if (event.key === "?") {
      showHelp();
    } else {
      return;
    }
    event.preventDefault();
  });

  document.addEventListener("click", (event) => {
    const filter = openFilter();
    if (filter && !filter.contains(event.target)) filter.open = false;
  });

  // At the door the box is where one begins; on a phone that would bring up the keyboard.
  if (location.pathname === "/" && box.value === "" && matchMedia("(hover: hover)").matches) box.focus();
})();
