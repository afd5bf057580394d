// Passkeys: ask the server what to sign, have the device sign it, send the answer with the form.

const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));

const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

const listed = (keys) => (keys ?? []).map((key) => ({ ...key, id: bytes(key.id) }));

/** The options as the browser wants them: ids and challenge as bytes. */
const understood = (asked) => ({
  ...asked,
  challenge: bytes(asked.challenge),
  ...(asked.user && { user: { ...asked.user, id: bytes(asked.user.id) } }),
  ...(asked.allowCredentials && { allowCredentials: listed(asked.allowCredentials) }),
  ...(asked.excludeCredentials && { excludeCredentials: listed(asked.excludeCredentials) }),
});

/** What the device has said, as JSON. */
const said = (credential) => ({
  id: credential.id,
  rawId: text(credential.rawId),
  type: credential.type,
  clientExtensionResults: {},
  response: Object.fromEntries(
    ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]
      .filter((name) => credential.response[name])
      .map((name) => [name, text(credential.response[name])]),
  ),
});

async function answer(form) {
  const headers = { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value, Accept: "application/json" };
  const response = await fetch(form.dataset.passkey, { method: "POST", headers, redirect: "manual" });
  if (response.type === "opaqueredirect") {
    form.elements.answer.value = "";
    return true; // the server asks for a proof first: sending the form leads there
  }
  const publicKey = understood((await response.json()).publicKey);
  const making = "making" in form.dataset;
  const made = making
    ? await navigator.credentials.create({ publicKey })
    : await navigator.credentials.get({ publicKey });
  form.elements.answer.value = JSON.stringify(said(made));
  return true;
}

if (window.PublicKeyCredential) {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      form.querySelector("[data-passkey-says]").textContent = "";
      try {
        await answer(form);
        form.submit();
      } catch {
        form.querySelector("[data-passkey-says]").textContent = form.dataset.failed;
      }
    });
  }
}
