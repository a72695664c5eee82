/**
 * pip, as a fetcher of pinned files: any Python 3 will do.
 *
 * @module
 */

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runCommand } from "./command.ts";
import type { Pip } from "./find_pip.ts";
import { pipEnv, pipEnvOf } from "./pip_env.ts";
import type { NativeSite } from "./site.ts";
import { pipFailure } from "./pip_failure.ts";
import { pipProxyIn } from "./pip_proxy.ts";
import { pipSettings, waysIn } from "./pip_settings.ts";

/** A pinned file to fetch. */
interface PinnedPackage {
  readonly project: string;
  readonly version: string;
  readonly sha256: readonly string[];
}

/** Options of {@link runPip}. */
export interface PipRun {
  readonly pip: Pip;
  /** Empty folder for the requirements file and pip's temporary files. */
  readonly scratch: string;
  readonly signal?: AbortSignal | undefined;
}

/** What pip is to do, and with what. */
export interface PipTask {
  /** `["download", "--dest=..."]`: its command, and words for that. */
  readonly verb: readonly [command: string, ...words: readonly string[]];
  readonly pinned: PinnedPackage;
}

/**
 * Runs `pip download` or `pip install` on one pinned package, from wheels only,
 * without its dependencies. Short timeouts: an offline machine should learn it
 * soon. Of the person's settings only those count that say how files come here.
 *
 * @throws {ProvisionError} where pip fails
 */
export async function runPip(
  site: NativeSite,
  { verb, pinned }: PipTask,
  { pip, scratch, signal }: PipRun,
): Promise<void> {
  const { project, version, sha256 } = pinned;
  const requirements = join(scratch, "requirements.txt");
  await writeFile(
    requirements,
    `${project}==${version} ${
      sha256.map((hash) => `--hash=sha256:${hash}`).join(" ")
    }\n`,
  );
  const settings = await pipSettings(site, pip, signal);
  const env = settings === null
    ? pipEnv(site)
    : pipEnvOf(site, waysIn(settings, verb[0]));
  const result = await runCommand([
    ...pip.command,
    ...verb,
    "--no-deps",
    "--only-binary=:all:",
    "--require-hashes",
    "--no-cache-dir",
    "--timeout=10",
    "--retries=1",
    "--progress-bar=off",
    "-r",
    requirements,
  ], {
    env: { ...env, TMPDIR: scratch, TEMP: scratch, TMP: scratch },
    signal,
  });
  if (result.code === 0) return;
  const own = settings === null ? null : pipProxyIn(settings, verb[0]);
  throw pipFailure(site, `${project} ${version}`, result, own);
}
