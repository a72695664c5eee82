/**
 * An addon whose build is whole, and that the loader refuses all the same:
 * something of this machine is in its way, and no new build would help.
 *
 * @module
 */

import type { Build } from "./build_cache.ts";
import { ProvisionError } from "./failure.ts";

/** What the loaders of Linux and macOS are told by variables: `LD_LIBRARY_PATH`. */
const LOADER = /^(?:LD|DYLD)_/;

/** The loader's variables that are set, by name. */
export function loaderSettings(
  env: NodeJS.ProcessEnv,
): readonly (readonly [name: string, value: string])[] {
  return Object.entries(env).flatMap(([name, value]) =>
    LOADER.test(name) && value ? [[name, value] as const] : []
  ).sort(([a], [b]) => a < b ? -1 : 1);
}

/** The refusal, with the loader's words and what to do about them. */
export function loadFailure(
  build: Build,
  words: string,
  env: NodeJS.ProcessEnv,
): ProvisionError {
  return new ProvisionError(
    "load",
    `The native engine in ${build.directory} is whole, but does not load: ${
      words.replace(/^Error: /, "")
    }`,
    { hint: loadHint(env) },
  );
}

/** What to do about an addon that the loader refuses. */
export function loadHint(env: NodeJS.ProcessEnv): string {
  const names = loaderSettings(env).map(([name]) => name).join(" and ");
  return names === ""
    ? "Report it with the output of doctor, and use --engine wasm in the meantime"
    : `Try again without ${names}, or use --engine wasm`;
}
