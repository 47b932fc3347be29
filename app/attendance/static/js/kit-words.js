// Words, numbers, times and the templates of the page: all of them were written by the server.
const html = document.documentElement;
const own = document.getElementById("words").content;
const words = new Map([...own.querySelectorAll("[data-w]")].map((each) => [each.dataset.w, each.textContent]));

export const digits = (text) => String(text).replace(/\d/g, (digit) => html.dataset.digits[digit]);
export const has = (name) => words.has(name);
export const say = (name, values = {}) =>
  (words.get(name) ?? name).replace(/\{(\w+)\}/g, (_whole, key) => (typeof values[key] === "number" ? digits(values[key]) : values[key]));

const written = (moment, style) => digits(new Intl.DateTimeFormat(`${html.lang}-u-nu-latn-ca-gregory`, style).format(moment));
const CLOCK = { hour: "numeric", minute: "2-digit" };
const DAY = { weekday: "short", day: "numeric", month: "short" };

export const clock = (moment) => written(moment, CLOCK);

// The time of today; of another day with that day.
export const when = (moment) => written(moment, new Date(moment).toDateString() === new Date().toDateString() ? CLOCK : { ...DAY, ...CLOCK });

// From and to, by the clock on the wall there, whatever zone this phone is in.
export function span(starts, ends) {
  const [from, to] = [starts, ends].map((wall) => new Date(`${wall}:00Z`));
  const there = { timeZone: "UTC" };
  return `${written(from, { ...there, ...DAY, ...CLOCK })} – ${written(to, { ...there, ...CLOCK })}`;
}

// --- templates ---
const parts = (root, name) => root.querySelectorAll(`[data-${name}]`);

// A copy of a template: `data-text` gets its value, `data-href` its address, and what has `data-show` goes without one.
export function fill(id, values = {}) {
  const copy = document.getElementById(id).content.cloneNode(true);
  for (const each of parts(copy, "show")) if (!values[each.dataset.show]) each.remove();
  for (const each of parts(copy, "text")) each.textContent = values[each.dataset.text] ?? "";
  for (const each of parts(copy, "href")) each.href = values[each.dataset.href];
  return copy;
}

export const slot = (root, name) => root.querySelector(`[data-slot="${name}"]`);
export const doing = (root, name) => root.querySelector(`[data-do="${name}"]`);
export const sign = (name) => own.querySelector(`[data-sign="${name}"]`).firstElementChild.cloneNode(true);

const KINDS = { p: "done", l: "need", t: "need", a: "harm", e: "info" };
export const kindOf = (mark) => KINDS[mark];

// Where a mark is, in words and with a sign of its own: never one tick for both.
export function where(place, name) {
  place.replaceChildren(...(name ? [sign(name), ` ${say(`where.${name}`)}`] : []));
  place.dataset.where = name;
}

// --- said above the screen ---
const notices = document.getElementById("notices");
export function notice(text, kind = "info") {
  notices.replaceChildren();
  if (!text) return;
  const box = document.createElement("div");
  box.className = `notice ${kind}`;
  box.append(Object.assign(document.createElement("p"), { textContent: text }));
  notices.append(box);
}

export function ask(question) {
  const dialog = document.getElementById("confirm");
  dialog.querySelector("#confirm-text").textContent = question;
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true }));
}

export const SIGN_IN = `/sign-in?next=${encodeURIComponent(location.pathname)}`;
export const names = (person) => [person[2], person[1]].filter(Boolean).join(" · ");

// Names and numbers as they are searched: without accents, case and the digits of a script.
export const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/\p{Nd}/gu, (digit) => plainDigit(digit));

const plainDigit = (digit) => {
  const zero = [0x30, 0x660, 0x6f0, 0x966, 0x9e6, 0x17e0, 0x1040].findLast((each) => each <= digit.codePointAt(0));
  return String(digit.codePointAt(0) - zero);
};
