// The outbox: what was taken down here waits sealed until the site's receipt for this very record comes.
import { hex, join, measured, read, sha256, utf8, write } from "./kit-bytes.js";
import { checkOf, close, newId, photoPlain, seal } from "./kit-seal.js";
import { all, change, one } from "./kit-store.js";
import { download, known, loadCounts, sheetOf, tell, wipe } from "./kit-day.js";

const MOST_RECORDS = 200;
const MOST_BYTES = 300_000;
const LONGEST_PAUSE = 15 * 60_000;
const RECEIPTS_KEPT = 400 * 86_400_000;
const others = new BroadcastChannel("kit");
others.onmessage = () => loadCounts();

// --- taking down ---
// Each thing: kind, sheet, who, value, seen, extra, label; photos have `jpeg`. Comes back when all of it is on the disk.
export async function takeDown(things) {
  const { device, site } = known.device;
  const first = await count(device, things.length);
  const time = Math.floor(Date.now() / 1000);
  const made = await Promise.all(things.map(async (thing, place) => {
    const id = newId();
    const plain = plainOf(thing, id, first + place, time);
    const row = await seal(device, site, id, plain, thing.kind);
    const said = { kind: thing.kind, meeting: thing.sheet.meeting, who: thing.person ?? thing.who, value: thing.value, label: thing.label, title: thing.sheet.title, number: thing.sheet.number, at: row.at };
    return { row, said, closed: { ...(await close(said)), check: row.check } };
  }));
  await change(["outbox", "said"], ({ outbox, said }) => {
    for (const each of made) {
      outbox.add(each.row);
      said.add(each.closed).onsuccess = ({ target }) => (each.said.place = target.result);
    }
  });
  for (const { row, said } of made) {
    known.said.push({ ...said, check: row.check });
    known.pending.set(row.check, { ...row, sealed: undefined, size: row.sealed.byteLength });
  }
  tell("counts");
  others.postMessage("changed");
}

// Numbers that no other record of this device has, whichever tab asks.
const count = (device, many) =>
  change(["devices"], ({ devices }) => {
    const answer = { first: 0 };
    devices.get(device).onsuccess = ({ target }) => {
      answer.first = target.result.counter + 1;
      devices.put({ ...target.result, counter: target.result.counter + many });
    };
    return answer;
  }).then(({ first }) => first);

function plainOf({ kind, sheet, who, value, seen = [], extra = null, jpeg }, id, counter, time) {
  const record = [kind, id, sheet.meeting, sheet.revision, who, value, counter, time];
  if (jpeg) return photoPlain(record, jpeg);
  if (seen.length || extra) record.push(seen);
  if (extra) record.push(extra);
  return utf8(JSON.stringify(record));
}

// --- delivering ---
export const sync = { running: false, trouble: "", next: 0 };
let pause = 5_000;
let asked = 0; // so long the site asks to wait
let timer;

// One tab at a time. Answers what hinders, or "".
export async function deliver() {
  const answer = await navigator.locks.request("kit-deliver", { ifAvailable: true }, async (lock) => (lock ? run() : null));
  if (answer === null) return "";
  sync.trouble = answer;
  pause = answer ? Math.min(Math.max(pause * 2, asked), LONGEST_PAUSE) : 5_000;
  asked = 0;
  clearTimeout(timer);
  if (known.pending.size || (await all("parcels")).length) timer = setTimeout(deliver, pause);
  tell("counts");
  return answer;
}

async function run() {
  sync.running = true;
  tell("counts");
  try {
    const troubles = [await deliverRecords(), await deliverPhotos(), await deliverParcels()]; // none keeps the others back
    return troubles.find(Boolean) ?? "";
  } catch (error) {
    if (error instanceof TypeError || error.name === "TimeoutError") return "no-network";
    throw error;
  } finally {
    sync.running = false;
    await loadCounts();
    others.postMessage("changed");
  }
}

const rowsOf = async (isPhoto) => (await all("outbox")).filter((row) => (row.kind === "p") === isPhoto);

async function deliverRecords() {
  let trouble = "";
  for (const [device, rows] of grouped(await rowsOf(false), (row) => row.device)) {
    const owner = await one("devices", device);
    let most = MOST_RECORDS;
    for (let at = 0; at < rows.length; ) {
      const some = batch(rows, at, most);
      const answer = await post("/kit/records", JSON.stringify({ v: 1, device, pass: owner.pass, boxes: boxes(some) }), "application/json");
      if (answer.status === 413 && most > 1) {
        most = Math.ceil(most / 4);
        continue;
      }
      const why = answer.ok ? "" : await refused(answer, device);
      if (why === "again") continue;
      if (answer.ok) await settle(some, await answer.json());
      trouble = why || trouble;
      if (isBusy(answer)) return trouble;
      at += some.length;
    }
  }
  return trouble;
}

async function deliverPhotos() {
  let trouble = "";
  for (const row of await rowsOf(true)) {
    const { pass } = await one("devices", row.device);
    const head = utf8(JSON.stringify({ v: 1, device: row.device, pass, key: row.key, kid: row.kid, n: row.n }));
    const answer = await post("/kit/photos", join(measured(head), row.sealed), "application/octet-stream");
    if (answer.ok) await settle([row], { boxes: [{ key: row.key, receipts: [(await answer.json()).receipt] }] });
    else trouble = (await refused(answer, row.device)) || trouble;
    if (isBusy(answer)) return trouble;
  }
  return trouble;
}

async function deliverParcels() {
  for (const parcel of await all("parcels")) {
    const answer = await post("/kit/records", parcel.body, "application/json");
    if (!answer.ok) {
      if (isBusy(answer)) return refused(answer);
      continue;
    }
    await change(["parcels"], ({ parcels }) => void parcels.delete(parcel.place));
  }
  return "";
}

const post = (path, body, type) =>
  fetch(path, { method: "POST", headers: { "Content-Type": type }, body, redirect: "manual", credentials: "same-origin", signal: AbortSignal.timeout(60_000) });

const isBusy = ({ status }) => status === 429 || status >= 500;

// Why the site took nothing down: "sign-in", "shut-out", "unreadable" or "later". All of it stays here.
async function refused(answer, device) {
  asked = Math.max(asked, 1_000 * answer.headers.get("Retry-After") || 0);
  if (answer.status === 401 && (await wordOf(answer)) === "revoked") {
    if (device === known.device?.device) await empty();
    return "shut-out";
  }
  if (answer.status === 401 || answer.status === 403 || answer.type === "opaqueredirect") {
    return device === known.device?.device && (await renewed()) ? "again" : "sign-in";
  }
  return answer.status === 400 || answer.status === 422 ? "unreadable" : "later";
}

const wordOf = (answer) => answer.json().then(({ error }) => error, () => "");

// A phone that was shut out shows nothing any more; whoever signs in on it begins with another name.
async function empty() {
  if (known.day) await wipe();
  await renewed();
}

let renewing = 0;
async function renewed() {
  if (Date.now() - renewing < 60_000) return false;
  renewing = Date.now();
  return (await download()) === "done";
}

// A record leaves only for a receipt that has its id and its digest; what is held moves to those that need somebody.
async function settle(rows, answer) {
  const done = [];
  for (const { key, receipts } of answer.boxes) {
    for (const [n, id, digest, number, result, reason, detail] of receipts) {
      const row = rows.find((each) => each.key === key && each.n === n);
      if (!row || !(await isFor(row, id, digest, reason))) continue;
      done.push({ row, receipt: { number, id, at: Date.now(), kind: row.kind, result, reason, detail } });
    }
  }
  const old = Date.now() - RECEIPTS_KEPT;
  await change(["outbox", "held", "receipts"], ({ outbox, held, receipts }) => {
    for (const { row, receipt } of done) {
      outbox.delete(row.place);
      const { place, ...sealed } = row;
      if (receipt.result === "held") held.add({ ...sealed, ...receipt, settled: "" });
      else receipts.add(receipt);
    }
    receipts.openCursor().onsuccess = ({ target }) => {
      if (target.result?.value.at < old) target.result.delete(), target.result.continue();
    };
    held.openCursor().onsuccess = ({ target: { result: cursor } }) => {
      if (!cursor) return;
      const [, what] = answer.resolved?.find(([id]) => id === cursor.value.id) ?? [];
      if (what && what !== cursor.value.settled) cursor.update({ ...cursor.value, settled: what });
      cursor.continue();
    };
  });
  const moved = Object.entries(answer.sheets ?? {}).some(([meeting, revision]) => sheetOf(meeting) && sheetOf(meeting).revision !== revision);
  if (moved) tell("moved");
}

async function isFor(row, id, digest, reason) {
  if ((await checkOf(id, digest)) === row.check) return true;
  return reason === "malformed" && digest === hex(await sha256(row.sealed)); // it could not be read there
}

// --- batches ---
function batch(rows, at, most) {
  const some = [];
  for (let bytes = 0; at < rows.length && some.length < most && bytes < MOST_BYTES; at += 1) {
    some.push(rows[at]);
    bytes += rows[at].sealed.byteLength * 1.4 + 20;
  }
  return some;
}

export const boxes = (rows) =>
  [...grouped(rows, (row) => row.key)].map(([key, own]) => ({ key, kid: own[0].kid, records: own.map((row) => [row.n, write(row.sealed)]) }));

export function grouped(rows, by) {
  const groups = new Map();
  for (const row of rows) groups.set(by(row), [...(groups.get(by(row)) ?? []), row]);
  return groups;
}

export const setAside = (row) =>
  change(["held"], ({ held }) => void held.delete(row.place)).then(loadCounts);

export const takeParcel = (body) => change(["parcels"], ({ parcels }) => void parcels.add({ body, at: Date.now() }));
export const isImport = (text) => {
  try {
    const { v, device, proof, boxes: own } = JSON.parse(text);
    return v === 1 && [device, proof].every((each) => typeof each === "string" && read(each)) && Array.isArray(own);
  } catch {
    return false;
  }
};
