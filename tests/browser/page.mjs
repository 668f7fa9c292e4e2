// SPDX-License-Identifier: GPL-2.0-or-later
// The page in a browser, as a reader uses it: node page.mjs ADDRESS CHROMIUM SCREENSHOTS
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { chromium } from "playwright-core";

const [address, program, shots] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const desk = { width: 1280, height: 900 };
const phone = { width: 390, height: 844 };
const kQuestion = "how do descriptors work";

mkdirSync(shots, { recursive: true });
const browser = await chromium.launch({
  executablePath: program,
  args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
});

// A page of its own; what the browser's console calls an error is one of the test (a breach of the
// Content-Security-Policy too).
async function open(path, options = {}, body) {
  const context = await browser.newContext({ viewport: desk, ...options });
  const page = await context.newPage();
  const faults = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (message) => { if (message.type() === "error") faults.push(message.text()); });
  page.setDefaultTimeout(10_000);
  try {
    await page.goto(address + path);
    await body(page);
    assert.deepEqual(faults, []);
  } finally {
    await context.close();
  }
}

const shoot = (page, name) => page.screenshot({ path: join(shots, name + ".png") });
const results = (page) => page.locator(".passages .hit");
const questionOf = (page) => new URL(page.url()).searchParams.get("q");
const focused = (page) => page.evaluate(() => document.activeElement?.getAttribute("href") ?? document.activeElement?.id);

// Nothing serious by axe-core, for WCAG 2.2 A and AA.
async function accessible(page) {
  // The policy of the page forbids scripts that are put in; evaluate() goes around it.
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  }));
  const serious = found.violations.filter((one) => ["serious", "critical"].includes(one.impact));
  for (const one of found.violations) console.log(`    axe: ${one.impact}: ${one.id}`);
  assert.deepEqual(serious.map((one) => one.id + ": " + one.nodes.map((node) => node.html).join(" ")), []);
}

async function fits(page) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(wide <= 0, `the page is ${wide} px wider than the window`);
}

async function ask(page, question) {
  await page.locator("#q").pressSequentially(question, { delay: 15 });
  await page.waitForURL((url) => url.searchParams.get("q") === question);
  await page.waitForFunction(() => !document.querySelector("#answer[aria-busy]") &&
    document.querySelector("#answer .hit"));
}

const tests = {
  "results come as one types, without a page of their own": () => open("/", {}, async (page) => {
    await shoot(page, "home");
    let documents = 0;
    page.on("request", (request) => { documents += request.isNavigationRequest() ? 1 : 0; });
    await ask(page, kQuestion);
    assert.equal(documents, 0);
    assert.match(await results(page).first().innerText(), /descriptor/i);
    assert.ok(await page.locator(".passages mark").count() > 0);
    assert.ok(await page.locator(".books .book").count() > 0);
    assert.match(await page.title(), /^how do descriptors work/);
    await page.waitForFunction(() => /passage/.test(document.getElementById("status").textContent));
  }),

  "keys: j, k, Enter, Esc, /, ?": () => open("/", {}, async (page) => {
    await ask(page, kQuestion);
    await page.keyboard.press("Escape"); // the completions
    await page.keyboard.press("Enter");
    await page.keyboard.press("ArrowDown");
    const links = await page.locator("main [data-move]").evaluateAll((all) => all.map((one) => one.getAttribute("href")));
    assert.equal(await focused(page), links[0]);
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    assert.equal(await focused(page), links[2]);
    await page.keyboard.press("k");
    assert.equal(await focused(page), links[1]);
    await page.keyboard.press("Escape");
    assert.equal(await focused(page), "q");
    await page.keyboard.press("Tab");
    await page.keyboard.press("?");
    assert.ok(await page.locator("#help").isVisible());
    await accessible(page);
    await page.keyboard.press("Escape");
    assert.ok(!await page.locator("#help").isVisible());
    await page.keyboard.press("/");
    assert.equal(await focused(page), "q");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/passage\//);
    assert.equal(new URL(page.url()).pathname + new URL(page.url()).search, links[0]);
    assert.ok(await page.locator(".this mark").count() > 0);
  }),

  "back leads to the results, and to the question before": () => open("/?q=recursion", {}, async (page) => {
    await page.locator("#q").fill("");
    await ask(page, kQuestion);
    const first = await results(page).first().innerText();
    await results(page).first().locator("h3 a").click();
    await page.waitForURL(/\/passage\//);
    await page.goBack();
    await page.waitForURL((url) => url.searchParams.get("q") === kQuestion);
    assert.equal(await results(page).first().innerText(), first);
    assert.equal(await page.locator("#q").inputValue(), kQuestion);
    await page.goBack();
    await page.waitForURL((url) => url.searchParams.get("q") === "recursion");
    await page.waitForFunction(() => document.querySelector("#q").value === "recursion");
    await page.waitForFunction(() => /recurs/i.test(document.querySelector(".hit")?.textContent));
  }),

  "what was asked last is shown, whatever comes last": () => open("/", {}, async (page) => {
    await page.route(/fragment=1/, async (route) => {
      const slow = new URL(route.request().url()).searchParams.get("q") === "recursion";
      await new Promise((done) => setTimeout(done, slow ? 800 : 0));
      await route.continue().catch(() => {});
    });
    await page.locator("#q").fill("recursion");
    await page.waitForTimeout(200);
    await page.locator("#q").fill("descriptors");
    await page.waitForFunction(() => /descriptor/i.test(document.querySelector(".hit")?.textContent));
    await page.waitForTimeout(1000);
    assert.match(await results(page).first().innerText(), /descriptor/i);
    assert.equal(questionOf(page), "descriptors");
  }),

  "half a word is no mistake until Enter": () => open("/", {}, async (page) => {
    await page.locator("#q").pressSequentially("descr", { delay: 15 });
    await page.waitForFunction(() => /descriptor/i.test(document.querySelector(".hit mark")?.textContent));
    assert.equal(await page.locator(".notice").count(), 0);
    await page.keyboard.press("Enter");
    await page.waitForSelector(".notice");
    assert.equal(questionOf(page), "descr");
  }),

  "completions: arrow keys, Enter, Esc": () => open("/", {}, async (page) => {
    await page.locator("#q").pressSequentially("desc", { delay: 15 });
    await page.waitForSelector("#completions li");
    assert.equal(await page.locator("#q").getAttribute("aria-expanded"), "true");
    await accessible(page);
    await shoot(page, "completions");
    await page.keyboard.press("ArrowDown");
    const text = await page.locator("#completions li[aria-selected=true] span").first().innerText();
    assert.equal(await page.locator("#q").inputValue(), text);
    assert.equal(await page.locator("#q").getAttribute("aria-activedescendant"), "completion-0");
    await page.keyboard.press("Escape");
    assert.ok(await page.locator("#completions").isHidden());
    assert.equal(await page.locator("#q").inputValue(), "desc");
    await page.locator("#q").pressSequentially("r");
    await page.waitForSelector("#completions li");
    await page.keyboard.press("ArrowDown");
    const second = await page.locator("#q").inputValue();
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => url.searchParams.get("q") === second);
  }),

  "filters narrow the answer and go again": () => open("/?q=descriptors", {}, async (page) => {
    await page.locator(".filter summary", { hasText: "Topic" }).click();
    await shoot(page, "filter");
    await page.locator(".filter[open] a", { hasText: "python" }).first().click();
    await page.waitForURL((url) => url.searchParams.get("q") === "descriptors topic:python");
    assert.match(await page.locator(".chip.on").innerText(), /topic: python/);
    await accessible(page);
    await page.locator(".chip.on").click();
    await page.waitForURL((url) => url.searchParams.get("q") === "descriptors");
    assert.equal(await page.locator(".chip.on").count(), 0);
  }),

  "without JavaScript: ask, filter, page, open": () => open("/", { javaScriptEnabled: false }, async (page) => {
    await page.locator("#q").fill(kQuestion);
    await page.locator(".ask button").click();
    assert.ok(await results(page).count() > 3);
    const first = await results(page).first().innerText();
    await page.locator(".filter summary", { hasText: "Kind" }).click();
    await page.locator(".filter[open] a", { hasText: "book" }).click();
    assert.equal(questionOf(page), kQuestion + " kind:book");
    await page.goBack();
    await page.locator(".passages .pages a[rel=next]").click();
    assert.equal(new URL(page.url()).searchParams.get("offset"), "10");
    assert.notEqual(await results(page).first().innerText(), first);
    await page.locator(".why summary").first().click();
    assert.ok(await page.locator(".why table").first().isVisible());
    await results(page).first().locator("h3 a").click();
    assert.ok(await page.locator(".this .text").isVisible());
    const passage = page.url();
    await page.locator(".passage .pages a[rel]").first().click();
    assert.notEqual(page.url(), passage);
    await page.locator(".passage .from a").first().click();
    assert.match(new URL(page.url()).pathname, /^\/work\//);
  }),

  "a word that is not on the shelf": () => open("/?q=descriptorz+protocol", {}, async (page) => {
    assert.match(await page.locator(".notice").first().innerText(), /is not on the shelf: read as/);
    await page.locator(".notice a").first().click();
    await page.waitForURL((url) => url.searchParams.get("q") === "+descriptorz protocol");
    await accessible(page);
  }),

  "nothing found helps on": () => open("/?q=%22qqq+zzz%22", {}, async (page) => {
    assert.match(await page.locator(".plain h2").innerText(), /nothing found/i);
    assert.ok(await page.locator(".plain .chip").count() > 3);
    await accessible(page);
    await shoot(page, "nothing");
  }),

  "all pages are accessible and shown, light": () => open("/", {}, (page) => tour(page, "light", desk)),
  "all pages, dark": () => open("/", { colorScheme: "dark" }, async (page) => {
    assert.notEqual(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), "rgb(250, 248, 243)");
    await tour(page, "dark", desk);
  }),
  "all pages, 390 px wide": () => open("/", { viewport: phone, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
    (page) => tour(page, "phone", phone)),
};

// Every kind of page: fits the window, accessible, a screenshot.
async function tour(page, name) {
  const look = async (kind) => {
    await fits(page);
    await accessible(page);
    await shoot(page, `${name}-${kind}`);
  };
  await look("home");
  await page.goto(address + "/?q=" + encodeURIComponent(kQuestion));
  await look("answer");
  await page.locator(".hit .why summary").first().click();
  await page.locator(".book .why summary").first().click();
  await look("why");
  await results(page).first().locator("h3 a").click();
  await page.waitForURL(/\/passage\//);
  await look("passage");
  await page.locator(".passage .from a").first().click();
  await page.waitForURL(/\/work\//);
  await look("work");
  await page.goto(address + "/shelf");
  await look("shelf");
  await page.goto(address + "/shelf?by=author");
  await look("authors");
  const missing = await page.request.get(address + "/work/none");
  assert.equal(missing.status(), 404);
}

let failed = 0;
for (const [name, test] of Object.entries(tests)) {
  try {
    await test();
    console.log(`ok    ${name}`);
  } catch (error) {
    failed++;
    console.log(`FAIL  ${name}\n${error.stack}`);
  }
}
await browser.close();
console.log(failed === 0 ? `${Object.keys(tests).length} tests passed` : `${failed} tests failed`);
process.exit(failed === 0 ? 0 : 1);
