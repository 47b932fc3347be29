// Bytes and how they are written.
export const random = (length) => crypto.getRandomValues(new Uint8Array(length));
export const utf8 = (text) => new TextEncoder().encode(text);
export const textOf = (bytes) => new TextDecoder().decode(bytes);

export function join(...parts) {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part instanceof Uint8Array ? part : new Uint8Array(part), at);
    at += part.byteLength;
  }
  return whole;
}

// base64url without padding.
export function write(bytes) {
  let signs = "";
  const all = new Uint8Array(bytes);
  for (let at = 0; at < all.length; at += 0x8000) signs += String.fromCharCode(...all.subarray(at, at + 0x8000));
  return btoa(signs).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

export function read(text) {
  const signs = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(signs, (sign) => sign.charCodeAt(0));
}

export const hex = (bytes) => [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
export const sha256 = (bytes) => crypto.subtle.digest("SHA-256", bytes);

// A length in front, four bytes, the greatest first.
export function measured(bytes) {
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, bytes.byteLength);
  return join(length, bytes);
}
