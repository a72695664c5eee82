/**
 * pip, as a fetcher of pinned files: any Python 3 will do.
 *
 * @module
 */

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runCommand } from "./command.ts";
import { ProvisionError } from "./failure.ts";
import { pipEnv } from "./pip_env.ts";
import type { NativeSite } from "./site.ts";
import { pipFailure } from "./pip_failure.ts";
import { isOfProxy, type PipProxy, pipProxyIn } from "./pip_proxy.ts";

/** A pip that answers. */
export interface Pip {
  /** `["python3", "-m", "pip"]`. */
  readonly command: readonly string[];
  /** `pip 24.0 from ... (python 3.11)`. */
  readonly version: string;
}

/** What was found in the way of Python. */
export interface PythonSearch {
  readonly pip: Pip | null;
  /** `Python 3.11.7`, where there is one with or without pip. */
  readonly python: string | null;
}

/** A pinned file to fetch. */
export interface PinnedPackage {
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

const CANDIDATES = [
  ["python3", "-m", "pip"],
  ["python", "-m", "pip"],
  ["pip3"],
  ["pip"],
  ["uv", "tool", "run", "pip"],
];

/** Looks for a pip on the `PATH`. */
export async function findPip(
  site: NativeSite,
  signal?: AbortSignal,
): Promise<PythonSearch> {
  for (const command of CANDIDATES) {
    const result = await runCommand([...command, "--version"], {
      env: pipEnv(site),
      signal,
      timeoutMs: 60_000,
    });
    const version = result.stdout.trim();
    if (result.code === 0 && version.startsWith("pip ")) {
      return {
        pip: { command, version },
        python: /\(python ([\d.]+)\)/.exec(version)?.[1] ?? null,
      };
    }
  }
  for (const python of ["python3", "python"]) {
    const result = await runCommand([python, "--version"], {
      env: site.env,
      signal,
      timeoutMs: 60_000,
    });
    if (result.code === 0) {
      return { pip: null, python: (result.stdout || result.stderr).trim() };
    }
  }
  return { pip: null, python: null };
}

/** As {@link findPip}, or throws a `ProvisionError` that says what is missing. */
export async function requirePip(
  site: NativeSite,
  signal?: AbortSignal,
): Promise<Pip> {
  const { pip, python } = await findPip(site, signal);
  if (pip !== null) return pip;
  throw python === null
    ? new ProvisionError(
      "python",
      "No Python 3 was found on the PATH to fetch TensorFlow with",
      {
        hint: "Install Python 3 with pip (any version), then run setup",
      },
    )
    : new ProvisionError(
      "pip",
      `${python} was found, but it has no pip to fetch TensorFlow with`,
      {
        hint:
          "Install pip (`python3 -m ensurepip`, or your system's python3-pip), then run setup",
      },
    );
}

/**
 * Runs `pip download` or `pip install` on one pinned package, from wheels only,
 * without its dependencies. Short timeouts: an offline machine should learn it
 * soon.
 *
 * @throws {ProvisionError} where pip fails
 */
export async function runPip(
  site: NativeSite,
  args: { readonly verb: readonly string[]; readonly pinned: PinnedPackage },
  { pip, scratch, signal }: PipRun,
): Promise<void> {
  const { project, version, sha256 } = args.pinned;
  const requirements = join(scratch, "requirements.txt");
  await writeFile(
    requirements,
    `${project}==${version} ${
      sha256.map((hash) => `--hash=sha256:${hash}`).join(" ")
    }\n`,
  );
  const result = await runCommand([
    ...pip.command,
    ...args.verb,
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
    env: { ...pipEnv(site), TMPDIR: scratch, TEMP: scratch, TMP: scratch },
    signal,
  });
  if (result.code !== 0) {
    const isProxys = isOfProxy(`${result.stdout}\n${result.stderr}`);
    const own = isProxys ? await pipProxy(site, pip, signal) : null;
    throw pipFailure(site, `${project} ${version}`, result, own);
  }
}

/** The proxy of pip's own settings; null where they name none. */
export async function pipProxy(
  site: NativeSite,
  pip: Pip,
  signal?: AbortSignal,
): Promise<PipProxy | null> {
  const { stdout } = await runCommand([...pip.command, "config", "list"], {
    env: pipEnv(site),
    signal,
    timeoutMs: 60_000,
  });
  return pipProxyIn(stdout);
}
