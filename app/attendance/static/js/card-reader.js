// The camera reads personal cards, where the browser can. What it reads goes the way of what is typed: the same form.
const reader = document.querySelector("[data-reader]");
const form = document.querySelector("[data-reader-form]");
const AGAIN = 4000; // milliseconds until the same card is read once more
const PAUSE = 250;

async function detector() {
  if (!("BarcodeDetector" in window) || !navigator.mediaDevices?.getUserMedia) return null;
  const formats = await BarcodeDetector.getSupportedFormats();
  return formats.includes("qr_code") ? new BarcodeDetector({ formats: ["qr_code"] }) : null;
}

function send(text) {
  form.elements.card.value = text;
  form.requestSubmit();
  navigator.vibrate?.(60);
}

async function watch(eye, picture) {
  const last = { text: "", at: 0 };
  while (picture.srcObject?.active) {
    const [found] = await eye.detect(picture).catch(() => []);
    const text = found?.rawValue;
    if (text && !(text === last.text && Date.now() - last.at < AGAIN)) {
      Object.assign(last, { text, at: Date.now() });
      send(text);
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
}

async function start(eye) {
  const picture = reader.querySelector("[data-reader-picture]");
  const failed = reader.querySelector("[data-reader-failed]");
  try {
    picture.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  } catch {
    failed.textContent = failed.dataset.readerFailed;
    return;
  }
  failed.textContent = "";
  picture.hidden = false;
  reader.querySelector("[data-reader-start]").hidden = true;
  await picture.play();
  watch(eye, picture);
}

if (reader && form) {
  const eye = await detector();
  if (eye) {
    reader.hidden = false;
    reader.querySelector("[data-reader-start]").addEventListener("click", () => start(eye));
  }
  // The field is empty again for the next card as soon as this one is on its way.
  form.addEventListener("htmx:after:request", () => (form.elements.card.value = ""));
}
