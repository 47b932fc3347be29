// The roll call of a half-day.
import { guestsOf, known, standing, tally } from "./kit-day.js";
import { facts } from "./kit-home.js";
import { save } from "./kit-save.js";
import { ask, doing, fill, folded, kindOf, names, notice, say, sign, slot, where } from "./kit-words.js";

export function roll(sheet, by) {
  const way = { card: `#card/${sheet.meeting}`, guest: `#guest/${sheet.meeting}` };
  const screen = fill("t-roll", { ...facts(sheet), ...way, sheet: by === "sheet" });
  const rows = new Map(sheet.people.map((person) => [person[0], row(sheet, person, by)]));
  const groups = grouped(sheet).map(([site, people]) => group(sheet, site, people, rows, by));
  slot(screen, "groups").append(...groups, ...guests(sheet));
  doing(screen, "all").addEventListener("click", () => allPresent(sheet, sheet.people, by));
  doing(screen, "search").addEventListener("input", ({ target }) => search(target, rows, groups));
  const bar = slot(screen, "tally");
  paintTally(bar, sheet);
  return {
    screen,
    paint() {
      paintTally(bar, sheet);
      for (const each of rows.values()) each.paint();
    },
  };
}

function grouped(sheet) {
  const bySite = new Map(sheet.sites.map(([id, name]) => [id, { name, people: [] }]));
  for (const person of sheet.people) (bySite.get(person[4]) ?? away(bySite)).people.push(person);
  return [...bySite.values()].filter(({ people }) => people.length).map(({ name, people }) => [name, people]);
}

function away(bySite) {
  if (!bySite.has(null)) bySite.set(null, { name: "–", people: [] });
  return bySite.get(null);
}

function group(sheet, site, people, rows, by) {
  const made = fill("t-group", { site, number: say("people", { number: people.length }) });
  slot(made, "rows").append(...people.map(([id]) => rows.get(id).item));
  doing(made, "all").addEventListener("click", () => allPresent(sheet, people, by));
  return made.firstElementChild;
}

function row(sheet, person, by) {
  const [id, name, local, number] = person;
  const item = fill("t-row", { name: local ? name : name, local, number }).firstElementChild;
  const label = item.querySelector(".who-name");
  label.id = `name-${id}`;
  item.querySelector(".marks").setAttribute("aria-labelledby", label.id);
  const buttons = [...item.querySelectorAll("[data-mark]")];
  const [menu, more] = [item.querySelector("details"), slot(item, "more")];
  const dots = [...more.childNodes];
  const paint = () => {
    const now = standing(sheet, person);
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.mark === now.mark));
    const isRare = now.mark === "t" || now.mark === "e";
    more.replaceChildren(...(isRare ? [say(`mark.${now.mark}`)] : dots));
    more.parentElement.className = isRare ? `${kindOf(now.mark)} on` : "";
    where(slot(item, "where"), now.where);
  };
  for (const button of buttons) {
    button.addEventListener("click", async () => {
      if (menu.open) {
        menu.open = false;
        menu.firstElementChild.focus();
      }
      if (await save([marking(sheet, person, button.dataset.mark, by)])) notice("");
    });
  }
  paint();
  return { item, paint, words: folded(`${name} ${local} ${number}`) };
}

export const marking = (sheet, person, value, by) => ({
  kind: "m", sheet, who: person[0], value, seen: person[7] ?? [], extra: by === "sheet" ? { by: "sheet" } : null, label: names(person),
});

async function allPresent(sheet, people, by) {
  const left = people.filter((person) => !standing(sheet, person).mark);
  if (!left.length || !(await ask(say("all", { number: left.length })))) return;
  if (await save(left.map((person) => marking(sheet, person, "p", by)))) notice(say("all.done", { number: left.length }), "need");
}

function guests(sheet) {
  const found = guestsOf(sheet.meeting);
  if (!found.length) return [];
  const made = fill("t-guests");
  for (const guest of found) {
    const item = fill("t-row", { name: guest.label }).firstElementChild;
    const badge = document.createElement("span");
    badge.className = `badge ${kindOf(guest.value)}`;
    badge.append(sign(guest.value), say(`mark.${guest.value}`));
    item.querySelector(".marks").replaceWith(badge);
    where(slot(item, "where"), known.pending.has(guest.check) ? "phone" : known.held.has(guest.check) ? "" : "site");
    slot(made, "rows").append(item);
  }
  return [made.firstElementChild];
}

function search(field, rows, groups) {
  const words = folded(field.value).split(/\s+/).filter(Boolean);
  let found = 0;
  for (const each of rows.values()) {
    each.item.hidden = !words.every((word) => each.words.includes(word));
    found += each.item.hidden ? 0 : 1;
  }
  for (const each of groups) each.hidden = !each.querySelector("li:not([hidden])");
  slot(document, "nobody").textContent = found ? "" : say("nobody");
}

function paintTally(bar, sheet) {
  const { there, total, late, partial, absent, excused, unmarked } = tally(sheet);
  const parts = [[document.createElement("b"), say("there", { there, total })]];
  for (const [mark, number] of [["l", late], ["t", partial], ["a", absent], ["e", excused]]) {
    if (number) parts.push([document.createElement("span"), `${say(`mark.${mark}`)} ${say("{number}", { number })}`]);
  }
  if (unmarked) parts.push([Object.assign(document.createElement("span"), { className: "muted" }), say("unmarked", { number: unmarked })]);
  bar.replaceChildren(...parts.map(([element, text]) => Object.assign(element, { textContent: text })));
}
