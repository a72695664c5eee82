/**
 * What a run depends on beside its config, as far as it can be told: versions,
 * and the state of the project in git.
 *
 * @module
 */

import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { arch, platform } from "node:os";
import { promisify } from "node:util";
import type { Plan } from "../pipeline/types.ts";
import { MANIFEST } from "../lib/extension.ts";
import { hidePaths } from "../lib/shown_paths.ts";
import type { RunRecord } from "./record.ts";

/** Git answers within this time, on a busy machine, too, or is left out. */
const GIT_MS = 30_000;

/** Versions of everything that computes. */
export function describeEnvironment(plan: Plan): RunRecord["environment"] {
  const { shared: { engine }, config } = plan;
  return {
    program: versionIn(MANIFEST),
    node: process.versions.node,
    system: `${platform()} ${arch()}`,
    packages: Object.fromEntries(
      ["@tensorflow/tfjs"].map((name) => [name, packageVersion(name)]),
    ),
    engine: {
      wanted: engine.wanted,
      name: engine.name,
      version: engine.version,
      threads: config.threads,
      fallbackReason: engine.fallbackReason === undefined
        ? null
        : hidePaths(engine.fallbackReason, config.baseDirectory),
    },
  };
}

/** The state of the repository that `folder` is in; null where there is none. */
export async function describeGit(folder: string): Promise<RunRecord["git"]> {
  const git = async (...words: string[]) => {
    const { stdout } = await promisify(execFile)("git", words, {
      cwd: folder,
      timeout: GIT_MS,
      // Looking must not take the repository's lock from somebody.
      env: { ...process.env, GIT_OPTIONAL_LOCKS: "0" },
    });
    return stdout.trim();
  };
  try {
    const [commit, branch, changes] = await Promise.all([
      git("rev-parse", "HEAD"),
      git("rev-parse", "--abbrev-ref", "HEAD"),
      git("status", "--porcelain"),
    ]);
    return {
      commit,
      branch: branch === "HEAD" ? null : branch,
      dirty: changes !== "",
    };
  } catch {
    // No git, no repository, or no commit yet.
    return null;
  }
}

function packageVersion(name: string): string {
  const require = createRequire(import.meta.url);
  return versionIn(require.resolve(`${name}/package.json`));
}

function versionIn(file: string | URL): string {
  return String(JSON.parse(readFileSync(file, "utf8")).version);
}
