/**
 * The doctor's look at the native engine and at what it takes to make one.
 *
 * @module
 */

import { findCompiler } from "./compiler.ts";
import type { NativeState } from "./locate.ts";
import { findPip } from "./find_pip.ts";
import { pipProxyIn } from "./pip_proxy.ts";
import { pipSettings } from "./pip_settings.ts";
import type { NativeSite } from "./site.ts";

/** One thing that was looked at. */
export interface Finding {
  readonly name: string;
  /** `warn`: it works without, or not as well; `fail`: it does not work. */
  readonly status: "ok" | "warn" | "fail";
  /** What was found, for the person. */
  readonly found: string;
  /** What to do about it. */
  readonly advice?: string;
}

/** Options of {@link checkPython} and {@link checkCompiler}. */
export interface ToolCheckOptions {
  /** Whether something is still to be fetched and built. */
  readonly isNeeded: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** Whether the native engine is there, and works. */
export function checkNative(site: NativeSite, state: NativeState): Finding {
  const name = "native engine";
  switch (state.status) {
    case "ready":
      return {
        name,
        status: "ok",
        found: `TensorFlow ${state.tensorflow}, in ${site.addon}`,
      };
    case "cached":
      return {
        name,
        status: "ok",
        found: `TensorFlow ${state.tensorflow}, in the cache`,
      };
    case "absent":
      return {
        name,
        status: "warn",
        found: state.reason,
        advice: "Run setup; until then, wasm is used",
      };
    case "impossible":
      return { name, status: "warn", found: state.reason, advice: state.hint };
  }
}

/** Whether there is a pip to fetch TensorFlow with. */
export async function checkPython(
  site: NativeSite,
  { isNeeded, signal }: ToolCheckOptions,
): Promise<Finding> {
  const { pip, python } = await findPip(site, signal);
  if (pip !== null) {
    const settings = await pipSettings(site, pip, signal);
    const proxy = pipProxyIn(settings ?? []);
    const through = proxy === null
      ? ""
      : `, through ${proxy.place} (${proxy.setting})`;
    return {
      name: "python",
      status: "ok",
      found: `${pip.command.join(" ")}: ${pip.version}${through}`,
    };
  }
  const found = python === null
    ? "No Python 3 on the PATH"
    : `${python}, without pip`;
  return missing("python", found, {
    isNeeded,
    advice: "Install Python 3 with pip: it fetches TensorFlow",
  });
}

/** Whether there is a C++ compiler. */
export async function checkCompiler(
  site: NativeSite,
  { isNeeded, signal }: ToolCheckOptions,
): Promise<Finding> {
  const compiler = await findCompiler(site, signal);
  if (compiler !== null) {
    return {
      name: "compiler",
      status: "ok",
      found: `${compiler.command.join(" ")}: ${compiler.version}`,
    };
  }
  const advice = "Install g++ or clang++, else setup fetches one (80 MB)";
  return missing("compiler", "No C++ compiler on the PATH", {
    isNeeded,
    advice,
  });
}

/** Missing tools matter only where the native engine is still to be built. */
function missing(
  name: string,
  found: string,
  { isNeeded, advice }: { readonly isNeeded: boolean; readonly advice: string },
): Finding {
  return isNeeded
    ? { name, status: "warn", found, advice }
    : { name, status: "ok", found: `${found} (not needed any more)` };
}
