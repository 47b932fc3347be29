// QR codes (ISO/IEC 18004): bytes, level L, versions 1 to 25.
const EXP = new Uint8Array(512);
const LOG = new Uint8Array(256);
for (let power = 0, value = 1; power < 255; power += 1) {
  EXP[power] = EXP[power + 255] = value;
  LOG[value] = power;
  value = (value << 1) ^ (value & 0x80 ? 0x11d : 0);
}

// Level L: signs for correction in each block, and how many blocks, by version.
const CORRECTION = [7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28, 28, 28, 30, 30, 26];
const BLOCKS = [1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8, 8, 9, 9, 10, 12];
const MASKS = [
  (x, y) => (x + y) % 2 === 0, (x, y) => y % 2 === 0, (x) => x % 3 === 0, (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0, (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0, (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

// How many bytes a version holds, those for correction included: what patterns and formats leave free.
function capacity(version) {
  const marks = version > 1 ? Math.floor(version / 7) + 2 : 0;
  const patterns = marks ? 25 * marks * marks - 10 * marks - 55 : 0;
  return ((16 * version + 128) * version + 64 - patterns - (version > 6 ? 36 : 0)) >> 3;
}

const spread = (version) => ({ blocks: BLOCKS[version - 1], correction: CORRECTION[version - 1] });
const room = (version) => capacity(version) - spread(version).blocks * spread(version).correction;

// The modules of a text, row by row; true is dark.
export function qr(text) {
  const bytes = new TextEncoder().encode(text);
  let version = 1;
  while (bytes.length + (version > 9 ? 3 : 2) > room(version)) if (++version > 25) throw new RangeError("too long");
  const code = interleaved(version, packed(version, bytes));
  const best = MASKS.map((_mask, number) => drawn(version, code, number)).sort((a, b) => penalty(a) - penalty(b));
  return best[0];
}

function packed(version, bytes) {
  const bits = [];
  const add = (value, length) => { for (let at = length - 1; at >= 0; at -= 1) bits.push((value >> at) & 1); };
  add(4, 4);
  add(bytes.length, version > 9 ? 16 : 8);
  bytes.forEach((byte) => add(byte, 8));
  const total = room(version) * 8;
  add(0, Math.min(4, total - bits.length));
  add(0, (8 - (bits.length % 8)) % 8);
  for (let filler = 0xec; bits.length < total; filler ^= 0xfd) add(filler, 8);
  return Uint8Array.from({ length: total / 8 }, (_none, at) => parseInt(bits.slice(at * 8, at * 8 + 8).join(""), 2));
}

function corrected(data, length) {
  let generator = [1];
  for (let root = 0; root < length; root += 1) {
    const next = new Array(generator.length + 1).fill(0);
    generator.forEach((factor, at) => {
      next[at] ^= factor;
      if (factor) next[at + 1] ^= EXP[LOG[factor] + root];
    });
    generator = next;
  }
  const rest = [...data, ...new Array(length).fill(0)];
  for (let at = 0; at < data.length; at += 1) {
    const lead = rest[at];
    if (lead) generator.forEach((factor, place) => { if (factor) rest[at + place] ^= EXP[LOG[factor] + LOG[lead]]; });
  }
  return rest.slice(data.length);
}

function interleaved(version, data) {
  const { blocks, correction } = spread(version);
  const short = Math.floor(data.length / blocks);
  const long = data.length % blocks;
  const parts = [];
  for (let block = 0, at = 0; block < blocks; block += 1) {
    const length = short + (block >= blocks - long ? 1 : 0);
    const own = data.slice(at, at + length);
    parts.push({ own, check: corrected(own, correction) });
    at += length;
  }
  const taken = (name, most) => {
    const found = [];
    for (let at = 0; at < most; at += 1) for (const part of parts) if (at < part[name].length) found.push(part[name][at]);
    return found;
  };
  return [...taken("own", short + 1), ...taken("check", correction)];
}

function drawn(version, code, mask) {
  const size = version * 4 + 17;
  const dark = Array.from({ length: size }, () => new Array(size).fill(false));
  const fixed = Array.from({ length: size }, () => new Array(size).fill(false));
  const set = (x, y, value) => {
    if (x < 0 || y < 0 || x >= size || y >= size) return;
    dark[y][x] = Boolean(value);
    fixed[y][x] = true;
  };
  const square = (left, top, radius, isDark) => {
    for (let dy = -radius; dy <= radius; dy += 1) for (let dx = -radius; dx <= radius; dx += 1) set(left + dx, top + dy, isDark(Math.max(Math.abs(dx), Math.abs(dy))));
  };
  for (let at = 0; at < size; at += 1) { set(6, at, at % 2 === 0); set(at, 6, at % 2 === 0); }
  for (const [x, y] of [[3, 3], [size - 4, 3], [3, size - 4]]) square(x, y, 4, (ring) => ring !== 2 && ring !== 4);
  const centres = places(version);
  for (const x of centres) for (const y of centres) {
    const isCorner = (x === 6 && y === 6) || (x === 6 && y === size - 7) || (x === size - 7 && y === 6);
    if (!isCorner) square(x, y, 2, (ring) => ring !== 1);
  }
  format(size, mask, set);
  if (version > 6) versionBits(version, size, set);
  let bit = 0;
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right = 5;
    for (let step = 0; step < size; step += 1) {
      const upward = ((right + 1) & 2) === 0;
      const y = upward ? size - 1 - step : step;
      for (const x of [right, right - 1]) {
        if (fixed[y][x]) continue;
        dark[y][x] = Boolean(((code[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1) !== MASKS[mask](x, y);
        bit += 1;
      }
    }
  }
  return dark;
}

function places(version) {
  if (version === 1) return [];
  const many = Math.floor(version / 7) + 2;
  const step = Math.ceil((version * 4 + 4) / (many * 2 - 2)) * 2;
  return [6, ...Array.from({ length: many - 1 }, (_none, at) => version * 4 + 10 - step * (many - 2 - at))];
}

function format(size, mask, set) {
  const data = (1 << 3) | mask; // level L
  let rest = data;
  for (let at = 0; at < 10; at += 1) rest = (rest << 1) ^ ((rest >> 9) * 0x537);
  const bits = ((data << 10) | rest) ^ 0x5412;
  const bit = (at) => (bits >> at) & 1;
  for (let at = 0; at < 6; at += 1) set(8, at, bit(at));
  set(8, 7, bit(6));
  set(8, 8, bit(7));
  set(7, 8, bit(8));
  for (let at = 9; at < 15; at += 1) set(14 - at, 8, bit(at));
  for (let at = 0; at < 8; at += 1) set(size - 1 - at, 8, bit(at));
  for (let at = 8; at < 15; at += 1) set(8, size - 15 + at, bit(at));
  set(8, size - 8, 1);
}

function versionBits(version, size, set) {
  let rest = version;
  for (let at = 0; at < 12; at += 1) rest = (rest << 1) ^ ((rest >> 11) * 0x1f25);
  const bits = (version << 12) | rest;
  for (let at = 0; at < 18; at += 1) {
    const [far, near] = [size - 11 + (at % 3), Math.floor(at / 3)];
    set(far, near, (bits >> at) & 1);
    set(near, far, (bits >> at) & 1);
  }
}

function penalty(dark) {
  const size = dark.length;
  let sum = 0;
  const lines = [...dark, ...dark.map((_row, x) => dark.map((row) => row[x]))];
  for (const line of lines) {
    const text = line.map(Number).join("");
    for (const run of text.match(/0{5,}|1{5,}/g) ?? []) sum += run.length - 2;
    for (let at = 0; at + 11 <= size; at += 1) if (["10111010000", "00001011101"].includes(text.slice(at, at + 11))) sum += 40;
  }
  for (let y = 1; y < size; y += 1) for (let x = 1; x < size; x += 1) {
    if (dark[y][x] === dark[y][x - 1] && dark[y][x] === dark[y - 1][x] && dark[y][x] === dark[y - 1][x - 1]) sum += 3;
  }
  const share = dark.flat().filter(Boolean).length / (size * size);
  return sum + Math.floor(Math.abs(share * 20 - 10)) * 10;
}
