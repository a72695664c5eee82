/**
 * Puts tfjs-node into `node_modules`, as `npm ci` and `npm install` end: the
 * package of the registry, of this version and no other, with what makes it an
 * engine, its JavaScript and the sources of its addon.
 *
 * As a dependency it would run a script that fetches another TensorFlow than
 * ours, and fails the whole installation where it cannot; 54 packages are there
 * for that script alone.
 *
 * @module
 */

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

const NAME = "@tensorflow/tfjs-node";
const VERSION = "4.22.0";
/** As the registry states it, and as every copy is held to. */
const INTEGRITY =
  "sha512-uHrXeUlfgkMxTZqHkESSV7zSdKdV0LlsBeblqkuKU9nnfxB1pC6DtoyYVaLxznzZy7WQSegjcohxxCjAf6Dc7w==";
const HOME = join(
  fileURLToPath(new URL("../../node_modules", import.meta.url)),
  NAME,
);
/** Its folder, as soon as this module is loaded. */
export const tfjsNode = HOME;
/** All but these is for those who work on it. */
const KEPT = ["dist", "binding", "README.md"];
/** It asks this package where its addon is, and is answered by the engine. */
const ASKED = "node_modules/@mapbox/node-pre-gyp";

if (!isThere()) put();

function isThere() {
  const manifest = join(HOME, "package.json");
  if (!existsSync(join(HOME, ASKED))) return false;
  const { version, scripts } = JSON.parse(readFileSync(manifest, "utf8"));
  return version === VERSION && scripts === undefined;
}

function put() {
  const scratch = mkdtempSync(join(tmpdir(), "tfjs-node-"));
  try {
    const archive = download(scratch);
    execFileSync("tar", ["-xzf", archive, "-C", scratch]);
    const fresh = `${HOME}.${process.pid}`;
    for (const part of KEPT) {
      cpSync(join(scratch, "package", part), join(fresh, part), {
        recursive: true,
        filter: (path) => !/_test\.(?:js|d\.ts)$/.test(path),
      });
    }
    const { name, version, license, main, types, binary } = JSON.parse(
      readFileSync(join(scratch, "package/package.json"), "utf8"),
    );
    write(
      join(fresh, "package.json"),
      JSON.stringify({ name, version, license, main, types, binary }),
    );
    write(
      join(fresh, ASKED, "package.json"),
      JSON.stringify({
        name: "@mapbox/node-pre-gyp",
        version: "0.0.0",
        main: "lib/pre-binding.js",
      }),
    );
    write(
      join(fresh, ASKED, "lib/pre-binding.js"),
      "exports.find = () => {\n" +
        '  throw new Error("The engine says where the addon is");\n};\n',
    );
    rmSync(HOME, { recursive: true, force: true });
    renameSync(fresh, HOME);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/**
 * Its archive, from the registry that npm is set to.
 *
 * @param {string} folder
 */
function download(folder) {
  const npm = process.env["npm_execpath"] ?? "";
  const words = ["pack", `${NAME}@${VERSION}`, "--silent", "--dry-run=false"];
  const [program, ...rest] = /npm-cli\.js$/.test(npm)
    ? [process.execPath, npm, ...words]
    : ["npm", ...words];
  execFileSync(program, [...rest, `--pack-destination=${folder}`], {
    cwd: folder,
    stdio: ["ignore", "ignore", "inherit"],
  });
  const archive = join(folder, `tensorflow-tfjs-node-${VERSION}.tgz`);
  const digest = createHash("sha512").update(readFileSync(archive));
  const found = `sha512-${digest.digest("base64")}`;
  if (found !== INTEGRITY) {
    throw new Error(
      `Cannot use ${NAME} ${VERSION} of this registry: found ${found}, want ${INTEGRITY}`,
    );
  }
  return archive;
}

/**
 * @param {string} path
 * @param {string} text
 */
function write(path, text) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
