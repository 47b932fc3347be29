// The offline kit: shows the screen that the address names, keeps the outbox moving, and shuts when nobody is signed in.
import { changed, download, isLeaving, isStale, known, load, noteLeaving, sheetOf, wipe } from "./kit-day.js";
import { first, home, left } from "./kit-home.js";
import { deliver, sync } from "./kit-outbox.js";
import { roll } from "./kit-roll.js";
import { all, remove, whenNewer } from "./kit-store.js";
import { carried, codes, confirmedWords, open, outbox, pendingWords, signOut, take, waitingLong } from "./kit-tray.js";
import { fill, notice, say } from "./kit-words.js";

// What most days do without comes when it is asked for; the worker has it on the phone by then.
const SHEETS = {
  roll,
  sheet: (sheet) => roll(sheet, "sheet"),
  guest: (sheet) => import("./kit-forms.js").then(({ guest }) => guest(sheet)),
  score: (sheet) => import("./kit-forms.js").then(({ score }) => score(sheet)),
  card: (sheet) => import("./kit-card.js").then(({ card }) => card(sheet)),
  photo: (sheet) => import("./kit-photo.js").then(({ photo }) => photo(sheet)),
};
const FRESH = 5 * 60_000;
const place = document.getElementById("screen");
let shown = {};
let hasLeft = false;
let dayTrouble = "";

// --- screens ---
async function make() {
  const [name, meeting] = location.hash.slice(1).split("/");
  if (name === "outbox") return outbox({ leave });
  if (name === "codes") return codes();
  if (hasLeft) return { screen: left(sync.trouble, deliver) };
  if (!known.day) return { screen: first(dayTrouble) };
  const sheet = sheetOf(meeting);
  return sheet && SHEETS[name] && (name !== "score" || sheet.test) ? SHEETS[name](sheet) : { screen: home({ refetch }) };
}

let asked = 0;
async function show({ isNew = false } = {}) {
  const turn = ++asked;
  const made = await make().catch(() => null);
  if (!made) return notice(say("trouble.no-network"), "need"); // a screen that did not come yet
  if (turn !== asked) return made.leave?.(); // another screen was asked for meanwhile
  shown.leave?.();
  const back = isNew ? null : whereFocusIs();
  const typed = isNew ? "" : (place.querySelector("[type=search]")?.value ?? "");
  shown = { ...made, hash: location.hash };
  place.replaceChildren(made.screen);
  const heading = place.querySelector("h1");
  document.title = `${heading.textContent} – Seamwise`;
  heading.tabIndex = -1;
  if (isNew) {
    scrollTo(0, 0);
    heading.focus({ preventScroll: true });
  } else back?.()?.focus({ preventScroll: true });
  const search = place.querySelector("[type=search]");
  if (search && typed) {
    search.value = typed;
    search.dispatchEvent(new Event("input"));
  }
  paintStrip();
}

// How to find again what has the focus, once the screen is made anew.
function whereFocusIs() {
  const has = document.activeElement;
  if (!place.contains(has)) return null;
  const row = has.closest("li")?.querySelector(".who-name")?.id;
  const own = ["data-mark", "data-do", "name", "id", "href"].find((each) => has.getAttribute(each));
  if (!own) return null;
  const selector = `[${own}="${CSS.escape(has.getAttribute(own))}"]`;
  return () => (row ? document.getElementById(row)?.closest("li") : place)?.querySelector(selector);
}

const strip = document.getElementById("strip");
new ResizeObserver(([{ target }]) => document.documentElement.style.setProperty("--strip", `${target.offsetHeight}px`)).observe(strip.parentElement);

function paintStrip() {
  const parts = {
    pending: pendingWords(), confirmed: confirmedWords(), held: open() ? say("held", { number: open() }) : "",
    network: navigator.onLine ? "" : null,
  };
  strip.hidden = false;
  for (const each of strip.querySelectorAll("[data-strip]")) {
    const text = parts[each.dataset.strip];
    each.hidden = text === "";
    if (text && each.lastElementChild.textContent !== text) each.lastElementChild.textContent = text;
  }
  strip.querySelector("[data-strip=pending]").className = known.pending.size ? "need" : "muted";
  strip.querySelector("[data-strip=confirmed]").className = known.confirmed ? "done" : "muted";
}

addEventListener("hashchange", async () => {
  notice("");
  if (await openAddress()) return;
  show({ isNew: true });
});
changed.addEventListener("day", () => show());
changed.addEventListener("counts", () => {
  if (place.querySelector("[data-slot=waiting]") || hasLeft || !known.day) return show();
  shown.paint?.();
  paintStrip();
});
changed.addEventListener("moved", () => download());

// --- contact with the site ---
async function contact() {
  if (!navigator.onLine) return paintStrip();
  if (await isLeaving()) {
    if (!(await signOut())) return;
    await noteLeaving(false);
  }
  await deliver();
  if (hasLeft) return emptied();
  if (known.day && Date.now() - known.day.fetched < FRESH) return;
  dayTrouble = await download();
  if (dayTrouble !== "done") show();
  warn();
}

async function refetch() {
  await deliver();
  dayTrouble = await download();
  notice(say(`day.${dayTrouble}`), dayTrouble === "done" ? "done" : "need");
}

function warn() {
  const long = waitingLong();
  if (long && !hasLeft) notice(long, "need");
}

// --- leaving ---
async function leave() {
  await wipe();
  hasLeft = true;
  history.replaceState(null, "", "#left");
  await show({ isNew: true });
  await contact();
}

// With nothing left to deliver, nothing is left here at all.
async function emptied() {
  const parcels = await all("parcels");
  if (known.pending.size || known.held.size || parcels.length || (await isLeaving())) return show();
  await remove();
  document.cookie = "kit=; Path=/; Max-Age=0; SameSite=Lax";
  location.replace("/sign-in");
}

// Whether somebody is still signed in: the key is gone as soon as somebody comes or goes, in whatever tab.
async function guard() {
  if (known.day && isStale()) await wipe();
}

addEventListener("pagehide", () => place.replaceChildren()); // Back finds an empty page, and fills it if it may
addEventListener("pageshow", async ({ persisted }) => {
  if (!persisted) return;
  await guard();
  show();
});
for (const [target, kind] of [[globalThis, "focus"], [globalThis, "online"], [document, "visibilitychange"]]) {
  target.addEventListener(kind, async () => {
    if (document.visibilityState === "hidden") return;
    await guard();
    await contact();
  });
}
addEventListener("offline", paintStrip);
globalThis.cookieStore?.addEventListener("change", guard);
setInterval(guard, 10_000);
whenNewer(() => notice(say("newer"), "need"));

// --- addresses that carry something ---
async function openAddress() {
  const { hash } = location;
  const body = carried(hash);
  if (body) {
    history.replaceState(null, "", "#outbox");
    await take([body]);
  } else if (hash === "#left") {
    await leave();
    return true;
  }
  return false;
}

// --- what is the same on every screen ---
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
  if (event.target.closest("[data-skip]")) {
    event.preventDefault();
    document.getElementById("main").focus();
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    menu.open = false;
    menu.firstElementChild.focus();
  }
});

async function start() {
  try {
    if (!globalThis.crypto?.subtle) throw new Error("not a safe place");
    await load();
  } catch {
    place.replaceChildren(fill("t-no-store"));
    return;
  }
  navigator.serviceWorker?.register("/kit/worker.js", { scope: "/kit/" }).catch(() => {});
  navigator.storage?.persist?.();
  if (await openAddress()) return;
  await show();
  warn();
  await contact();
}

start();
