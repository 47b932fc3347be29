// What waits here as a file or as QR codes, for another phone to deliver. A proof lets in these records and no others.
import { read, sha256, utf8, write } from "./kit-bytes.js";
import { boxes, grouped } from "./kit-outbox.js";
import { all, one } from "./kit-store.js";

const MOST_SIGNS = 1_100; // a QR code of 117 modules, which a cheap camera still reads

// Everything that waits or needs somebody, but photos: they are too large to go this way.
const waiting = async () => [...(await all("outbox")), ...(await all("held"))].filter((row) => row.kind !== "p");

// One body for each device of this phone, as the site takes it.
export async function bodies(rows) {
  const made = [];
  for (const [device, own] of grouped(rows ?? (await waiting()), (row) => row.device)) {
    const body = { v: 1, device, proof: "", boxes: boxes(own) };
    made.push({ ...body, proof: await proof(device, body.boxes) });
  }
  return made;
}

async function proof(device, all) {
  const lines = all.flatMap(({ key, kid, records }) => [`${key} ${kid}\n`, ...records.map(([n, c]) => `${n} ${c}\n`)]);
  const { pass } = await one("devices", device);
  const how = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", await sha256(read(pass)), how, false, ["sign"]);
  return write(await crypto.subtle.sign(how, key, utf8(`seamwise kit 1\n${device}\n${lines.join("")}`)));
}

export async function file() {
  const made = await bodies();
  return new Blob([made.map((body) => JSON.stringify(body)).join("\n")], { type: "application/json" });
}

// Addresses for QR codes: any camera that opens one leaves its records with the kit of that phone.
export async function addresses() {
  const found = [];
  for (const [, rows] of grouped(await waiting(), (row) => `${row.device} ${row.key}`)) {
    let some = [];
    for (const row of rows) {
      const more = [...some, row];
      if (some.length && (await address(more)).length > MOST_SIGNS) {
        found.push(await address(some));
        some = [row];
      } else some = more;
    }
    if (some.length) found.push(await address(some));
  }
  return found;
}

async function address(rows) {
  const [{ device, proof, boxes: [box] }] = await bodies(rows);
  const parts = [device, proof, box.key, box.kid, ...box.records.flat()];
  return `${location.origin}/kit/#d.${parts.join(".")}`;
}
