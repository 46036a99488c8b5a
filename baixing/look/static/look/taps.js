// A list that is tapped without a network. Each tap is kept with its time and a nonce, and goes until it is answered.
// It is kept like a draft ("draft OWNER ADDRESS"), so that signing out, a week, and other pages treat it like one.
(() => {
  "use strict";
  const form = document.querySelector("form[data-taps]");
  const owner = document.body.dataset.owner || "";
  if (!form || !owner || !window.fetch) return;
  const PATIENCE = 30000, PAUSE = 20000; // ms
  const address = form.dataset.taps, name = `draft ${owner} ${address}`;
  const line = form.querySelector("[data-taps-line]");
  let sending = false, note = "";

  const read = () => { try { return JSON.parse(localStorage.getItem(name))?.taps || []; } catch { return []; } };
  const write = (taps) => {
    const kept = { at: Date.now(), page: location.pathname, action: address, fields: [], waiting: false, taps };
    try {
      if (taps.length) localStorage.setItem(name, JSON.stringify(kept));
      else localStorage.removeItem(name);
      return true;
    } catch { return false; }
  };
  const nonce = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  };
  const rowOf = (signup) => document.querySelector(`[data-signup="${Number(signup)}"]`);

  // --- what stands on the page ---

  const show = () => {
    const taps = read(), late = Date.now() > Date.parse(form.dataset.end);
    const words = taps.length ? `${form.dataset.waiting} ${taps.length}` : form.dataset.empty;
    const text = [words, note, taps.length && late ? form.dataset.late : ""].filter(Boolean).join(" ");
    if (line.textContent !== text) line.textContent = text;
    document.querySelectorAll("[data-signup]").forEach((row) => draw(row, taps));
    if (noting) taps.filter((tap) => tap.verb === "new").forEach((tap) => showNote(tap, noting.dataset.noted));
  };
  const draw = (row, taps) => {
    const last = taps.filter((tap) => String(tap.signup) === row.dataset.signup).at(-1)?.verb;
    const state = { in: "checked_in", out: "attended" }[last] || row.dataset.state;
    row.querySelector('[data-tap="in"]').hidden = !["confirmed", "held"].includes(state);
    row.querySelector('[data-tap="out"]').hidden = state !== "checked_in";
    row.querySelectorAll("[data-tap]").forEach((button) => { button.disabled = false; });
    row.classList.toggle("is-waiting", Boolean(last));
  };
  // --- who came unasked: noted like a tap, and shown below the form with what became of it ---

  const noting = document.querySelector("form[data-walk-in]"), notes = document.querySelector("[data-walk-ins]");
  const noteRow = (tap) => {
    let row = notes.querySelector(`[data-nonce="${tap.nonce}"]`);
    if (!row) {
      row = notes.appendChild(Object.assign(document.createElement("li"), { className: "row-plain" }));
      row.dataset.nonce = tap.nonce;
    }
    return row;
  };
  const showNote = (tap, words) => { if (notes) noteRow(tap).textContent = `${tap.name} · ${words}`; };
  const noted = (event) => {
    event.preventDefault();
    const said = new FormData(noting), at = new Date();
    const tap = {
      nonce: nonce(), verb: "new", name: said.get("name").trim(), phone: said.get("phone"),
      heads: Number(said.get("headcount")), role: Number(said.get("role")), at: at.toISOString(),
    };
    if (!tap.name || !write([...read(), tap])) return;
    noting.reset();
    noting.querySelector("[name=name]").focus();
    show();
    send();
  };

  const tell = (row, words) => { row.querySelector("[data-tap-words]").textContent = words; };

  // --- tapping ---

  const tapped = (event) => {
    const button = event.target.closest?.("[data-tap]");
    if (!button) return;
    const row = button.closest("[data-signup]"), verb = button.dataset.tap, at = new Date();
    const kept = write([...read(), { nonce: nonce(), signup: Number(row.dataset.signup), verb, at: at.toISOString() }]);
    if (!kept) return; // a browser that keeps nothing: the list says no such thing
    tell(row, `${at.toTimeString().slice(0, 5)} ✓`);
    show();
    row.querySelector("[data-tap]:not([hidden])")?.focus();
    send();
  };

  // --- sending ---

  const token = (root) => root.querySelector("[name=csrfmiddlewaretoken]")?.value || "";
  const post = (taps, csrf) => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), PATIENCE);
    const body = new URLSearchParams({
      csrfmiddlewaretoken: csrf, clock: new Date().toISOString(), taps: JSON.stringify(taps),
    });
    return fetch(address, {
      method: "POST", body, signal: stop.signal, redirect: "manual", headers: { "Baixing-Script": "1" },
    });
  };
  // The page may have been opened before its reader signed in anew: ask for a token that is fresh, if it is still theirs.
  const freshToken = async () => {
    const answer = await fetch(location.pathname, { cache: "no-store" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return page.body.dataset.owner === owner ? token(page) : "";
  };
  const answered = async (taps) => {
    const answer = await post(taps, token(form));
    if (answer.status !== 403) return answer;
    const fresh = await freshToken();
    return fresh ? post(taps, fresh) : answer;
  };
  const send = async () => {
    const taps = read();
    if (sending || !taps.length) return;
    sending = true;
    try {
      await heard(await answered(taps));
    } catch { note = form.dataset.away; /* it stays until it is answered */ }
    sending = false;
    show();
    if (read().some((tap) => !taps.some((sent) => sent.nonce === tap.nonce))) send(); // tapped meanwhile
  };
  const heard = async (answer) => {
    if (answer.status === 401) { note = form.dataset.door; return; }
    if (!answer.ok) { note = form.dataset.away; return; }
    const { answers } = await answer.json(), told = new Map(answers.map((one) => [one.nonce, one]));
    note = "";
    read().filter((tap) => told.has(tap.nonce)).forEach((tap) => settle(tap, told.get(tap.nonce)));
    write(read().filter((tap) => !told.has(tap.nonce)));
  };
  const settle = (tap, answer) => {
    if (tap.verb === "new") { showNote(tap, answer.words || noting?.dataset.taken || ""); return; }
    const row = rowOf(tap.signup);
    if (!row) return;
    if (answer.taken) row.dataset.state = tap.verb === "in" ? "checked_in" : "attended";
    if (answer.words || !answer.taken) tell(row, answer.words);
  };

  form.hidden = false;
  form.addEventListener("submit", (event) => { event.preventDefault(); send(); });
  document.addEventListener("click", tapped);
  noting?.addEventListener("submit", noted);
  if (noting) noting.closest("details").hidden = false;
  window.addEventListener("online", send);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) send(); });
  setInterval(send, PAUSE);
  show();
  send();
})();
