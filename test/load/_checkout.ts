/** A checkout of this project for tests that edit it. @module */

import {
  cp,
  mkdir,
  mkdtemp,
  readdir,
  realpath,
  rm,
  symlink,
  utimes,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type ChildEnd, runChild } from "../processes/child.ts";

/** A checkout with a folder beside it to work in. */
export interface Checkout {
  readonly folder: string;
  readonly work: string;
  /** Runs a program of the folder beside it, in there. */
  node(argv: readonly string[], env?: NodeJS.ProcessEnv): Promise<ChildEnd>;
  /** Runs a command, likewise. */
  cli(argv: readonly string[], env?: NodeJS.ProcessEnv): Promise<ChildEnd>;
  /** Writes a file, from the folder of both, as if it had been there for a while. */
  write(file: string, text: string): Promise<void>;
  remove(): Promise<void>;
}

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

const WHOLE = ["core", "datasets", "plugins", "package.json", "tsconfig.json"];
/** What starts programs, and is in every bundle. */
const LAUNCHER = [
  ...(await readdir(join(ROOT, "core/load")))
    .filter((file) => file.endsWith(".mjs")),
  "modules.ts",
  ...["home", "user_cache"].map((name) => `../lib/${name}.mjs`),
].map((file) => join("core/load", file));

/** Copies the sources to a folder of that name; the packages are the real ones. */
export function checkOut(name = "vae-priors"): Promise<Checkout> {
  return copySources(name, WHOLE);
}

/** Copies the launcher alone, which bundles what modules it finds: in no time, few. */
export async function checkOutLauncher(): Promise<Checkout> {
  const checkout = await copySources("vae-priors", [
    ...LAUNCHER,
    "package.json",
  ]);
  await mkdir(join(checkout.folder, "datasets"));
  return checkout;
}

async function copySources(
  name: string,
  sources: readonly string[],
): Promise<Checkout> {
  const base = await realpath(
    await mkdtemp(join(tmpdir(), "vae-priors-start-")),
  );
  const folder = join(base, name);
  const work = join(base, "work");
  for (const source of sources) {
    await cp(join(ROOT, source), join(folder, source), {
      recursive: true,
      preserveTimestamps: true,
      filter: (path) => path !== join(ROOT, "datasets", "mnist"),
    });
  }
  const packages = join(ROOT, "node_modules");
  await mkdir(join(folder, "node_modules"));
  for (const name of await readdir(packages)) {
    if (name.startsWith(".")) continue;
    await symlink(join(packages, name), join(folder, "node_modules", name));
  }
  await mkdir(work);
  const node = (argv: readonly string[], env: NodeJS.ProcessEnv = {}) =>
    runChild([process.execPath, ...argv], { cwd: work, env });
  return {
    folder,
    work,
    node,
    cli: (argv, env) => node([join(folder, "core/cli/bin.mjs"), ...argv], env),
    write: async (file, text) => {
      const path = join(base, file);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, text);
      const time = Date.now() / 1000 - 60;
      await utimes(path, time, time);
    },
    remove: () => rm(base, { recursive: true }),
  };
}
