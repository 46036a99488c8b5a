// What is wrong with the page that is shown, in words; the tests put this together with axe and run it in Chromium.
(() => {
  "use strict";
  const TAPPED = "a[href], button, input:not([type=hidden]), select, textarea, summary, label.choice, label.check";
  const WITHIN = "label.choice, label.check"; // what is tapped is the whole label
  let scope = document;
  const SLACK = 0.5; // px, of rounding
  const seen = (one) => one.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })
    && one.getBoundingClientRect().width > 1;
  const nameOf = (one) => `${one.tagName.toLowerCase()}.${[...one.classList].join(".")} "${one.textContent.trim().slice(0, 20)}"`;
  const inSentence = (one) => {
    if (one.tagName !== "A" || getComputedStyle(one).display !== "inline") return false;
    const around = one.parentElement.textContent.trim();
    return around !== one.textContent.trim(); // WCAG 2.5.8, "inline"
  };
  const tapped = () => [...scope.querySelectorAll(TAPPED)]
    .filter((one) => seen(one) && !one.matches(".skip") && !inSentence(one))
    .filter((one) => !(one.matches("input") && one.closest(WITHIN)));
  const small = (least) => tapped().filter((one) => {
    const box = one.getBoundingClientRect();
    return Math.min(box.height, box.width) < least - SLACK;
  }).map((one) => {
    const box = one.getBoundingClientRect();
    return `${nameOf(one)} is ${Math.round(box.width)} × ${Math.round(box.height)}, less than ${least}`;
  });
  const wide = () => {
    const over = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    return over > 0 ? [`${over} px too wide at ${innerWidth}`] : [];
  };
  const texts = () => {
    const walker = document.createTreeWalker(document.querySelector("main") || document.body, NodeFilter.SHOW_TEXT);
    const found = new Set();
    while (walker.nextNode()) {
      const { parentElement, data } = walker.currentNode;
      if (data.trim() && seen(parentElement)) found.add(parentElement);
    }
    return [...found];
  };
  const letters = (least, dense) => texts().flatMap((one) => {
    const style = getComputedStyle(one), size = parseFloat(style.fontSize), height = parseFloat(style.lineHeight);
    const faults = [];
    if (size < least - 0.05) faults.push(`${nameOf(one)} has letters of ${size} px, less than ${least}`);
    if (one.textContent.trim().length > 0 && !one.closest("button, .status, .badge-count") && height / size < dense - 0.005) {
      faults.push(`${nameOf(one)} has lines of ${(height / size).toFixed(2)}, less than ${dense}`);
    }
    return faults;
  });
  const number = (value) => value.match(/[\d.]+/g).map(Number);
  const light = (colour) => number(colour).slice(0, 3).map((part) => part / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
  const contrast = (one, other) => {
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const ground = (one) => {
    for (let at = one.parentElement; at; at = at.parentElement) {
      const { backgroundColor } = getComputedStyle(at);
      if ((number(backgroundColor)[3] ?? 1) > 0.5) return backgroundColor;
    }
    return "rgb(255, 255, 255)";
  };
  // WCAG 2.4.7, 2.4.11 and 2.4.13: a ring of 2 px and 3:1 round what has the focus, and nothing stands over it.
  const focus = () => [...scope.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")]
    .filter((one) => seen(one) && !one.disabled).flatMap((one) => {
      one.blur(); // or a page that grew narrow is not scrolled to what has the focus already
      one.focus();
      if (document.activeElement !== one) return [`${nameOf(one)} cannot have the focus`];
      const ringed = one.closest(".choice:focus-within") && !parseFloat(getComputedStyle(one).outlineWidth) ? one.closest(".choice") : one;
      const style = getComputedStyle(ringed), faults = [];
      if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) faults.push(`${nameOf(one)} shows no ring`);
      else if (contrast(style.outlineColor, ground(ringed)) < 3) faults.push(`${nameOf(one)} has a faint ring`);
      const box = one.getBoundingClientRect();
      const spots = [[0.5, 0.5], [0.05, 0.1], [0.95, 0.9]].map(([x, y]) => [box.x + box.width * x, box.y + box.height * y]);
      const clear = spots.some(([x, y]) => {
        const top = document.elementFromPoint(x, y);
        return top && (one.contains(top) || top.contains(one));
      });
      if (!clear) faults.push(`${nameOf(one)} is hidden when it has the focus`);
      return faults;
    });
  const structure = () => {
    const faults = [], ids = [...document.querySelectorAll("[id]")].map((one) => one.id);
    const double = ids.filter((id, at) => ids.indexOf(id) !== at);
    if (double.length) faults.push(`ids twice: ${[...new Set(double)].join(" ")}`);
    if (document.querySelectorAll("h1").length !== 1) faults.push("has not one h1");
    if (!document.documentElement.lang) faults.push("says no language");
    const levels = [...document.querySelectorAll("h1, h2, h3, h4")].filter(seen).map((one) => Number(one.tagName[1]));
    levels.forEach((level, at) => { if (at && level > levels[at - 1] + 1) faults.push(`h${level} follows h${levels[at - 1]}`); });
    const first = document.querySelector("a[href], button, input:not([type=hidden])");
    if (document.querySelector("nav") && !first.matches(".skip[href='#main']")) faults.push("does not begin with the way past the head");
    if (document.querySelector(".site-foot") && !document.querySelector(".site-foot-in > .foot-help:first-child")) faults.push("no help where all pages have it");
    if (document.querySelectorAll("main").length !== 1) faults.push("has not one main");
    return faults;
  };
  const axe = async (rules) => {
    const found = await window.axe.run(scope, { resultTypes: ["violations"], ...rules });
    return found.violations.map((one) => `axe ${one.id}: ${one.nodes.map((node) => node.target.join(" ")).slice(0, 3).join(", ")}`);
  };
  // The whole page, or what stands inside the frame.
  const at = (whole) => { scope = whole ? document : document.querySelector("main"); };
  window.looks = { at, small, wide, letters, focus, structure, axe };
})();
