// What the build before made stays for one more build: a server that still
// runs, and pages that are open or on their way, name its files until then.

import { copyFile, readFile, readdir } from "node:fs/promises";
import { join } from "node:path";

/** Copies the files that the manifest in `former` names, and what is compressed beside them, to where they are not. */
export async function keepFormer(former, folder) {
  const named = new Set(Object.values(await manifestIn(former)));
  const there = new Set(await readdir(folder));
  for (const file of named.size ? await readdir(former) : []) {
    if (named.has(file.replace(/\.(gz|br)$/, "")) && !there.has(file)) {
      await copyFile(join(former, file), join(folder, file));
    }
  }
}

/** An empty one where nothing was built, or where it was cut off. */
async function manifestIn(folder) {
  try {
    return JSON.parse(await readFile(join(folder, "manifest.json"), "utf8"));
  } catch {
    return {};
  }
}
