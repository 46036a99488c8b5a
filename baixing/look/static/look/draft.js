// An order that is being typed is kept on this device until it has been sent, and is sent once.
// A draft: {at, page, action, fields: [[name, text]…], waiting}. It belongs to the person whose page it was typed on.
(() => {
  "use strict";
  const KEPT_FOR = 7 * 24 * 3600 * 1000; // the server knows the key of a form for far longer
  const PATIENCE = 30000, FIRST_PAUSE = 2000, LONGEST_PAUSE = 30000; // ms
  const PAGES = "kept "; // the caches of the service worker that hold pages of a person
  const UNSAID = new Set(["csrfmiddlewaretoken"]); // belongs to the visit, not to what was said
  const AWAY = new Set([0, 502, 503, 504]); // nobody of ours is there to answer
  const owner = document.body.dataset.owner || "";
  const prefix = `draft ${owner} `;
  let pause = FIRST_PAUSE, timer = 0, sending = false;

  // --- what is kept; a browser that keeps nothing sends forms as ever ---

  const all = () => { try { return Object.keys(localStorage).filter((name) => name.startsWith("draft ")); } catch { return []; } };
  const read = (name) => { try { return JSON.parse(localStorage.getItem(name)); } catch { return null; } };
  const drop = (name) => { try { localStorage.removeItem(name); } catch { /* nothing was kept */ } };
  const write = (name, draft) => {
    try { localStorage.setItem(name, JSON.stringify(draft)); return true; } catch { return false; }
  };
  const stale = (draft) => !draft || !(Date.now() - draft.at < KEPT_FOR);
  const mine = () => all().filter((name) => name.startsWith(prefix));
  const nameOf = (form) => prefix + form.getAttribute("action");
  const here = (name) => [...document.querySelectorAll("form[data-draft]")].find((form) => nameOf(form) === name);

  const said = (form) => [...new FormData(form)].filter(([name, text]) => !UNSAID.has(name) && typeof text === "string");
  const keep = (form, waiting) => {
    const draft = {
      at: Date.now(), page: location.pathname, action: form.getAttribute("action"), fields: said(form), waiting,
    };
    return write(nameOf(form), draft) ? draft : null;
  };

  // --- what is said about it ---

  const tell = (form, state) => {
    const line = form.querySelector("[data-draft-line]");
    if (!line) return;
    const words = line.querySelector("p");
    line.hidden = !state;
    line.classList.toggle("is-waiting", state === "waiting");
    if (state && words.textContent !== words.dataset[state]) words.textContent = words.dataset[state];
  };
  const note = () => {
    const box = document.querySelector("[data-unsent]");
    if (!box) return;
    const others = mine().filter((name) => !here(name)).map(read).filter(Boolean);
    const first = others.find((draft) => draft.waiting) || others[0];
    box.hidden = !first;
    if (first) box.querySelector("a").href = first.page;
  };

  // --- typing, and coming back ---

  const fill = (form, fields) => {
    for (const control of form.elements) {
      const texts = fields.filter(([name]) => name === control.name).map(([, text]) => text);
      if (UNSAID.has(control.name) || !control.name || control.type === "submit") continue;
      if (control.type === "checkbox" || control.type === "radio") control.checked = texts.includes(control.value);
      else if (texts.length) [control.value] = texts;
    }
  };
  const wake = (form) => {
    const draft = read(nameOf(form));
    if (!draft || form.querySelector(".field-bad, .error-summary")) return; // the server has just said what it got
    fill(form, draft.fields);
    tell(form, draft.waiting ? "waiting" : "back");
  };
  const typed = (event) => {
    const form = event.target.closest?.("form[data-draft]");
    if (form && keep(form, false)) tell(form, "kept");
  };
  const thrown = (event) => {
    const button = event.target.closest?.("[data-draft-drop]");
    if (!button) return;
    drop(nameOf(button.form));
    location.reload();
  };

  // --- sending ---

  const submitted = (event) => {
    const form = event.target;
    if (event.defaultPrevented || !form.matches("form[data-draft]") || !window.fetch || !keep(form, true)) return;
    event.preventDefault();
    send(nameOf(form));
  };
  const post = (draft, token) => {
    const body = new URLSearchParams(draft.fields);
    body.set("csrfmiddlewaretoken", token);
    const stop = new AbortController();
    setTimeout(() => stop.abort(), PATIENCE);
    return fetch(draft.action, {
      method: "POST", body, signal: stop.signal, redirect: "manual", referrer: draft.page, headers: { "Baixing-Script": "1" },
    });
  };
  const token = (root) => root.querySelector("[name=csrfmiddlewaretoken]")?.value || "";
  // The page may have been opened before its reader signed in anew: ask for one that is fresh, if it is still theirs.
  const freshToken = async (draft) => {
    const answer = await fetch(draft.page, { cache: "no-store" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return page.body.dataset.owner === owner ? token(page) : "";
  };
  const answered = async (draft) => {
    const answer = await post(draft, token(document));
    if (answer.status !== 403) return answer;
    const fresh = await freshToken(draft);
    return fresh ? post(draft, fresh) : answer;
  };
  const send = async (name) => {
    const draft = read(name);
    if (sending || !draft) return;
    sending = true;
    const form = here(name);
    if (form) tell(form, "busy");
    let answer = null;
    try { answer = await answered(draft); } catch { /* no network, or no answer: it waits */ }
    sending = false;
    if (form) { delete form.dataset.sentAt; form.removeAttribute("aria-busy"); }
    if (!answer || AWAY.has(answer.status)) later(name, form);
    else await ended(name, draft, answer);
  };
  const later = (name, form) => {
    if (form) tell(form, read(name)?.waiting ? "waiting" : "kept"); // somebody who goes on typing sends it themselves
    clearTimeout(timer);
    timer = setTimeout(again, pause);
    pause = Math.min(pause * 2, LONGEST_PAUSE);
  };
  const again = () => {
    const next = mine().find((name) => read(name)?.waiting);
    if (next) send(next);
  };
  const ended = async (name, draft, answer) => {
    const go = answer.headers.get("Baixing-Go");
    pause = FIRST_PAUSE;
    if (answer.status === 204) drop(name);
    if (go && here(name)) location.assign(go);
    else if (answer.status === 204) sent(go);
    else if (!go) await refused(name, draft, answer);
  };
  const sent = (go) => {
    const box = document.querySelector("[data-sent]");
    note();
    if (box) { box.hidden = false; box.querySelector("a").href = go; }
    again();
  };
  // The server says no: it waits for its writer, who sees why.
  const refused = async (name, draft, answer) => {
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const main = page.querySelector("main"), old = document.querySelector("main");
    const fields = main?.querySelector("form[data-draft]") ? draft.fields : draft.fields.filter(([key]) => key !== "key");
    write(name, { ...draft, fields, waiting: false });
    if (!here(name)) { note(); return; }
    document.title = page.title;
    if (!main) { tell(here(name), "kept"); return; }
    old.replaceWith(main);
    window.htmx?.process(main);
    main.dispatchEvent(new CustomEvent("htmx:afterSettle", { bubbles: true }));
    window.scrollTo(0, 0);
  };

  // --- pages kept for a time without a network ---

  const forgetOthers = async () => {
    if (!window.caches) return;
    const others = (await caches.keys()).filter((name) => name.startsWith(PAGES) && name !== PAGES + owner);
    await Promise.all(others.map((name) => caches.delete(name)));
  };
  const serve = async () => {
    if (!navigator.serviceWorker) return;
    const first = !navigator.serviceWorker.controller;
    await navigator.serviceWorker.register("/sw.js");
    const { active } = await navigator.serviceWorker.ready;
    if (first) active.postMessage({ keep: location.pathname });
  };
  const listKept = async (box) => {
    for (const name of window.caches ? await caches.keys() : []) {
      if (!name.startsWith(PAGES)) continue;
      const cache = await caches.open(name);
      for (const request of await cache.keys()) box.querySelector("ul").append(await rowOf(cache, request));
    }
    box.hidden = !box.querySelector("li");
  };
  const rowOf = async (cache, request) => {
    const page = new DOMParser().parseFromString(await (await cache.match(request)).text(), "text/html");
    const row = document.createElement("li"), link = document.createElement("a");
    link.className = "row-link";
    link.href = new URL(request.url).pathname;
    link.textContent = page.querySelector("h1")?.textContent.trim() || page.title;
    row.append(link);
    return row;
  };

  // Signing out leaves nothing behind, also where the browser does not know how to clear a site.
  const leaving = (event) => {
    if (event.target.getAttribute("action") !== "/out/") return;
    all().forEach(drop);
    if (window.caches) caches.keys().then((names) => names.forEach((name) => caches.delete(name)));
  };

  const start = () => {
    const list = document.querySelector("[data-kept-list]");
    if (list) listKept(list);
    if (!owner) return;
    all().filter((name) => stale(read(name))).forEach(drop);
    document.querySelectorAll("form[data-draft]").forEach(wake);
    document.addEventListener("input", typed);
    document.addEventListener("click", thrown);
    document.addEventListener("submit", submitted);
    document.addEventListener("submit", leaving, true);
    window.addEventListener("online", again);
    document.addEventListener("visibilitychange", () => { if (!document.hidden) again(); });
    note();
    forgetOthers().catch(() => {});
    serve().catch(() => {}); // no service worker here: pages need the network, drafts do not
    again();
  };
  start();
})();
