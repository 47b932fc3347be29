// A quiz that loses no answer. An answer is called saved when the server has said so; until then it stays in this page,
// and nowhere else: nothing of it is written into the storage of the browser.
const SAY_AFTER = 3000; // a save that takes longer is called not saved yet
const GIVE_UP_AFTER = 20_000; // a try that takes longer is made afresh; sending the same answer twice changes nothing
const PAUSES = [1, 2, 4, 8, 15, 30]; // seconds between the tries
const MINUTE = 60_000;
const TOO_LONG_TO_TYPE = 200; // signs of an answer that a trainer should not have to copy

let sent = null; // what is on its way: where to, what, what comes after it
let here = location.href; // the page that is shown
let wake, gone, clock;

const answerForm = () => document.querySelector("form[data-answer]");
const words = () => document.getElementById("words")?.dataset ?? {};
const question = (address) => /\/answers\/(\d+)/.exec(address)?.[1];

function wasChanged(field) {
  if (field.type === "radio" || field.type === "checkbox") return field.checked !== field.defaultChecked;
  if (field.type !== "select-one") return "defaultValue" in field && field.value !== field.defaultValue;
  return field.selectedIndex !== Math.max(0, [...field.options].findIndex((option) => option.defaultSelected));
}
const isOpen = () => [...(answerForm()?.elements ?? [])].some(wasChanged);
const isUnsaved = () => Boolean(sent) || isOpen();

// --- what is said ---
function say(which) {
  const place = document.getElementById("unsaved");
  if (!which || !place) return place?.replaceChildren();
  if (!place.firstElementChild) place.append(document.getElementById("unsaved-notice").content.cloneNode(true));
  const sentence = place.querySelector("[data-sentence]");
  if (sentence.textContent !== words()[which]) sentence.textContent = words()[which];
  const isOut = which === "out" || which === "other";
  place.querySelector("[data-sign-in]").hidden = !isOut;
  const shower = place.querySelector("[data-show-code]");
  if (shower) shower.hidden = !sent?.values.length || which === "long";
  place.scrollIntoView({ block: "nearest" });
}

function lock(on) {
  for (const field of answerForm()?.elements ?? []) if (field.name === "choice") field.disabled = on;
}

// --- sending: until an answer comes that says what became of it ---
function deliver(form, next) {
  const body = new URLSearchParams(new FormData(form));
  const values = body.getAll("choice").filter(Boolean);
  sent = { address: form.action, body, values, next, tries: 0, turn: 0, since: performance.now() };
  if (form.contains(document.activeElement)) form.querySelector("[type=submit]").focus(); // a locked field has no focus
  lock(true);
  form.setAttribute("aria-busy", "true");
  attempt();
}

async function ask(address, options) {
  const stop = new AbortController();
  gone = stop;
  const late = setTimeout(() => stop.abort(), GIVE_UP_AFTER);
  try {
    const reply = await fetch(address, { ...options, cache: "no-store", signal: stop.signal });
    return [reply, new DOMParser().parseFromString(await reply.text(), "text/html")];
  } catch {
    return [];
  } finally {
    clearTimeout(late);
    if (gone === stop) gone = null;
  }
}

async function attempt() {
  clearTimeout(wake);
  const mine = sent;
  const turn = (mine.turn += 1);
  const slow = setTimeout(() => say(navigator.onLine ? "slow" : "offline"), SAY_AFTER - (performance.now() - mine.since));
  const [reply, page] = await ask(mine.address, { method: "POST", body: mine.body });
  clearTimeout(slow);
  if (mine !== sent || turn !== mine.turn) return;
  if (reply && speaksOf(mine, reply, page)) arrive(page);
  else if (reply?.status === 413 || reply?.status === 422) giveBack("long");
  else again(whyNot(reply));
}

// Only a page of ours that names the answer says what became of it: a page of the network in between says nothing.
function speaksOf(mine, reply, page) {
  if (!page.querySelector("link[rel=canonical]") || !page.getElementById("card")) return false;
  if (reply.status === 409) return true;
  const asked = question(mine.address);
  if (!reply.ok || !asked) return reply.ok && Boolean(page.getElementById("handed-in"));
  return page.getElementById("saved")?.dataset.of === asked || new URL(reply.url).pathname.endsWith("/late");
}

function whyNot(reply) {
  if (reply?.status === 401 || (reply?.redirected && reply.ok)) return "out";
  if (reply?.status === 404) return "other";
  return !reply || reply.ok ? "offline" : "busy";
}

function again(why) {
  say(why);
  const pause = PAUSES[Math.min(sent.tries, PAUSES.length - 1)];
  sent.tries += 1;
  wake = setTimeout(attempt, pause * 1000 * (0.75 + Math.random() / 2));
}

function giveBack(why) {
  release();
  say(why);
}

function release() {
  clearTimeout(wake);
  sent = null;
  lock(false);
  document.querySelector("form[aria-busy]")?.removeAttribute("aria-busy");
}

function arrive(page) {
  const { next } = sent;
  release();
  if (next) {
    for (const field of answerForm()?.elements ?? []) settle(field);
    say("");
    next();
  } else {
    show(page);
  }
}

// What was chosen is now what is saved.
function settle(field) {
  if ("defaultChecked" in field) field.defaultChecked = field.checked;
  if ("defaultValue" in field && field.type !== "radio" && field.type !== "checkbox") field.defaultValue = field.value;
  for (const option of field.options ?? []) option.defaultSelected = option.selected;
}

function tryNow() {
  if (sent && !gone) attempt();
}

// --- the next page takes the place of this one ---
function show(page, isNew = true) {
  page.querySelectorAll("noscript").forEach((each) => each.remove()); // parsed apart it would not be inert
  for (const part of [".site-header", "main"]) {
    document.querySelector(part).replaceWith(document.adoptNode(page.querySelector(part)));
  }
  const { lang, dir } = page.documentElement;
  Object.assign(document.documentElement, { lang, dir });
  document.title = page.title;
  const address = page.querySelector("link[rel=canonical]").getAttribute("href");
  if (isNew && new URL(address, here).href !== here) history.pushState(null, "", address);
  else history.replaceState(null, "", address);
  here = location.href;
  scrollTo(0, 0);
  const heading = document.querySelector("main h1");
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  announce();
  count();
}

// A live region speaks only of what changes in it.
function announce() {
  const saved = document.getElementById("saved");
  if (!saved?.childNodes.length) return;
  const said = [...saved.childNodes];
  saved.replaceChildren();
  setTimeout(() => saved.append(...said), 100);
}

async function go(address, isNew = true) {
  const [reply, page] = await ask(address, {});
  if (sent) return;
  if (!reply) {
    if (location.href !== here) history.pushState(null, "", here);
    if (document.getElementById("unsaved")) say("away");
    else location.assign(address);
  } else if (reply.ok && page.getElementById("card") && page.querySelector("link[rel=canonical][href^='/attempts']")) {
    show(page, isNew);
  } else {
    location.assign(address);
  }
}

// --- leaving the page: what was chosen goes first, and while it is on its way the page stays ---
function leave(onward) {
  if (sent) remind();
  else if (isOpen()) deliver(answerForm(), onward);
  else onward();
}

function remind() {
  say(navigator.onLine ? "slow" : "offline");
  tryNow();
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method === "dialog" || event.defaultPrevented) return;
  if (form.matches("[data-answer], [data-hand-in]")) {
    event.preventDefault();
    if (sent) tryNow();
    else deliver(form);
  } else if (isUnsaved() && form.closest(".language")) {
    event.preventDefault();
    delete form.dataset.busy;
    leave(() => form.requestSubmit(event.submitter));
  }
});

document.addEventListener("click", (event) => {
  const at = event.target instanceof Element ? event.target : null;
  if (at?.closest("[data-show-code]")) showCode();
  const link = at?.closest("main a[href^='/attempts/']");
  if (!link || link.target || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  leave(() => go(link.href));
});

addEventListener("popstate", () => {
  if (location.pathname === new URL(here).pathname) return; // a jump within the page
  const { href } = location;
  if (isUnsaved()) history.pushState(null, "", here);
  leave(() => go(href, location.href !== href));
});

addEventListener("beforeunload", (event) => {
  if (isUnsaved() && !document.body.hidden) event.preventDefault(); // hidden: a kiosk has taken the page away
});
addEventListener("online", () => sent && attempt()); // what was under way on the old line is not waited for
addEventListener("focus", tryNow);
document.addEventListener("visibilitychange", () => document.hidden || tryNow());

// --- the last resort: a code that the trainer types ---
function showCode() {
  const dialog = document.getElementById("last-code");
  const codes = JSON.parse(answerForm().dataset.codes || "{}");
  const known = sent.values.map((value) => codes[value]).filter(Boolean);
  const lists = [...answerForm().querySelectorAll("select[name=choice]")];
  const given = sent.body.getAll("choice");
  const places = lists.map((list, place) => Math.max(0, [...list.options].findIndex(({ value }) => value === given[place])));
  const said = known.length ? "" : lists.length ? places.join(" ") : given.join(" ");
  dialog.querySelector("[data-code]").textContent = known.length ? known.join(" ") : codes["+"] ?? "";
  dialog.querySelector("[data-shown]").textContent = said;
  const is = known.length ? "code" : said.length > TOO_LONG_TO_TYPE ? "long" : "words";
  for (const each of dialog.querySelectorAll("[data-kind]")) each.hidden = each.dataset.kind !== is;
  dialog.showModal();
}

// --- how much time is left; the server said how much when it made the page ---
function count() {
  clearInterval(clock);
  const place = document.querySelector("[data-left]");
  if (!place) return;
  const until = performance.now() + Number(place.dataset.left) * 1000;
  const minutes = new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit: "minute", unitDisplay: "long" });
  let before = Infinity;
  const tick = () => {
    const left = Math.ceil((until - performance.now()) / MINUTE);
    if (left === before) return;
    place.textContent = left > 0 ? digits(place.dataset.words.replace("{}", minutes.format(left))) : place.dataset.over;
    const passed = [5, 1, 0].find((each) => left <= each && before > each && (before !== Infinity || left === each));
    if (passed !== undefined) document.getElementById("time-said").textContent = passed ? `${place.textContent} ${place.dataset.help}` : place.textContent;
    before = left;
  };
  const digits = (text) => text.replace(/\d/g, (digit) => [...place.dataset.digits][Number(digit)]);
  tick();
  clock = setInterval(tick, 1000);
}

count();
