// Builds what the page frame serves: `npm run build`. The results are not in git.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { compile } from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "../../node_modules");
const out = (name) => join(here, "static/look", name);

const sheet = compile(join(here, "scss/baixing.scss"), {
  style: "compressed",
  loadPaths: [modules],
  quietDeps: true,
  // Bootstrap 5.3 is still written with @import.
  silenceDeprecations: ["import", "global-builtin", "color-functions"],
});
writeFileSync(out("baixing.css"), sheet.css);
copyFileSync(join(modules, "htmx.org/dist/htmx.min.js"), out("htmx.min.js"));
mkdirSync(out("qr"), { recursive: true });
for (const name of ["index.js", "decode.js"]) copyFileSync(join(modules, "qr", name), out(`qr/${name}`));
writeFileSync(out("icons.svg"), sprite(JSON.parse(readFileSync(join(here, "icons.json"), "utf8"))));

// The type that certificates are set in: read when one is typeset, sent to no browser.
const type = join(here, "../hours/data/fonts");
mkdirSync(type, { recursive: true });
for (const file of ["400Regular/NotoSerifSC_400Regular.ttf", "700Bold/NotoSerifSC_700Bold.ttf", "LICENSE_FONT"]) {
  copyFileSync(join(modules, "@expo-google-fonts/noto-serif-sc", file), join(type, file.split("/").at(-1)));
}

/** One file of <symbol>s: our word for the icon -> the name of the drawing in bootstrap-icons. */
function sprite(names) {
  const symbols = Object.entries(names).map(([word, drawing]) => {
    const svg = readFileSync(join(modules, "bootstrap-icons/icons", `${drawing}.svg`), "utf8");
    const paths = svg.replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "");
    return `<symbol id="${word}" viewBox="0 0 16 16">${paths.replace(/\s*\n\s*/g, "")}</symbol>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`;
}
