// Checks certificates on the phone itself: the signature by our public keys, what ended by the list that was last fetched.
import { digits, fill, say } from "./kit-words.js";
import { endedAs, opened, typed } from "./verify-payload.js";

const DAY = 86_400_000;
const OLD = 30 * DAY;
const html = document.documentElement;
const form = document.querySelector("[data-check]");
const place = document.getElementById("answer");
const age = document.getElementById("age");
let lists = null;

const written = (moment, style) => digits(new Intl.DateTimeFormat(`${html.lang}-u-nu-latn-ca-gregory`, style).format(moment));
const longDay = (moment) => written(moment, { dateStyle: "long", timeZone: "UTC" });
const share = (value) => digits(new Intl.NumberFormat(`${html.lang}-u-nu-latn`, { style: "percent" }).format(value / 100));
const amount = (value) => digits(new Intl.NumberFormat(`${html.lang}-u-nu-latn`).format(value));

async function fetched() {
  const answers = await Promise.all(["/verify/keys.json", "/verify/ended.json"].map((path) => fetch(path)));
  const [keys, ended] = await Promise.all(answers.map((answer) => answer.json()));
  return { keys: keys.keys, ended: ended.ended, at: Math.min(...answers.map((answer) => Date.parse(answer.headers.get("date")))) };
}

async function refresh() {
  lists = await fetched().catch(() => lists);
  age.textContent = lists ? say("age", { time: written(lists.at, { dateStyle: "long", timeStyle: "short" }) }) : say("age.none");
}

// A wrong clock never makes a certificate younger than the list.
const today = () => Math.max(Date.now(), lists.at);
const localDay = (moment) => { const here = new Date(moment); return Date.UTC(here.getFullYear(), here.getMonth(), here.getDate()); };

function said(kind, name, values = {}) {
  const box = fill(`t-${kind}`, { heading: say(name), text: say(`${name}.text`, values) });
  place.append(box);
}

function facts(found) {
  const shown = fill(found.version ? "t-facts" : "t-factory", { // only courses have versions
    ...found, hours: amount(found.hours), issued: longDay(found.issued), until: found.until ? longDay(found.until) : say("endless"),
    days: found.first ? [...new Set([found.first, found.last])].map(longDay).join(" – ") : "",
    rule: say("rule", { attended: amount(found.attended), planned: amount(found.planned) }) + (found.score === null ? "" : ` ${say("score", { score: share(found.score) })}`),
  });
  shown.querySelectorAll("[data-text=local]").forEach((each) => { each.lang = found.language; });
  place.append(shown);
}

// An address of ours or a code, as it was scanned, pasted or typed.
function asked(text) {
  const [, host, path, fragment] = /^(?:https?:\/\/([^/]+))?(?:.*\/verify\/)?([^#]*)(?:#(.*))?$/s.exec(text.trim());
  let written = path;
  try { written = decodeURIComponent(path); } catch { /* as it stands */ }
  return { host, fragment: fragment ?? "", written, ...typed(written) };
}

async function check(text) {
  place.replaceChildren();
  const { host, code, isMistyped, fragment } = asked(text);
  const official = new URL(html.dataset.official).host;
  if (host && host !== official && host !== location.host) return said("harm", "elsewhere", { address: html.dataset.official });
  if (isMistyped) return said("need", "mistyped");
  if (!lists) return said("need", "no-lists");
  const ended = await endedAs(code, lists.ended);
  if (!fragment && !ended) return void place.append(fill("t-online", { online: `/verify/${code}` }));
  let found = null;
  try {
    found = fragment ? await opened(code, fragment, lists.keys) : null;
  } catch (trouble) {
    return trouble.message === "unknown-key" ? said("need", "unknown-key") : said("harm", "changed");
  }
  if (ended) said(ended.state === "revoked" ? "harm" : "need", ended.state, { day: longDay(ended.day) });
  else if (found.until !== null && localDay(today()) > found.until) said("need", "expired", { day: longDay(found.until) });
  else said("done", "valid", { day: found.until === null ? say("endless") : longDay(found.until) });
  if (today() - lists.at > OLD) said("need", "old");
  if (Date.now() < lists.at - DAY) said("need", "clock");
  if (found) facts(found);
}

async function show(text) {
  await check(text);
  place.focus({ preventScroll: true });
  place.scrollIntoView({ block: "nearest" });
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  show(form.elements.code.value);
});

// --- the camera, where the browser reads codes ---
const reader = document.querySelector("[data-reader]");
async function eyes() {
  if (!("BarcodeDetector" in window) || !navigator.mediaDevices?.getUserMedia) return null;
  return (await BarcodeDetector.getSupportedFormats()).includes("qr_code") ? new BarcodeDetector({ formats: ["qr_code"] }) : null;
}

async function look(eye) {
  const picture = reader.querySelector("video");
  const failed = reader.querySelector("[data-reader-failed]");
  try {
    picture.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  } catch {
    failed.textContent = failed.dataset.readerFailed;
    return;
  }
  failed.textContent = "";
  picture.hidden = false;
  await picture.play();
  while (picture.srcObject?.active) {
    const [seen] = await eye.detect(picture).catch(() => []);
    if (seen?.rawValue) {
      picture.srcObject.getTracks().forEach((track) => track.stop());
      picture.hidden = true;
      return show(seen.rawValue);
    }
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

const eye = await eyes();
if (eye) {
  reader.hidden = false;
  reader.querySelector("[data-reader-start]").addEventListener("click", () => look(eye));
}

// --- the start ---
navigator.serviceWorker?.register("/verify/worker.js", { scope: "/verify/" });
if (location.pathname.startsWith("/verify/offline")) navigator.serviceWorker?.ready.then(({ active }) => active.postMessage(html.lang));
await refresh();
addEventListener("online", refresh);
if (!location.pathname.startsWith("/verify/offline")) await show(location.href);
html.dataset.ready = "";
