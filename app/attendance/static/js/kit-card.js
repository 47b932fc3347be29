// Cards of people: read by the camera where the browser can, else typed.
import { hex, sha256, utf8 } from "./kit-bytes.js";
import { facts } from "./kit-home.js";
import { save } from "./kit-save.js";
import { doing, fill, names, notice, say, sign, slot } from "./kit-words.js";

const PAUSE = 300;
const AGAIN = 5_000;

export function card(sheet) {
  const screen = fill("t-card", facts(sheet));
  const [form, done] = [doing(screen, "card"), slot(screen, "done")];
  const take = (text) => note(sheet, text, done);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const field = form.elements.card;
    if (!field.value.trim()) return field.focus();
    if (await take(field.value.trim())) form.reset();
    field.focus();
  });
  const scanner = { stop() {} };
  watch(slot(screen, "camera"), slot(screen, "no-camera"), take, scanner);
  return { screen, leave: () => scanner.stop() };
}

// A code is the text itself, or the last part of the address that a phone's own camera would open.
const hashes = (text) => Promise.all([text, text.split("/").at(-1).trim().toLowerCase()].map(async (each) => hex(await sha256(utf8(each))).slice(0, 10)));

async function note(sheet, text, done) {
  const known = await hashes(text);
  const person = sheet.people.find((each) => each[5] && known.includes(each[5]));
  const label = person ? names(person) : say("card");
  const thing = { kind: "c", sheet, who: text, value: "p", seen: person?.[7] ?? [], label };
  if (!(await save([{ ...thing, person: person?.[0] }]))) return false;
  notice(person ? say("saved", { name: label, mark: say("mark.p") }) : say("unknown-card"), "need");
  const line = document.createElement("li");
  const badge = Object.assign(document.createElement("span"), { className: "badge done" });
  badge.append(sign("p"), say("mark.p"));
  line.append(Object.assign(document.createElement("bdi"), { textContent: label }), badge);
  done.prepend(line);
  return true;
}

async function watch(place, without, take, scanner) {
  const canRead = "BarcodeDetector" in globalThis && navigator.mediaDevices;
  const stream = canRead && (await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } }).catch(() => null));
  place.hidden = !stream;
  without.hidden = Boolean(stream);
  if (!stream) return;
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  const [video, seen] = [place.querySelector("video"), new Map()];
  video.srcObject = stream;
  await video.play();
  const timer = setInterval(async () => {
    for (const { rawValue } of await detector.detect(video).catch(() => [])) {
      if (Date.now() - (seen.get(rawValue) ?? 0) < AGAIN) continue;
      seen.set(rawValue, Date.now());
      await take(rawValue);
      navigator.vibrate?.(60);
    }
  }, PAUSE);
  scanner.stop = () => {
    clearInterval(timer);
    stream.getTracks().forEach((track) => track.stop());
  };
  if (!place.isConnected) scanner.stop();
}
