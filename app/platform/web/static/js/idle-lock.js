// A shared tablet signs its person out when nobody touches it; before that it asks.
const lock = document.getElementById("idle-lock");
const { here, done, names } = lock.dataset;
const seconds = Number(lock.dataset.seconds);
const warning = Number(lock.dataset.warning);
const TOLD_EVERY = 10_000; // the server keeps the sign-in a little longer than this page does

let touched = Date.now();
let told = touched;

function touch() {
  touched = Date.now();
  if (lock.open) lock.close();
  if (touched - told < TOLD_EVERY) return;
  told = touched;
  fetch(here, { method: "POST" }).then((answer) => answer.ok || leave(), () => {});
}

async function leave() {
  document.body.hidden = true; // nothing of this person stays on the glass, whatever the network does
  await fetch(done, { method: "POST", redirect: "manual" }).catch(() => {});
  location.replace(names);
}

for (const kind of ["pointerdown", "keydown", "wheel", "touchmove"]) {
  addEventListener(kind, touch, { passive: true });
}
lock.addEventListener("close", touch);
setInterval(() => {
  if (document.querySelector("form[aria-busy]")) return; // an answer that is on its way is not left behind
  const idle = (Date.now() - touched) / 1000; // the clock, not a count: a sleeping tablet counts nothing
  if (idle >= seconds) leave();
  else if (idle >= seconds - warning && !lock.open) lock.showModal?.();
}, 1000);
