// A screen that stands at the door does not go dark. A browser that cannot do it goes on as ever.
(() => {
  "use strict";
  const hold = async () => {
    if (document.hidden || !navigator.wakeLock) return;
    try { await navigator.wakeLock.request("screen"); } catch { /* the battery is low, or it is not allowed */ }
  };
  document.addEventListener("visibilitychange", hold);
  hold();
})();
