// The half-days of this phone, what was said about them here, and who may read it.
import { newId, newPass, close, isOpen, keepOpen, reveal, shut } from "./kit-seal.js";
import { all, change, one, put } from "./kit-store.js";

const HOURS_12 = 12 * 3600_000;
const READABLE = ["day", "said"];

// What this page knows. `pending` and `held` hold the checks of records that wait here or need somebody.
export const known = { device: null, day: null, said: [], pending: new Map(), held: new Map(), confirmed: null };
export const changed = new EventTarget();
export const tell = (what) => changed.dispatchEvent(new Event(what));

// --- from the phone ---
export async function load() {
  await loadCounts();
  known.device = await current();
  const closed = isOpen() ? await one("day", "day") : null;
  const day = closed && (await reveal(closed));
  if (!day || Math.abs(Date.now() - day.fetched) > HOURS_12) await wipe();
  else {
    known.day = day;
    known.said = (await Promise.all((await all("said")).map(opened))).filter(Boolean);
  }
  tell("day");
}

const opened = async (row) => {
  const thing = await reveal(row);
  return thing && { ...thing, place: row.place, check: row.check };
};

export async function loadCounts() {
  const byCheck = (rows) => new Map(rows.map((row) => [row.check, row]));
  known.pending = byCheck((await all("outbox")).map(({ sealed, ...row }) => ({ ...row, size: sealed.byteLength })));
  known.held = byCheck(await all("held"));
  known.confirmed = latest(await all("receipts"));
  tell("counts");
}

// When the site last confirmed something, and how much it confirmed on that day.
function latest(receipts) {
  const at = Math.max(...receipts.map((receipt) => receipt.at));
  const day = new Date(at).toDateString();
  return receipts.length ? { at, number: receipts.filter((each) => new Date(each.at).toDateString() === day).length } : null;
}

const current = async () => {
  const id = await one("facts", "current");
  return id ? one("devices", id) : null;
};

export const isStale = () => !isOpen() || !known.day || Math.abs(Date.now() - known.day.fetched) > HOURS_12;

// Everything that can be read goes; what is sealed stays.
export async function wipe() {
  known.day = null;
  known.said = [];
  shut();
  await change(READABLE, (stores) => READABLE.forEach((name) => stores[name].clear()));
  tell("day");
}

// --- from the site ---
const JSON_TYPE = { "Content-Type": "application/json" };
const isSignIn = (answer) => answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403;

// Answers "done", "sign-in" (nobody is signed in), "not-yours" (this account takes no roll call) or "no-network".
export async function download() {
  try {
    return await downloadAs(known.device, 3);
  } catch (error) {
    if (error instanceof TypeError) return "no-network";
    throw error;
  }
}

async function downloadAs(device, tries) {
  if (!device || tries === 1) return introduce(newDevice(), tries);
  const answer = await fetch(`/kit/day?device=${device.device}`, { redirect: "manual", cache: "no-store" });
  if (isSignIn(answer)) return "sign-in";
  if (answer.status === 404) return introduce(device, tries);
  if (!answer.ok) return "no-network";
  const day = await answer.json();
  await keep(device, day);
  return "done";
}

// Make this phone known as the device of whoever is signed in; another account is another device and finds nothing here.
async function introduce(device, tries) {
  if (!tries) return "not-yours";
  const body = JSON.stringify({ v: 1, device: device.device, pass: device.pass });
  const answer = await fetch("/kit/devices", { method: "POST", headers: JSON_TYPE, body, redirect: "manual" });
  if (isSignIn(answer)) return "sign-in";
  if (answer.status === 409) {
    await wipe();
    return introduce(newDevice(), tries - 1);
  }
  if (!answer.ok) return answer.status === 404 ? "not-yours" : "no-network";
  if (device.device !== known.device?.device) await wipe();
  await become(device);
  return downloadAs(device, tries > 2 ? 2 : 0);
}

const newDevice = () => ({ device: newId(), pass: newPass(), counter: 0, site: null });

async function become(device) {
  known.device = device;
  await change(["devices", "facts"], ({ devices, facts }) => {
    devices.put(device);
    facts.put(device.device, "current");
  });
}

async function keep(device, told) {
  const settled = known.said.filter((each) => isSettled(each, told));
  const day = { ...told, fetched: Date.now(), changes: difference(known.day, told), gone: gone(known.day, told) };
  keepOpen();
  const closed = await close(day);
  await change(["day", "said", "devices"], (stores) => {
    stores.day.put(closed, "day");
    settled.forEach((each) => stores.said.delete(each.place));
    stores.devices.get(device.device).onsuccess = ({ target }) =>
      stores.devices.put({ ...(target.result ?? device), site: told.key, until: told.until });
  });
  known.device = { ...device, site: told.key, until: told.until };
  known.said = known.said.filter((each) => !settled.includes(each));
  known.day = day;
  tell("day");
}

// What the new sheets tell themselves need not be remembered; of guests and points they say nothing.
function isSettled({ check, kind, meeting }, { sheets }) {
  if (known.pending.has(check) || known.held.has(check)) return false;
  return !["g", "s"].includes(kind) || !sheets.some((sheet) => sheet.meeting === meeting);
}

// What is other than on the sheets of before, by half-day.
function difference(before, after) {
  const found = {};
  for (const sheet of after.sheets) {
    const old = before?.sheets.find((each) => each.meeting === sheet.meeting);
    if (!old || old.revision === sheet.revision) continue;
    const [were, are] = [old, sheet].map((each) => new Set(each.people.map(([id]) => id)));
    found[sheet.meeting] = {
      added: sheet.people.filter(([id]) => !were.has(id)).length,
      removed: old.people.filter(([id]) => !are.has(id)).length,
      moved: old.starts !== sheet.starts || old.ends !== sheet.ends,
    };
  }
  return found;
}

// Half-days of before that are none any more: what became of them.
const gone = (before, { sheets, others = {} }) =>
  (before?.sheets ?? [])
    .filter(({ meeting }) => !sheets.some((sheet) => sheet.meeting === meeting) && ["cancelled", "postponed", "closed"].includes(others[meeting]))
    .map(({ meeting, title, number }) => ({ title, number, state: others[meeting] }));

// --- what counts here ---
export const sheetOf = (meeting) => known.day?.sheets.find((sheet) => sheet.meeting === Number(meeting));

// The mark of a person as this phone knows it, and where it is: "phone" or "site".
export function standing(sheet, person) {
  const own = lastSaid(sheet.meeting, person[0]);
  if (own) return { mark: own.value, where: known.pending.has(own.check) ? "phone" : "site" };
  return { mark: person[6], where: person[6] ? "site" : "" };
}

const lastSaid = (meeting, who) =>
  known.said.findLast((each) => each.meeting === meeting && each.who === who && each.kind !== "s" && !known.held.has(each.check));

export const scoreOf = (meeting, who) =>
  known.said.findLast((each) => each.meeting === meeting && each.who === who && each.kind === "s");

// People without a seat whom this phone took down, each once, with what was said last.
export function guestsOf(meeting) {
  const guests = known.said.filter((each) => each.meeting === meeting && each.kind === "g");
  return [...new Map(guests.map((each) => [each.who, each])).values()];
}

export function tally(sheet) {
  const marks = sheet.people.map((person) => standing(sheet, person).mark);
  const count = (...which) => marks.filter((mark) => which.includes(mark)).length;
  return { there: count("p", "l"), total: marks.length, late: count("l"), partial: count("t"), absent: count("a"), excused: count("e"), unmarked: count("") };
}

export const person = (sheet, id) => sheet.people.find(([each]) => each === id);
export const noteLeaving = (leaving) => put("facts", leaving, "leaving");
export const isLeaving = () => one("facts", "leaving");
