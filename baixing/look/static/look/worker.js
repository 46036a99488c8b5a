// Without a network: the shell of every page, the pages this person may keep, and words for all others.
(() => {
  "use strict";
  const { shell } = self;
  const SHELL = `shell ${shell.files.join(" ")}`, PAGES = "kept ";
  const AT_MOST = 8, KEPT_FOR = 7 * 24 * 3600 * 1000;

  const install = async () => {
    const cache = await caches.open(SHELL);
    await cache.addAll([...shell.files, shell.offline]);
    await self.skipWaiting();
  };
  const activate = async () => {
    const old = (await caches.keys()).filter((name) => name.startsWith("shell ") && name !== SHELL);
    await Promise.all(old.map((name) => caches.delete(name)));
    await self.clients.claim();
  };
  self.addEventListener("install", (event) => event.waitUntil(install()));
  self.addEventListener("activate", (event) => event.waitUntil(activate()));

  // A page that the server lets its reader keep. The oldest make room.
  const keep = async (path, answer) => {
    const owner = answer.headers.get("Baixing-Keep");
    if (!owner || !answer.ok || answer.redirected) return;
    const cache = await caches.open(PAGES + owner);
    await cache.delete(path);
    await cache.put(path, answer);
    const paths = await cache.keys();
    await Promise.all(paths.slice(0, Math.max(0, paths.length - AT_MOST)).map((one) => cache.delete(one)));
  };
  const kept = async (path) => {
    for (const name of (await caches.keys()).filter((one) => one.startsWith(PAGES))) {
      const answer = await (await caches.open(name)).match(path);
      const at = Date.parse(answer?.headers.get("Date") || "");
      if (answer && !(Date.now() - at > KEPT_FOR)) return answer;
    }
    return null;
  };

  const page = async (event, path) => {
    try {
      const answer = await fetch(event.request);
      event.waitUntil(keep(path, answer.clone()));
      return answer;
    } catch {
      return (await kept(path)) || (await caches.match(shell.offline)) || Response.error();
    }
  };
  const file = async (request) => (await caches.match(request)) || fetch(request);
  // Letters, colours or language were changed: the page without a network changes with them.
  const redraw = async (request) => {
    const answer = await fetch(request);
    await (await caches.open(SHELL)).add(shell.offline);
    return answer;
  };

  self.addEventListener("fetch", (event) => {
    const { request } = event, { origin, pathname } = new URL(request.url);
    if (origin !== self.location.origin) return;
    if (request.method === "POST" && shell.switches.includes(pathname)) event.respondWith(redraw(request));
    else if (request.method !== "GET") return;
    else if (request.mode === "navigate") event.respondWith(page(event, pathname));
    else if (shell.files.includes(pathname)) event.respondWith(file(request));
  });
  // The page from which the worker was first set up was loaded before there was one.
  self.addEventListener("message", (event) => {
    const path = event.data?.keep;
    if (typeof path === "string" && path.startsWith("/")) event.waitUntil(fetch(path).then((answer) => keep(path, answer)));
  });
})();
