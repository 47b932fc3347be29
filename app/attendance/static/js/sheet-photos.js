// Makes photos of signed sheets smaller on the phone before they are sent. Without it they go as they are.
const LONGEST = 2000; // pixels: every signature is still readable
const QUALITY = 0.8;
const SMALL = 400_000; // bytes: not worth the work

const shrunk = async (file) => {
  if (file.size <= SMALL) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
    return blob && blob.size < file.size ? new File([blob], "sheet.jpg", { type: "image/jpeg" }) : file;
  } catch {
    return file; // the server says what is wrong with it
  }
};

for (const form of document.querySelectorAll("form[data-shrink]")) {
  const field = form.querySelector("input[type=file]");
  const said = form.querySelector("[data-shrinking]");
  let work = null;
  field.addEventListener("change", () => {
    const chosen = [...field.files];
    work = null; // of what was chosen before
    said.hidden = !chosen.some((file) => file.size > SMALL);
    if (said.hidden) return;
    const mine = (work = (async () => {
      const files = new DataTransfer();
      for (const file of chosen) files.items.add(await shrunk(file)); // one after the other: a phone has little memory
      if (work !== mine) return; // others were chosen meanwhile
      field.files = files.files;
      said.hidden = true;
      work = null;
    })());
  });
  form.addEventListener("submit", async (event) => {
    if (!work) return;
    event.preventDefault();
    const button = event.submitter;
    while (work) await work;
    delete form.dataset.busy; // it was not sent yet
    form.requestSubmit(button);
  });
}
