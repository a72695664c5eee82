/**
 * Is there a native engine? Answered without loading it, in milliseconds.
 *
 * @module
 */

import process from "node:process";
import { findBuild } from "./build_cache.ts";
import { findLoadingBuild } from "./cached_build.ts";
import { describeAge, ProvisionError, recallFailure } from "./failure.ts";
import { probeAddon, type ProbeOptions } from "./probe.ts";
import { processorLack } from "./processor.ts";
import { isProvisioningDisabled, type NativeSite } from "./site.ts";
import { supportedPlatforms } from "./wheels.ts";

/** Where the native engine stands. */
export type NativeState =
  /** The addon is in `node_modules` and works. */
  | { readonly status: "ready"; readonly tensorflow: string }
  /** The cache has a build for it. */
  | { readonly status: "cached"; readonly tensorflow: string }
  /** It has to be fetched and built. */
  | {
    readonly status: "absent";
    readonly tensorflow: string;
    readonly reason: string;
  }
  /** It cannot be had here. */
  | {
    readonly status: "impossible";
    readonly reason: string;
    readonly hint: string;
  };

/** Looks, fetches nothing; `fresh` asks anew what is known. */
export async function locateNative(
  site: NativeSite,
  options: ProbeOptions = {},
): Promise<NativeState> {
  const lack = lackOfMachine(site);
  if (lack !== null) return { status: "impossible", ...lack };
  const probe = await probeAddon(site, site.addon, options);
  if (probe?.ok) return { status: "ready", tensorflow: probe.tensorflow };
  try {
    const build = await findLoadingBuild(site, options);
    if (build !== null) {
      return { status: "cached", tensorflow: build.tensorflow };
    }
  } catch (error) {
    if (!(error instanceof ProvisionError)) throw error;
    return { status: "impossible", reason: error.message, hint: error.hint };
  }
  const obstacle = obstacleOf(site);
  if (obstacle !== null) return { status: "impossible", ...obstacle };
  const failure = await recallFailure(site);
  // A whole one that does not load has been told of above.
  const damaged = await findBuild(site);
  const reason = failure !== null
    ? `${failure.message} (tried ${describeAge(failure.at)}; setup tries again)`
    : damaged !== null
    ? `The native engine in ${damaged.directory} is damaged, and does not load`
    : probe !== null
    ? `The addon in ${site.addon} does not load: ${probe.error}`
    : "TensorFlow has not been set up on this machine yet";
  return { status: "absent", tensorflow: site.wheel?.version ?? "", reason };
}

/** Why even a native engine that is there would not run here, or null. */
export function lackOfMachine(
  site: NativeSite,
): { kind: "unsupported"; reason: string; hint: string } | null {
  if (site.deno !== undefined) {
    return {
      kind: "unsupported",
      reason:
        `Deno ${site.deno} does not run TensorFlow, whose addon is made for Node`,
      hint: "Use --engine wasm, or Node",
    };
  }
  const reason = processorLack(site);
  return reason === null
    ? null
    : { kind: "unsupported", reason, hint: "Use --engine wasm" };
}

/** Why nothing can be fetched or built here, or null. */
export function obstacleOf(
  site: NativeSite,
): { kind: "disabled" | "unsupported"; reason: string; hint: string } | null {
  if (site.wheel === undefined) {
    return {
      kind: "unsupported",
      reason:
        `TensorFlow publishes no library for ${site.platform} that the native engine can be built with`,
      hint: `Use --engine wasm, or one of ${supportedPlatforms().join(", ")}`,
    };
  }
  if (process.platform === "linux" && !hasGlibc(2, 27)) {
    return {
      kind: "unsupported",
      reason:
        "TensorFlow needs glibc 2.27 or later, which this Linux does not have",
      hint:
        "Use --engine wasm, or a distribution with glibc (Debian, Ubuntu, Fedora ...)",
    };
  }
  if (isProvisioningDisabled(site.env)) {
    return {
      kind: "disabled",
      reason:
        "Setting up TensorFlow is switched off by VAE_PRIORS_NO_PROVISION",
      hint: "Unset VAE_PRIORS_NO_PROVISION, or use --engine wasm",
    };
  }
  return null;
}

function hasGlibc(major: number, minor: number): boolean {
  // Else the report looks up the names of open connections.
  Object.assign(process.report, { excludeNetwork: true });
  const { header } = process.report.getReport() as unknown as {
    header: { glibcVersionRuntime?: string };
  };
  const [a = 0, b = 0] = (header.glibcVersionRuntime ?? "0.0").split(".").map(
    Number,
  );
  return a > major || (a === major && b >= minor);
}
