// Builds static/dist: one stylesheet, three scripts, the fonts, the icon
// sprite and the favicon, each under a name that carries a hash of its
// content, so that browsers may keep them for ever. manifest.json maps the
// plain names to the hashed ones. Text is also stored as .gz and .br, because
// compressing once here costs nothing when a page is served. What the build
// before made stays beside it (former.mjs).
//
//     npm ci --ignore-scripts && node static/build.mjs

import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import * as esbuild from "esbuild";
import * as sass from "sass";
import { keepFormer } from "./former.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const source = join(here, "src");
const target = join(here, "dist");
const staging = join(here, `dist.${process.pid}`);
const modules = join(here, "..", "node_modules");
const fonts = join(modules, "@fontsource-variable", "public-sans", "files");
const fontFiles = {
  "public-sans.woff2": "public-sans-latin-wght-normal.woff2",
  "public-sans-extended.woff2": "public-sans-latin-ext-wght-normal.woff2",
  "public-sans-italic.woff2": "public-sans-latin-wght-italic.woff2",
};
const scripts = ["start", "main", "composer"];
const compressible = new Set([".css", ".js", ".svg"]);
const manifest = {};

/** Stores content under a hashed name (and compressed beside it); returns that name. */
async function store(name, content) {
  const bytes = Buffer.from(content);
  const extension = extname(name);
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 10);
  const hashed = `${name.slice(0, -extension.length)}.${hash}${extension}`;
  manifest[name] = hashed;
  await writeFile(join(staging, hashed), bytes);
  if (compressible.has(extension)) {
    await compress(join(staging, hashed), bytes);
  }
  return hashed;
}

async function compress(path, bytes) {
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };
  const [gzipped, brotlied] = await Promise.all([
    promisify(gzip)(bytes, { level: 9 }),
    promisify(brotliCompress)(bytes, quality),
  ]);
  await Promise.all([writeFile(`${path}.gz`, gzipped), writeFile(`${path}.br`, brotlied)]);
}

async function storeFonts() {
  for (const [name, file] of Object.entries(fontFiles)) {
    await store(name, await readFile(join(fonts, file)));
  }
}

async function storeImages() {
  const folder = join(source, "images");
  for (const name of (await readdir(folder)).sort()) {
    if (name !== "icons") {
      await store(name, await readFile(join(folder, name)));
    }
  }
  await store("icons.svg", await sprite(join(folder, "icons")));
}

/** Joins the single drawings into one file of symbols named after their files. */
async function sprite(folder) {
  const symbols = [];
  for (const file of (await readdir(folder)).sort()) {
    const drawing = (await readFile(join(folder, file), "utf8")).replace(/>\s+</g, "><").trim();
    const inner = drawing.replace(/^<svg[^>]*>/, "").replace(/<\/svg>$/, "");
    symbols.push(`<symbol id="${file.replace(/\.svg$/, "")}" viewBox="0 0 24 24">${inner}</symbol>`);
  }
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`;
}

/** Stylesheets name assets plainly; the stored one names the hashed files beside it. */
async function storeStyles() {
  const { css } = await sass.compileAsync(join(source, "styles", "main.scss"), {
    loadPaths: [modules],
    style: "compressed",
    quietDeps: true,
  });
  await store(
    "main.css",
    css.replace(/url\("?asset:([^")]+)"?\)/g, (_, name) => `url("${known(name)}")`),
  );
}

function known(name) {
  if (!(name in manifest)) {
    throw new Error(`main.scss asks for ${name}, which no step of the build has stored`);
  }
  return manifest[name];
}

async function storeScripts() {
  for (const name of scripts) {
    const result = await esbuild.build({
      entryPoints: [join(source, "scripts", `${name}.js`)],
      bundle: true,
      minify: true,
      write: false,
      format: name === "start" ? "iife" : "esm",
      target: "es2020",
      legalComments: "none",
      absWorkingDir: join(here, ".."),
      nodePaths: [modules],
    });
    await store(`${name}.js`, result.outputFiles[0].contents);
  }
}

/** Built beside the live folder and then switched, so that a failed build changes nothing. */
async function build() {
  await mkdir(staging, { recursive: true });
  try {
    await storeFonts();
    await storeImages();
    await storeStyles();
    await storeScripts();
    const sorted = Object.fromEntries(Object.entries(manifest).sort(([a], [b]) => (a < b ? -1 : 1)));
    await writeFile(join(staging, "manifest.json"), `${JSON.stringify(sorted, null, 2)}\n`);
    await keepFormer(target, staging);
    await rm(target, { recursive: true, force: true });
    await rename(staging, target);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

await build();
console.log(`static/dist: ${Object.values(manifest).join(", ")}`);
