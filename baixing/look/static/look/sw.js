// The service worker, served at /sw.js so that it covers every page. It shows what the city pushes to this browser.
"use strict";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

// A push: {title, text, link, key, from, until}. What can wait makes no sound in the hours from..until ("22:00").
self.addEventListener("push", (event) => {
  const told = said(event);
  event.waitUntil(self.registration.showNotification(told.title || "百姓之家", {
    body: told.text || "",
    tag: told.key, // the same key again replaces what is shown and makes no second sound
    renotify: false,
    silent: hushed(told, new Date()),
    icon: "/static/look/mark.svg",
    lang: told.lang || "zh-CN",
    data: { link: told.link || "/notices/" },
  }));
});

const said = (event) => {
  try { return event.data ? event.data.json() : {}; } catch { return {}; }
};

const hushed = ({ from, until }, at) => {
  if (!from || !until) return false;
  const clock = `${String(at.getHours()).padStart(2, "0")}:${String(at.getMinutes()).padStart(2, "0")}`;
  return from < until ? from <= clock && clock < until : from <= clock || clock < until;
};

// A tap on it: to the page it is about, in a window that is open already where there is one. Never to another site.
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const goal = new URL(event.notification.data.link, self.location.origin);
  if (goal.origin !== self.location.origin) return;
  event.waitUntil((async () => {
    const open = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
    const here = open.find((page) => page.url === goal.href);
    if (here) return here.focus();
    return self.clients.openWindow(goal.href);
  })());
});
