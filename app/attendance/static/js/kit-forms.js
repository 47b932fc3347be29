// Somebody without a seat, and points of a paper test.
import { known, person, scoreOf } from "./kit-day.js";
import { facts } from "./kit-home.js";
import { marking } from "./kit-roll.js";
import { save } from "./kit-save.js";
import { newId } from "./kit-seal.js";
import { doing, fill, folded, names, notice, say, slot, where } from "./kit-words.js";

const option = (value, text) => new Option(text, value);

export function sites(select, sheet) {
  select.append(...sheet.sites.map(([id, name]) => option(id, name)));
  if (sheet.sites.length < 2) select.closest("[data-slot='where']").hidden = true;
}

export function guest(sheet) {
  const screen = fill("t-guest", facts(sheet));
  const form = doing(screen, "guest");
  const { name, number, factory, factory_name: other, site } = form.elements;
  factory.prepend(...sheet.factories.map(([id, text]) => option(id, text)));
  factory.selectedIndex = 0;
  sites(site, sheet);
  const choose = () => (slot(form, "other").hidden = Boolean(factory.value));
  factory.addEventListener("change", choose);
  choose();
  for (const field of [name, number]) field.addEventListener("input", () => offerKnown(sheet, form));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const [value, error] = [event.submitter?.value || "p", form.querySelector(".field-error")];
    error.hidden = Boolean(name.value.trim());
    error.textContent = error.hidden ? "" : say("missing");
    name.setAttribute("aria-invalid", String(!error.hidden));
    if (!error.hidden) return name.focus();
    const extra = { name: name.value.trim() };
    if (number.value.trim()) extra.number = number.value.trim();
    if (factory.value) extra.factory = Number(factory.value);
    else if (other.value.trim()) extra.factory_name = other.value.trim();
    if (site.value) extra.site = Number(site.value);
    if (!(await save([{ kind: "g", sheet, who: newId(), value, extra, label: extra.name }]))) return;
    notice(say("saved", { name: extra.name, mark: say(`mark.${value}`) }), "need");
    form.reset();
    choose();
    name.focus();
  });
  return { screen };
}

// Whoever is typed may have a seat after all.
function offerKnown(sheet, form) {
  const place = slot(form, "known");
  const [typed, number] = [form.elements.name, form.elements.number].map((field) => folded(field.value.trim()));
  const found = sheet.people.find(
    (each) => (number && folded(each[3]) === number) || (typed.length > 2 && [each[1], each[2]].some((one) => one && folded(one) === typed)));
  place.hidden = !found;
  place.replaceChildren();
  if (!found) return;
  place.append(fill("t-known", { text: names(found) }));
  const button = doing(place, "known");
  button.textContent = say("mark.p");
  button.addEventListener("click", async () => {
    if (!(await save([marking(sheet, found, "p")]))) return;
    notice(say("saved", { name: names(found), mark: say("mark.p") }), "need");
    form.reset();
    place.hidden = true;
  });
}

export function score(sheet) {
  const screen = fill("t-score", { ...facts(sheet), test: sheet.test.title, total: say("points", { points: sheet.test.points }) });
  const painters = sheet.people.map((each) => scoreRow(sheet, each, slot(screen, "rows")));
  return { screen, paint: () => painters.forEach((paint) => paint()) };
}

function scoreRow(sheet, each, list) {
  const [id, name, local, number] = each;
  const item = fill("t-score-row", { name, local, number }).firstElementChild;
  const [form, error] = [item.querySelector("form"), item.querySelector(".field-error")];
  const { points } = form.elements;
  points.setAttribute("aria-label", names(each));
  error.id = `points-${id}`;
  points.setAttribute("aria-describedby", error.id);
  points.value = scoreOf(sheet.meeting, id)?.value ?? "";
  const paint = () => {
    const own = scoreOf(sheet.meeting, id);
    where(slot(item, "where"), own ? (known.pending.has(own.check) ? "phone" : known.held.has(own.check) ? "" : "site") : "");
  };
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const typed = folded(points.value.trim()).replace(/[,٫]/, ".");
    const value = Number(typed);
    const isGood = /^\d+(\.\d{1,2})?$/.test(typed) && value <= sheet.test.points;
    error.hidden = isGood;
    error.textContent = isGood ? "" : say("bad-points", { total: sheet.test.points });
    points.setAttribute("aria-invalid", String(!isGood));
    if (!isGood) return points.focus();
    const extra = { test: sheet.test.id, of: sheet.test.points };
    if (await save([{ kind: "s", sheet, who: id, value, extra, label: names(person(sheet, id)) }])) {
      notice(say("saved.score", { name: names(each), points: value, total: sheet.test.points }), "need");
    }
  });
  paint();
  list.append(item);
  return paint;
}
