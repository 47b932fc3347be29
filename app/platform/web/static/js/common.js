// Progressive enhancement shared by every page. Without it all links and forms still work.
const closestTo = (event, selector) => event.target instanceof Element && event.target.closest(selector);

// --- dialogs: a link that opens one leads to a page that asks the same ---
document.addEventListener("click", (event) => {
  const opener = closestTo(event, "[data-dialog]");
  const dialog = opener && document.getElementById(opener.dataset.dialog);
  if (dialog?.showModal && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    dialog.showModal();
  }
  if (event.target instanceof HTMLDialogElement) event.target.close(); // its backdrop
});

// --- a form that asks first ---
const confirmed = new WeakSet();

function ask(question) {
  const dialog = document.getElementById("confirm");
  if (!dialog?.showModal) return Promise.resolve(window.confirm(question));
  dialog.querySelector("#confirm-text").textContent = question;
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) =>
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true }));
}

// Capturing on the window: before htmx and before the double-submit guard see the event.
window.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.dataset.confirm || confirmed.delete(form)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  ask(form.dataset.confirm).then((yes) => {
    if (!yes) return;
    confirmed.add(form);
    form.requestSubmit(event.submitter);
  });
}, true);

document.addEventListener("htmx:confirm", (event) => {
  const { ctx, issueRequest, dropRequest } = event.detail;
  event.preventDefault();
  ask(ctx.confirm).then((yes) => (yes ? issueRequest() : dropRequest()));
});

// --- a form is sent once until its answer came ---
const BUSY = "busy";
const release = (form) => form instanceof HTMLFormElement && delete form.dataset[BUSY];

window.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || "often" in form.dataset) return;
  if (BUSY in form.dataset) {
    event.preventDefault();
    event.stopImmediatePropagation();
  } else {
    form.dataset[BUSY] = "";
  }
}, true);
document.addEventListener("htmx:finally:request", (event) => release(event.detail.ctx.request.form ?? event.target));
window.addEventListener("pageshow", () => document.querySelectorAll(`form[data-${BUSY}]`).forEach(release));

// --- a page that answers a POST says its own address: Back and Reload then ask for that with GET ---
const own = document.querySelector("link[rel=canonical]");
if (own) history.replaceState(history.state, "", own.href);

// --- menus close when one goes elsewhere ---
const openMenus = (except) =>
  [...document.querySelectorAll(":is(.menu, .site-menu)[open]")].filter(
    (menu) => menu.firstElementChild.offsetParent && !(except && menu.contains(except))); // lying open: no summary
document.addEventListener("click", (event) => openMenus(event.target).forEach((menu) => (menu.open = false)));
document.addEventListener("focusin", (event) => openMenus(event.target).forEach((menu) => (menu.open = false)));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of openMenus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// Older browsers cannot lay a closed <details> open by style alone.
if (!CSS.supports("selector(::details-content)")) {
  const wide = matchMedia("(min-width: 64rem)");
  const lay = () => document.querySelectorAll(".site-menu").forEach((menu) => (menu.open = wide.matches));
  wide.addEventListener("change", lay);
  lay();
}

// --- tick all rows ---
function boxesOf(all) {
  const scope = all.closest("form, table") ?? document;
  return [...scope.querySelectorAll(`input[type=checkbox][name="${CSS.escape(all.dataset.selectAll)}"]:not(:disabled)`)];
}

function countSelected(all) {
  const boxes = boxesOf(all);
  const ticked = boxes.filter((box) => box.checked).length;
  all.checked = ticked > 0 && ticked === boxes.length;
  all.indeterminate = ticked > 0 && ticked < boxes.length;
  const count = (all.closest("form") ?? document).querySelector("[data-selected-count]");
  if (count) count.textContent = ticked.toLocaleString(document.documentElement.lang);
}

document.addEventListener("change", (event) => {
  if (!(event.target instanceof HTMLInputElement) || event.target.type !== "checkbox") return;
  const { selectAll } = event.target.dataset;
  if (selectAll) boxesOf(event.target).forEach((box) => (box.checked = event.target.checked));
  document.querySelectorAll("[data-select-all]").forEach(countSelected);
});

// --- focus: to what must be read first, and never lost by a swap ---
function focusFirst(root) {
  const first = root.matches?.("[data-focus]") ? root : root.querySelector?.("[data-focus]");
  first?.focus();
  return Boolean(first);
}

let focusedTarget = null;
document.addEventListener("htmx:before:swap", (event) => {
  const target = event.detail.ctx.target;
  focusedTarget = target?.contains?.(document.activeElement) ? target : null;
});
document.addEventListener("htmx:after:settle", (event) => {
  const { newContent = [] } = event.detail;
  const elements = newContent.filter((node) => node instanceof Element && node.isConnected);
  if (elements.some(focusFirst)) return;
  const lost = !document.activeElement || document.activeElement === document.body;
  const place = focusedTarget?.isConnected ? focusedTarget : elements[0];
  if (!focusedTarget || !lost || !place) return;
  if (!place.matches("a[href], button, input, select, textarea, [tabindex]")) place.tabIndex = -1;
  place.focus({ preventScroll: true });
});

// --- a text to copy: the button is there where it works; the text can be selected anyhow ---
for (const button of navigator.clipboard ? document.querySelectorAll("[data-copy]") : []) {
  const text = document.getElementById(button.dataset.copy);
  const said = document.getElementById(`${button.dataset.copy}-copied`);
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text.value);
    said.textContent = said.dataset.copied;
    said.classList.remove("visually-hidden");
  });
}

// --- what keeps itself up to date: not while nobody looks, and never under somebody's finger ---
const RESTS_AFTER = 600_000; // the sign-in of whoever went away ends as it would without this page
let lastTouch = Date.now();
for (const kind of ["pointerdown", "keydown", "wheel", "touchmove"]) {
  addEventListener(kind, () => (lastTouch = Date.now()), { passive: true });
}
document.addEventListener("htmx:before:request", (event) => {
  const { sourceElement } = event.detail.ctx;
  if (!sourceElement?.matches?.("[data-live]")) return;
  if (document.hidden || Date.now() - lastTouch > RESTS_AFTER) event.preventDefault();
});
document.addEventListener("htmx:before:swap", (event) => {
  const isLive = event.detail.ctx.sourceElement?.matches?.("[data-live]");
  for (const menu of document.querySelectorAll(".menu")) menu.toggleAttribute("hx-morph-skip", Boolean(isLive) && menu.open);
});

// --- the network ---
const connection = document.getElementById("connection");
let clearing;

function say(which, seconds) {
  clearTimeout(clearing);
  if (connection) connection.textContent = connection.dataset[which] ?? "";
  if (seconds) clearing = setTimeout(() => say(""), seconds * 1000);
}

addEventListener("offline", () => say("offline"));
addEventListener("online", () => say("online", 6));
document.addEventListener("htmx:error", (event) => {
  if (event.detail.ctx?.request.method !== "GET") say(navigator.onLine ? "failed" : "offline", 20);
});
if (!navigator.onLine) say("offline");

// --- printing needs the script, so its button appears with it ---
document.querySelectorAll("[data-print]").forEach((button) => (button.hidden = false));
document.addEventListener("click", (event) => closestTo(event, "[data-print]") && window.print());

focusFirst(document);
document.querySelectorAll("[data-select-all]").forEach(countSelected);
