// The leader's camera reads the code of a sign-up. Without a camera the code is typed: the form is there all the time.
import decodeQR from "../look/qr/decode.js";

const PAUSE = 200, WIDTH = 640; // ms between two looks, px that are looked at
const CODE = /[0-9a-f]{16}/;
const AWAY = 10; // looks without a code, after which whoever was taken last has gone
const box = document.querySelector("[data-scan]"), form = document.querySelector("[data-scan-form]");
const video = box.querySelector("video"), words = box.querySelector("[data-scan-words]");
const start = box.querySelector("[data-scan-start]"), canvas = document.createElement("canvas");
const native = "BarcodeDetector" in window ? new window.BarcodeDetector({ formats: ["qr_code"] }) : null;
let stream = null, away = 0;
let last = sessionStorage.getItem("scanned"); // they may hold their code up still when the page is back

const read = async () => {
  if (native) return (await native.detect(video))[0]?.rawValue || "";
  canvas.width = WIDTH;
  canvas.height = Math.round((WIDTH * video.videoHeight) / video.videoWidth);
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  pen.drawImage(video, 0, 0, canvas.width, canvas.height);
  try { return decodeQR(pen.getImageData(0, 0, canvas.width, canvas.height)); } catch { return ""; } // none in the picture
};
const look = async () => {
  if (!stream) return;
  const found = video.videoWidth ? CODE.exec(await read().catch(() => "")) : null;
  if (found && found[0] !== last) return send(found[0]);
  away = found ? 0 : away + 1;
  if (away >= AWAY) last = null;
  setTimeout(look, PAUSE);
};
const send = (code) => {
  stop();
  words.textContent = words.dataset.found;
  form.elements.code.value = code;
  sessionStorage.setItem("scanned", code);
  form.requestSubmit();
};
const stop = () => {
  stream?.getTracks().forEach((track) => track.stop());
  stream = null;
};
const open = async () => {
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  } catch {
    words.textContent = words.dataset.none;
    return;
  }
  start.hidden = true;
  video.hidden = false;
  video.srcObject = stream;
  await video.play();
  words.textContent = words.dataset.ready;
  look();
};

if (navigator.mediaDevices?.getUserMedia) {
  box.hidden = false;
  start.addEventListener("click", open);
  window.addEventListener("pagehide", stop);
  // allowed before: the next one is read without another tap
  navigator.permissions?.query({ name: "camera" }).then((now) => { if (now.state === "granted") open(); }).catch(() => {});
}
