// What waits here, what was confirmed, what needs somebody; handing it to another phone; the way out.
import { known, noteLeaving } from "./kit-day.js";
import { deliver, isImport, setAside, sync, takeParcel } from "./kit-outbox.js";
import { all } from "./kit-store.js";
import { ask, doing, fill, has, notice, say, SIGN_IN, slot, when } from "./kit-words.js";

const OLD = 24 * 3600_000;
const version = document.querySelector("meta[name=kit-version]").content;

export const pendingWords = () => (known.pending.size ? say("pending", { number: known.pending.size }) : say("pending.none"));
export const confirmedWords = () =>
  known.confirmed ? say("confirmed", { time: when(known.confirmed.at), number: known.confirmed.number }) : say("confirmed.none");
export const open = () => [...known.held.values()].filter((row) => !row.settled).length;

// A warning when something has waited for more than a day, else "".
export function waitingLong() {
  const oldest = Math.min(...[...known.pending.values()].map((row) => row.at));
  return known.pending.size && Date.now() - oldest > OLD ? say("waiting-since", { time: when(oldest) }) : "";
}

export async function outbox({ leave }) {
  const [parcels, kept] = await Promise.all([all("parcels"), navigator.storage?.persisted?.() ?? true]);
  const pending = known.pending.size;
  const screen = fill("t-outbox", {
    pending: pendingWords(), has: pending, any: pending || parcels.length, old: waitingLong(), confirmed: confirmedWords(), "has-confirmed": known.confirmed,
    parcels: parcels.length && say("parcels", { number: parcels.length }), trouble: sync.trouble && say(`trouble.${sync.trouble}`),
    "sign-in": sync.trouble === "sign-in" && SIGN_IN, held: known.held.size && say("held", { number: known.held.size }),
    export: pending || known.held.size, account: known.day, kept: kept ? "" : say("not-kept"), version: `Seamwise ${version}`,
  });
  slot(screen, "confirmed").classList.add(known.confirmed ? "done" : "muted");
  slot(screen, "waiting").classList.toggle("need", pending > 0);
  if (known.held.size) slot(screen, "rows").append(...[...known.held.values()].map(heldRow));
  doing(screen, "send")?.addEventListener("click", deliver);
  doing(screen, "file")?.addEventListener("click", download);
  doing(screen, "parcel").addEventListener("change", ({ target }) => takeFile(target));
  doing(screen, "leave")?.addEventListener("submit", (event) => askToLeave(event, leave));
  return { screen };
}

function heldRow(row) {
  const said = known.said.find((each) => each.check === row.check);
  const item = fill("t-held", { what: whatOf(said), why: whyOf(row), when: when(row.at), settled: row.settled && say(`settled.${row.settled}`) });
  doing(item, "aside")?.addEventListener("click", () => setAside(row));
  return item;
}

function whatOf(said) {
  if (!said) return say("record");
  const value = said.kind === "s" ? say("points", { points: said.value }) : said.value && say(`mark.${said.value}`);
  return [said.label, value, said.title, say("half-day", { number: said.number })].filter(Boolean).join(" · ");
}

const whyOf = ({ reason, detail }) => say([`reason.${detail}`, `reason.${reason}`].find(has) ?? "reason.held");

async function download() {
  const { file } = await import("./kit-export.js");
  const [blob, link] = [await file(), document.createElement("a")];
  link.href = URL.createObjectURL(blob);
  link.download = `seamwise-unsent-${new Date().toISOString().slice(0, 10)}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

async function takeFile(field) {
  const lines = (await field.files[0].text()).split("\n").filter(Boolean);
  field.value = "";
  if (!lines.length || !lines.every(isImport)) return notice(say("bad-file"), "harm");
  await take(lines);
}

export async function take(bodies) {
  for (const body of bodies) await takeParcel(body);
  notice(say("took-parcel"), "need");
  deliver();
}

async function askToLeave(event, leave) {
  event.preventDefault();
  const number = known.pending.size;
  if (!(await ask(number ? say("leave.pending", { number }) : say("leave")))) return;
  await noteLeaving(!(await signOut()));
  await leave();
}

// Whether the site knows of it. Without network it is told with the next contact, before anything else.
export const signOut = () => fetch("/sign-out", { method: "POST", redirect: "manual" }).then(() => true, () => false);

export async function codes() {
  const screen = fill("t-codes");
  const [canvas, count] = [screen.querySelector("canvas"), slot(screen, "count")];
  const [{ addresses }, { qr }] = await Promise.all([import("./kit-export.js"), import("./kit-qr.js")]);
  const found = await addresses();
  let at = 0;
  const show = () => {
    draw(canvas, qr(found[at]));
    const text = say("qr", { number: at + 1, total: found.length });
    count.textContent = text;
    canvas.setAttribute("aria-label", text);
  };
  doing(screen, "next").addEventListener("click", () => {
    at = (at + 1) % found.length;
    show();
  });
  doing(screen, "next").hidden = found.length < 2;
  if (found.length) show();
  else count.textContent = pendingWords();
  return { screen };
}

function draw(canvas, modules) {
  const [edge, size] = [4, modules.length];
  canvas.width = canvas.height = (size + 2 * edge) * 4;
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.fillStyle = "#000";
  modules.forEach((row, y) => row.forEach((isDark, x) => isDark && pen.fillRect((x + edge) * 4, (y + edge) * 4, 4, 4)));
}

// The body that such an address carries, or null.
export function carried(hash) {
  const [sign, device, proof, key, kid, ...rest] = hash.split(".");
  if (sign !== "#d" || !rest.length || rest.length % 2) return null;
  const records = [];
  for (let at = 0; at < rest.length; at += 2) records.push([Number(rest[at]), rest[at + 1]]);
  return JSON.stringify({ v: 1, device, proof, boxes: [{ key, kid, records }] });
}
