/**
 * The archive with other package managers and other Nodes: installed in an
 * empty folder, with scripts allowed, imported, and in a new project looked at
 * by a strict compiler and run to a report on wasm. Prints seconds and
 * megabytes: `npm run tour`.
 *
 * @module
 */

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const NPM = ["npm", "install"];
/** Package manager, and version of Node; null is this one. */
const STOPS: readonly [words: readonly string[], node: string | null][] = [
  [NPM, null],
  [NPM, "22"],
  [NPM, "24"],
  [["npx", "--yes", "pnpm@10", "add"], null],
  [["npx", "--yes", "yarn@1.22.22", "add", "--silent"], null],
];
const RUN = [
  ...["run", "--preset", "quick", "--engine", "wasm", "--quiet"],
  ...["--set", "load_mnist.source=synthetic"],
  ...["--set", "load_mnist.trainLimit=3000"],
  ...["--set", "load_mnist.testLimit=1000"],
];
const TYPES = [
  ...["node", join("node_modules", "typescript", "bin", "tsc"), "-p", "."],
  ...["--skipLibCheck", "false"],
];
/** Packages may run their scripts, as npm's and pnpm's old defaults had it. */
const SCRIPTS = {
  npm_config_ignore_scripts: "false",
  npm_config_dangerously_allow_all_scripts: "true",
  npm_config_dangerously_allow_all_builds: "true",
};

const home = mkdtempSync(join(tmpdir(), "tour-"));
try {
  const flags = ["pack", "--silent", `--pack-destination=${home}`];
  const packed = step(["npm", ...flags], ROOT, process.env);
  const archive = join(home, packed.out.trim().split("\n").at(-1) ?? "");
  console.log(`npm pack: ${packed.seconds} s`);
  for (const [i, [words, node]] of STOPS.entries()) {
    const folder = join(home, String(i));
    mkdirSync(folder);
    writeFileSync(join(folder, "package.json"), "{}");
    const env = { ...process.env, ...SCRIPTS, PATH: pathWith(node) };
    const bin = join("node_modules", ".bin", "vae-priors");
    const steps = [
      ["install", [...words, archive]],
      ["import", ["node", "--input-type=module", "-e", 'import "vae-priors"']],
      ["init", [bin, "init"]],
      // What `init` has put into package.json for its tests.
      ["install again", words.map((word) => word === "add" ? "install" : word)],
      ["types", TYPES],
      ["run", [bin, ...RUN]],
    ] as const;
    const times = steps.map(([name, command]) =>
      `${name} ${step(command, folder, env).seconds} s`
    );
    const { out } = step(["du", "-sm", "node_modules"], folder, env);
    const version = step(["node", "--version"], folder, env).out.trim();
    const manager = words.find((word) => /^(?:npm|pnpm|yarn)/.test(word));
    console.log(
      `${manager}, Node ${version}: ${times.join(", ")}; ${parseInt(out)} MB`,
    );
    rmSync(folder, { recursive: true });
  }
} finally {
  rmSync(home, { recursive: true });
}

function step(
  [program = "", ...words]: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
) {
  const start = performance.now();
  const end = spawnSync(program, words, { cwd, env, encoding: "utf8" });
  if (end.status !== 0) {
    throw new Error(
      `${[program, ...words].join(" ")}: ${end.stdout}${end.stderr}`,
    );
  }
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  return { seconds, out: end.stdout };
}

/** The search path with a Node of that version, which npx fetches. */
function pathWith(version: string | null): string {
  const before = process.env["PATH"] ?? "";
  if (version === null) return before;
  const asks = ["exec", "--yes", "--", `node@${version}`];
  const { out } = step(
    ["npm", ...asks, "-p", "process.execPath"],
    home,
    process.env,
  );
  return `${dirname(out.trim())}${delimiter}${before}`;
}
