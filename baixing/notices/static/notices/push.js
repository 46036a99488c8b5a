// The button that has this browser told. Without script, or where the browser cannot, it is not there.
(() => {
  "use strict";
  const root = document.querySelector("[data-push-key]");
  const form = root?.querySelector("form");
  if (!form) return;
  const can = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
  const show = (name) => { for (const part of root.querySelectorAll("[data-push]")) part.hidden = part.dataset.push !== name; };

  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const same = (one, other) => one.length === other.length && one.every((byte, at) => byte === other[at]);

  const ours = async () => {
    const worker = await navigator.serviceWorker.register("/sw.js");
    await navigator.serviceWorker.ready;
    return worker.pushManager;
  };

  // Under another key than ours (the city has changed it) the old subscription is of no use.
  const subscribe = async () => {
    const manager = await ours();
    const key = bytes(root.dataset.pushKey);
    const old = await manager.getSubscription();
    const fits = old && (!old.options?.applicationServerKey || same(new Uint8Array(old.options.applicationServerKey), key));
    if (old && !fits) await old.unsubscribe();
    return fits ? old : manager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    show("wait");
    try {
      const made = await subscribe();
      form.elements.endpoint.value = made.endpoint;
      form.elements.p256dh.value = text(made.getKey("p256dh"));
      form.elements.auth.value = text(made.getKey("auth"));
      form.submit();
    } catch {
      show(Notification.permission === "denied" ? "denied" : "failed");
    }
  });

  const begin = async () => {
    if (!can) return show("cannot");
    if (Notification.permission === "denied") return show("denied");
    return show("ask");
  };
  begin();
})();
