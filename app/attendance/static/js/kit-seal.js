// Sealing for the site alone, and locking for whoever is signed in. Contract: docs/offline.md.
import { hex, join, measured, random, read, sha256, utf8, write } from "./kit-bytes.js";

const WORDS = utf8("seamwise kit 1");
const AES = { name: "AES-GCM", length: 256 };
const CURVE = { name: "ECDH", namedCurve: "P-256" };

// A box: records sealed with one pair of keys of this page. It lives as long as the page, so no number comes twice.
async function newBox(device, site) {
  const [pair, theirs] = await Promise.all([
    crypto.subtle.generateKey(CURVE, false, ["deriveBits"]),
    crypto.subtle.importKey("jwk", { ...site.jwk, ext: true, key_ops: [] }, CURVE, true, []),
  ]);
  const [own, whole] = await Promise.all([
    crypto.subtle.exportKey("raw", pair.publicKey),
    crypto.subtle.exportKey("raw", theirs),
  ]);
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, pair.privateKey, 256);
  const secret = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const salt = read(device);
  const how = { name: "HKDF", hash: "SHA-256", salt, info: join(WORDS, own, whole) };
  const key = await crypto.subtle.deriveKey(how, secret, AES, false, ["encrypt"]);
  return { device, kid: site.kid, key, own: write(own), aad: join(WORDS, salt), next: 0 };
}

let box = null;

function boxFor(device, site) {
  if (box?.device !== device || box.kid !== site.kid) {
    box = { device, kid: site.kid, made: newBox(device, site) };
    box.made.catch(() => (box = null));
  }
  return box.made;
}

// The row of a record, as it waits in the outbox: `check` knows its receipt again and tells nothing.
export async function seal(device, site, id, plain, kind) {
  const own = await boxFor(device, site);
  const n = own.next++;
  const iv = new Uint8Array(12);
  new DataView(iv.buffer).setUint32(8, n);
  const [sealed, digest] = await Promise.all([
    crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: own.aad }, own.key, plain),
    sha256(plain),
  ]);
  const check = await checkOf(id, hex(digest));
  return { device, key: own.own, kid: own.kid, n, sealed, check, kind, at: Date.now() };
}

export const checkOf = async (id, digest) => write(await sha256(utf8(`${id} ${digest}`)));
export const newId = () => write(random(16));
export const newPass = () => write(random(32));
export const photoPlain = (meta, jpeg) => join(measured(utf8(JSON.stringify(meta))), jpeg);

// --- what only the signed-in person can read: its key is a cookie, which the site takes away at every sign-in and sign-out ---
const COOKIE = "kit_key";
const HOURS = 12;
let lock = null;

const cookie = () => document.cookie.split("; ").find((each) => each.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1);

function setCookie(value, seconds) {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `${COOKIE}=${value}; Path=/kit; Max-Age=${seconds}; SameSite=Strict${secure}`;
}

export const isOpen = () => Boolean(cookie());

// From now on for 12 hours: there was contact with the site.
export const keepOpen = () => setCookie(cookie() ?? write(random(32)), HOURS * 3600);

export function shut() {
  setCookie("", 0);
  lock = null;
}

async function lockKey() {
  const value = cookie();
  if (!value) throw new Shut();
  if (lock?.value !== value) {
    lock = { value, key: await crypto.subtle.importKey("raw", read(value), AES, false, ["encrypt", "decrypt"]) };
  }
  return lock.key;
}

export class Shut extends Error {}

export async function close(thing) {
  const iv = random(12);
  return { iv, locked: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await lockKey(), utf8(JSON.stringify(thing))) };
}

// What was closed with a former key is nothing any more.
export async function reveal(closed) {
  const key = await lockKey();
  try {
    return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv: closed.iv }, key, closed.locked)));
  } catch {
    return null;
  }
}
