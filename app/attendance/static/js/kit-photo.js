// The photo of a signed sheet: made small here, shown as it is saved, then sealed.
import { facts } from "./kit-home.js";
import { sites } from "./kit-forms.js";
import { save } from "./kit-save.js";
import { doing, fill, notice, say, slot } from "./kit-words.js";

const MOST_BYTES = 200_000;
const SIDES = [1600, 1400, 1200, 1000, 800];
const QUALITIES = [0.75, 0.6, 0.45];

export function photo(sheet) {
  const screen = fill("t-photo", { ...facts(sheet), sheet: `#sheet/${sheet.meeting}` });
  const form = doing(screen, "photo");
  const [canvas, keep] = [form.querySelector("canvas"), slot(form, "save")];
  let small = null;
  sites(form.elements.site, sheet);
  form.querySelector("#picture").addEventListener("change", async ({ target }) => {
    small = target.files[0] ? await shrink(target.files[0], canvas).catch(() => null) : null;
    canvas.hidden = keep.hidden = !small;
    notice(small || !target.files[0] ? "" : say("bad-photo"), "harm");
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!small) return;
    const jpeg = new Uint8Array(await small.arrayBuffer());
    const site = Number(form.elements.site.value) || null;
    if (!(await save([{ kind: "p", sheet, who: site, value: null, jpeg, label: say("photo") }]))) return;
    notice(say("saved.photo", { size: Math.ceil(jpeg.length / 1000) }), "need");
    form.reset();
    canvas.hidden = keep.hidden = true;
    small = null;
  });
  return { screen };
}

// The largest picture that is small enough; nothing of the file but what is seen - no place, no camera - goes along.
async function shrink(file, canvas) {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  let best = null;
  for (const side of SIDES) {
    const scale = Math.min(1, side / Math.max(picture.width, picture.height));
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    for (const quality of QUALITIES) {
      best = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", quality));
      if (best.size <= MOST_BYTES) return best;
    }
  }
  return best;
}
