/**
 * Where pip is.
 *
 * @module
 */

import { runCommand } from "./command.ts";
import { ProvisionError } from "./failure.ts";
import { pipEnv } from "./pip_env.ts";
import type { NativeSite } from "./site.ts";

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
