/**
 * Compiles what is published into `dist/`, file by file, as if that were the
 * root of the project. `npm pack` and `npm publish` do it first.
 *
 * @module
 */

import { execFileSync } from "node:child_process";
import {
  cpSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { schemaOfConfig } from "../../core/vae/config_schema.ts";
import { reachable } from "./declarations.ts";
import { writeTensorTypes } from "./tensor_types.ts";
import { tfjsNode } from "./tfjs_node.mjs";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const DIST = join(ROOT, "dist");
const FOLDERS = ["core", "datasets", "plugins"];

const manifest = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));

rmSync(DIST, { recursive: true, force: true });
for (const project of ["pages.json", "tsconfig.json"]) compile(project);
copyScripts();
nameCompiled();
keepDeclarations();
writeTensorTypes(join(DIST, "core/engine/tensors"));
cpSync(tfjsNode, join(DIST, "node_modules/@tensorflow/tfjs-node"), {
  recursive: true,
  // Without the addon of this machine.
  filter: (path) => path !== join(tfjsNode, "lib") && !path.endsWith(".d.ts"),
});
cpSync(join(ROOT, "plugins/_template"), join(DIST, "plugins/_template"), {
  recursive: true,
});
writeFileSync(
  join(DIST, "schema.json"),
  JSON.stringify(await schemaOfConfig(null)),
);

function compile(project: string): void {
  const require = createRequire(import.meta.url);
  const typescript = dirname(require.resolve("typescript/package.json"));
  execFileSync(
    process.execPath,
    [join(typescript, "bin/tsc"), "-p", join(ROOT, "test/package", project)],
    { stdio: "inherit" },
  );
}

/** What is JavaScript already stays as it is. */
function copyScripts(): void {
  for (const file of filesOf(ROOT)) {
    if (!file.endsWith(".mjs") || file.startsWith("plugins")) continue;
    cpSync(join(ROOT, file), join(DIST, file));
    rmSync(join(DIST, `${file}.map`), { force: true });
  }
}

/**
 * Has names of modules that are no imports, `new URL("./worker.ts",
 * import.meta.url)`, and the imports of declarations, name what has been
 * compiled. Columns stay what they are.
 */
function nameCompiled(): void {
  for (const file of filesOf(DIST)) {
    const path = join(DIST, file);
    const text = readFileSync(path, "utf8");
    const named = /\.d\.m?ts$/.test(file)
      ? text.replaceAll(
        /^(?!\s*\/?\*).*$/gm,
        (line) =>
          line.replaceAll(
            /\b(from |import\(|import |module )"(\.{1,2}\/[^"]+)\.ts"/g,
            '$1"$2.js"',
          ).replaceAll('"@tensorflow/tfjs"', '"./tensors/index.js"'),
      )
      : file.endsWith(".js")
      ? text.replaceAll(
        /\bnew URL\("([^"]+)\.ts", import\.meta\.url\)/g,
        'new URL("$1.js", import.meta.url)',
      )
      : text;
    if (named !== text) writeFileSync(path, named);
  }
}

/** Leaves those declarations that an export leads to. */
function keepDeclarations(): void {
  const entries = Object.values(manifest.exports).flatMap((target) =>
    typeof target === "string" ? [] : [(target as { types: string }).types]
  );
  const kept = reachable(entries.map((entry) => join(ROOT, entry)));
  for (const file of filesOf(DIST)) {
    const path = join(DIST, file);
    if (/\.d\.m?ts$/.test(file) && !kept.has(path)) rmSync(path);
  }
}

/** Paths of all files in the folders of `root`, from there. */
function filesOf(root: string): readonly string[] {
  return FOLDERS.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name).slice(root.length))
      .map((file) => file.replace(/^[\\/]/, ""))
  );
}
