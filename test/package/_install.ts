/** The packed archive, installed in an empty folder as npm does it unasked. @module */

import { existsSync } from "node:fs";
import {
  mkdir,
  mkdtemp,
  realpath,
  rm,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { type ChildEnd, runChild } from "../processes/child.ts";

/** A folder with the archive installed. */
export interface Installed {
  readonly folder: string;
  /** Runs a program in the folder, or in one inside of it. */
  run(command: readonly string[], inside?: string): Promise<ChildEnd>;
  /** Runs the installed command. */
  cli(...argv: readonly string[]): Promise<ChildEnd>;
  /** Has a package of the checkout be there, where there is none. */
  borrow(name: string): Promise<void>;
  remove(): Promise<void>;
}

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** As a user's npm that knows nothing of this project's settings. */
const ENV = {
  npm_config_ignore_scripts: "false",
  npm_config_dangerously_allow_all_scripts: "true",
  npm_config_prefer_offline: "true",
  npm_config_audit: "false",
  npm_config_fund: "false",
  npm_config_update_notifier: "false",
};

/** Where the registry cannot be reached. */
const UNREACHABLE =
  /\b(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ENOTCACHED)\b/;

/**
 * Packs and installs.
 *
 * @returns Why it could not be, where that is the network's fault.
 */
export async function installArchive(): Promise<Installed | string> {
  const folder = await realpath(
    await mkdtemp(join(tmpdir(), "vae-priors-archive-")),
  );
  const remove = () => rm(folder, { recursive: true, force: true });
  const run: Installed["run"] = (command, inside = ".") =>
    runChild(command, { cwd: join(folder, inside), env: ENV });
  const packed = await runChild(
    ["npm", "pack", "--silent", `--pack-destination=${folder}`],
    { cwd: ROOT, env: ENV },
  );
  const archive = packed.stdout.trim().split("\n").at(-1) ?? "";
  if (packed.code !== 0) throw new Error(packed.stderr);
  await writeFile(join(folder, "package.json"), "{}");
  const { code, stderr } = await run(["npm", "install", `./${archive}`]);
  if (code !== 0) {
    await remove();
    if (!UNREACHABLE.test(stderr)) throw new Error(stderr);
    return "the registry cannot be reached";
  }
  return {
    folder,
    run,
    cli: (...argv) =>
      run([process.execPath, "node_modules/.bin/vae-priors", ...argv]),
    borrow: async (name) => {
      const place = join(folder, "node_modules", name);
      if (existsSync(place)) return;
      await mkdir(dirname(place), { recursive: true });
      await symlink(join(ROOT, "node_modules", name), place);
    },
    remove,
  };
}
