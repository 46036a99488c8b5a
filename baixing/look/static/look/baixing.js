// Small kindnesses on top of pages that work without any of this.
(() => {
  "use strict";
  const AGAIN = 4000; // a form sent twice within this time is one form; after it a second try is a real one

  // Words that stand on the page as well are spoken only.
  const say = (words, standing = false) => {
    const box = document.getElementById("say");
    if (!box || !words) return;
    box.classList.toggle("visually-hidden", standing);
    box.textContent = words;
    setTimeout(() => { if (box.textContent === words) box.textContent = ""; }, 6000);
  };

  // One tap, one deed.
  const guard = (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    const last = Number(form.dataset.sentAt || 0);
    if (Date.now() - last < AGAIN) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    form.dataset.sentAt = String(Date.now());
    form.setAttribute("aria-busy", "true");
    setTimeout(() => release(form), AGAIN);
  };
  const release = (form) => {
    delete form.dataset.sentAt;
    form.removeAttribute("aria-busy");
  };
  document.addEventListener("submit", guard, true);
  // Back to a page that the browser kept: its forms may be sent again.
  window.addEventListener("pageshow", () => document.querySelectorAll("form[aria-busy]").forEach(release));

  // After a part of the page was changed: focus what must be read, say it, and show how the thing stands now.
  const settle = (root) => {
    const first = root.querySelector?.("[data-focus]");
    if (first) first.focus();
    const words = root.querySelector?.("[data-say]") || (root.matches?.("[data-say]") ? root : null);
    if (!words) return;
    if (!first && !words.dataset.say && !isSeen(words)) words.scrollIntoView({ block: "center" });
    say(words.dataset.say || words.textContent.trim(), true);
  };
  const isSeen = (element) => {
    const place = element.getBoundingClientRect();
    return place.top >= 0 && place.bottom <= window.innerHeight;
  };
  document.addEventListener("htmx:afterSettle", (event) => settle(event.target));
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.detail.elt.closest?.("form");
    if (form) release(form);
  });
  // An answer that says no is a page in words: show it like any other.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.xhr.status >= 400 && event.detail.xhr.responseText) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
  });
  document.addEventListener("htmx:sendError", () => say(document.body.dataset.offline));
  document.addEventListener("DOMContentLoaded", () => settle(document));

  // j, k and Enter walk a list; / goes to the search box.
  const busy = (target) => target.closest("input, textarea, select, [contenteditable]");
  const stops = (list) => [...list.querySelectorAll("a.row-link, tbody tr a:first-of-type, [data-key-stop]")]
    .filter((link, index, all) => all.findIndex((other) => rowOf(other) === rowOf(link)) === index);
  const rowOf = (link) => link.closest("tr, li") || link;
  const walk = (list, step) => {
    const links = stops(list);
    const at = links.findIndex((link) => rowOf(link).hasAttribute("data-at") || link === document.activeElement);
    const next = links[Math.min(Math.max(at + step, 0), links.length - 1)];
    if (!next) return;
    links.forEach((link) => rowOf(link).removeAttribute("data-at"));
    rowOf(next).setAttribute("data-at", "");
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || busy(event.target)) return;
    const list = document.querySelector("[data-keys]");
    if (event.key === "/" && document.querySelector("[data-search]")) {
      event.preventDefault();
      document.querySelector("[data-search]").focus();
    } else if (list && (event.key === "j" || event.key === "k")) {
      event.preventDefault();
      walk(list, event.key === "j" ? 1 : -1);
    }
  });

  // Copy a number, print a page.
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy], [data-print]");
    if (!button) return;
    if (button.hasAttribute("data-print")) { window.print(); return; }
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      say(button.dataset.done);
    } catch { /* the number is on the page: it can be copied by hand */ }
  });
})();
