// What a code says by itself, and whether we signed it (app/certificates/verification/payload.py).
import { join, read, sha256, utf8, write } from "./kit-bytes.js";

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH = 26;
const HEAD = 18;
const SIGNATURE = 64;
const DAY_ZERO = Date.UTC(2000, 0, 1);
const DAY = 86_400_000;
const ENTRY = 11;
const STATES = [null, "revoked", "replaced", "suspended"];

// A code as it was typed: with its check sign or without, in any case and with the digits of any script.
export function typed(text) {
  const normal = text.toUpperCase().replace(/\p{Nd}/gu, plain).replace(/[^\p{L}\p{N}]/gu, "").replaceAll("O", "0").replace(/[IL]/g, "1");
  const [code, check] = [normal.slice(0, LENGTH), normal.slice(LENGTH)];
  const isOurs = code.length === LENGTH && [...code].every((sign) => ALPHABET.includes(sign)) && (!check || check === checkSign(code));
  return { code, isMistyped: !isOurs };
}

function plain(digit) {
  let zero = digit.codePointAt(0);
  while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1)) && digit.codePointAt(0) - zero < 9) zero -= 1;
  return String(digit.codePointAt(0) - zero);
}

function checkSign(code) {
  let product = 32;
  for (const sign of code) product = (((product + ALPHABET.indexOf(sign)) % 32 || 32) * 2) % 33;
  return ALPHABET[(33 - product) % 32];
}

// The facts behind the # of an address. Throws for what is none of ours: "unknown-key" or "changed".
export async function opened(code, fragment, keys) {
  let facts, found, bytes;
  try {
    bytes = read(fragment);
    if (write(bytes) !== fragment) throw new Error();
    facts = bytes.slice(0, -SIGNATURE);
    found = unpack(facts);
  } catch {
    throw new Error("changed");
  }
  const key = keys.find((each) => each.id === found.key);
  if (!key) throw new Error("unknown-key");
  const ecdsa = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
  const point = { kty: "EC", crv: "P-256", x: key.x, y: key.y };
  const ours = await crypto.subtle.importKey("jwk", point, ecdsa, false, ["verify"]);
  const isOurs = await crypto.subtle.verify(ecdsa, ours, bytes.slice(-SIGNATURE), join(utf8(`seamwise/verify/1\0${code}\0`), facts));
  if (!isOurs) throw new Error("changed");
  return found;
}

function unpack(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint8(0) !== 1) throw new Error();
  const [issued, until, first, last] = [5, 7, 9, 11].map((at) => day(view.getUint16(at)));
  const texts = [];
  for (let at = HEAD; at < bytes.length; at += 1 + bytes[at]) {
    if (at + 1 + bytes[at] > bytes.length) throw new Error();
    texts.push(decoded(bytes.slice(at + 1, at + 1 + bytes[at])));
  }
  const [number, version, language, local, latin, course] = texts;
  if (texts.length !== 6) throw new Error();
  return {
    key: [...bytes.slice(1, 5)].map((byte) => byte.toString(16).padStart(2, "0")).join(""), issued, until, first, last,
    hours: view.getUint16(13) / 100, attended: bytes[15], planned: bytes[16], score: bytes[17] === 255 ? null : bytes[17],
    number, version, language, local, latin, course,
  };
}

const day = (number) => (number ? DAY_ZERO + number * DAY : null);

function decoded(bytes) {
  const [block, ...signs] = bytes;
  if (!bytes.length) return "";
  if (block === 0) return new TextDecoder("utf-8", { fatal: true }).decode(bytes.slice(1));
  return signs.map((sign) => String.fromCodePoint(point(sign, block))).join("");
}

const point = (sign, block) => (sign >= 128 ? block * 128 + (sign & 127) : sign === 4 ? 0x2026 : sign < 4 ? 0x200a + sign : sign);

// What the list says of a code: {state, day}, or null.
export async function endedAs(code, list) {
  const digest = new Uint8Array(await sha256(utf8(code))).slice(0, 8);
  const bytes = read(list);
  for (let at = 0; at < bytes.length; at += ENTRY) {
    if (digest.some((byte, place) => byte !== bytes[at + place])) continue;
    return { state: STATES[bytes[at + 8]], day: day(bytes[at + 9] * 256 + bytes[at + 10]) };
  }
  return null;
}
