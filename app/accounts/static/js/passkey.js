// Passkeys. A form with data-passkey="create" or "get" asks its data-question for options, lets the browser's passkey
// answer, and sends the answer as an ordinary form. Without script, or without passkeys, the form stays hidden.
const isAble = Boolean(window.PublicKeyCredential?.parseCreationOptionsFromJSON);

async function answer(form) {
  const reply = await fetch(form.dataset.question, { method: "POST", headers: { Accept: "application/json" } });
  if (!reply.ok) throw new Error(`status ${reply.status}`);
  const options = await reply.json();
  const made = form.dataset.passkey === "create"
    ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
    : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
  return JSON.stringify(made.toJSON());
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.hidden = !isAble;
  const note = form.querySelector("[data-passkey-failed]");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    note.textContent = "";
    answer(form).then((credential) => {
      form.elements.credential.value = credential;
      form.submit(); // goes past this listener
    }, () => {
      note.textContent = note.dataset.passkeyFailed;
      delete form.dataset.busy; // it may be sent again
    });
  });
}
