// The next half-days, and what stands there when nobody is signed in.
import { guestsOf, known, tally } from "./kit-day.js";
import { clock, doing, fill, say, SIGN_IN, slot, span, when } from "./kit-words.js";

export function home({ refetch }) {
  const { day } = known;
  const gone = day.gone.map(({ title, number, state }) => say(`gone.${state}`, { name: `${title} · ${say("half-day", { number })}` }));
  const screen = fill("t-home", { account: day.account, gone: gone.join(" "), fetched: say("fetched", { time: when(day.fetched) }) });
  doing(screen, "fetch").addEventListener("click", refetch);
  slot(screen, "days").append(...day.sheets.map(card));
  if (!day.sheets.length) slot(screen, "days").replaceWith(fill("t-none"));
  return screen;
}

function card(sheet) {
  const { meeting } = sheet;
  const values = { ...facts(sheet), ...counts(sheet), change: changeOf(meeting), test: sheet.test };
  for (const way of ["roll", "card", "guest", "photo", "score"]) values[way] = values[way] ?? `#${way}/${meeting}`;
  return fill("t-day", values);
}

export const facts = (sheet) => ({
  title: sheet.title, number: say("half-day", { number: sheet.number }), when: span(sheet.starts, sheet.ends),
  zone: `(${sheet.zone})`, warning: warning(sheet), roll: `#roll/${sheet.meeting}`,
});

const warning = ({ state, opens }) => (state === "open" ? "" : say(`state.${state}`, { time: when(opens * 1000) }));

export function counts(sheet) {
  const { there, total, unmarked } = tally(sheet);
  const guests = guestsOf(sheet.meeting).length;
  return {
    there: say("there", { there, total }), unmarked: unmarked && say("unmarked", { number: unmarked }),
    guests: guests && say("guests", { number: guests }),
  };
}

function changeOf(meeting) {
  const change = known.day.changes[meeting];
  if (!change) return "";
  const lines = [];
  if (change.moved) lines.push(say("changed.moved"));
  if (change.added || change.removed) lines.push(say("changed", change));
  return lines.join(" ");
}

export const first = (trouble) =>
  fill("t-first", {
    "sign-in": SIGN_IN, trouble: trouble === "not-yours" && say("day.not-yours"),
    pending: known.pending.size ? say("left.pending", { number: known.pending.size }) : "",
  });

export function left(trouble, send) {
  const pending = say("left.pending", { number: known.pending.size });
  const screen = fill("t-left", { pending, "sign-in": SIGN_IN, trouble: trouble ? say(`trouble.${trouble}`) : "" });
  doing(screen, "send").addEventListener("click", send);
  return screen;
}
