// A form that asks the device for a passkey before it is sent. Without it the page shows the other ways.
(() => {
  "use strict";
  const form = document.querySelector("form[data-passkey]");
  const numbers = /^[\d.]+$|:/; // passkeys belong to names
  if (!form || !window.PublicKeyCredential || !window.isSecureContext || numbers.test(location.hostname)) return;
  const fault = form.querySelector("[data-passkey-fault]");
  form.hidden = false;
  document.querySelector("[data-passkey-unable]")?.remove();

  const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

  // What the server asks comes as JSON; the device wants bytes.
  const asked = () => {
    const options = JSON.parse(form.dataset.options).publicKey;
    options.challenge = bytes(options.challenge);
    if (options.user) options.user.id = bytes(options.user.id);
    for (const list of [options.excludeCredentials, options.allowCredentials]) {
      list?.forEach((one) => { one.id = bytes(one.id); });
    }
    return options;
  };
  // And the other way round.
  const answered = (key) => {
    const response = {};
    for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (key.response[part]) response[part] = text(key.response[part]);
    }
    return JSON.stringify({
      id: key.id, rawId: text(key.rawId), type: key.type, response, clientExtensionResults: {},
    });
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    fault.hidden = true;
    try {
      const key = await navigator.credentials[form.dataset.passkey]({ publicKey: asked() });
      form.elements.answer.value = answered(key);
      HTMLFormElement.prototype.submit.call(form);
    } catch {
      fault.hidden = false;
      delete form.dataset.sentAt; // it may be tried again at once
      form.removeAttribute("aria-busy");
    }
  });
})();
