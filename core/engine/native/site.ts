/**
 * Where the native engine lives: the npm package that wants an addon, and the
 * per-user cache that has it for every checkout.
 *
 * @module
 */

import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import process from "node:process";
import { cacheRoot } from "../../lib/user_cache.mjs";
import { type Wheel, wheelFor } from "./wheels.ts";

/** As `process.env`, whose type only Node's types have. */
export type Environment = Record<string, string | undefined>;

/** Everything provisioning depends on; tests make their own. */
export interface NativeSite {
  /** Folder of the npm package `@tensorflow/tfjs-node`. */
  readonly packageDirectory: string;
  /** Version of that package. */
  readonly tfjsVersion: string;
  /** Where the package looks for its addon. */
  readonly addon: string;
  /** N-API version of the addon. */
  readonly napi: number;
  /** Folder of builds, downloads and notes; shared by every checkout. */
  readonly cacheDirectory: string;
  /** Names a build: `4.22.0-2.21.0-linux-x64-napi8`. */
  readonly id: string;
  /** `linux-x64`. */
  readonly platform: string;
  /** What has TensorFlow for this platform, or undefined. */
  readonly wheel: Wheel | undefined;
  readonly env: Environment;
  /** The file in which Linux tells of the processor. */
  readonly processor: string;
  /** Version of Deno, where that runs the program. */
  readonly deno: string | undefined;
}

/** Options of {@link nativeSite}. */
export interface NativeSiteOptions {
  readonly packageDirectory?: string;
  readonly env?: Environment;
  readonly wheel?: Wheel;
  readonly processor?: string;
  readonly deno?: string;
}

const require = createRequire(import.meta.url);

/** The site of this process: its `node_modules`, its environment, this user's cache. */
export function nativeSite(options: NativeSiteOptions = {}): NativeSite {
  const env = options.env ?? process.env;
  const manifest = options.packageDirectory === undefined
    ? require.resolve("@tensorflow/tfjs-node/package.json")
    : join(options.packageDirectory, "package.json");
  const packageDirectory = dirname(manifest);
  const { version, binary } = JSON.parse(readFileSync(manifest, "utf8")) as {
    version: string;
    binary: { napi_versions: number[] };
  };
  const napi = Math.max(
    ...binary.napi_versions.filter((v) => v <= Number(process.versions.napi)),
  );
  const platform = `${process.platform}-${process.arch}`;
  const wheel = options.wheel ?? wheelFor(platform);
  return {
    packageDirectory,
    tfjsVersion: version,
    addon: join(packageDirectory, "lib", `napi-v${napi}`, "tfjs_binding.node"),
    napi,
    cacheDirectory: join(cacheRoot(env), "native"),
    id: `${version}-${wheel?.version ?? "none"}-${platform}-napi${napi}`,
    platform,
    wheel,
    env,
    processor: options.processor ?? "/proc/cpuinfo",
    deno: options.deno ?? process.versions["deno"],
  };
}

/** Whether `VAE_PRIORS_NO_PROVISION` forbids fetching and building anything. */
export function isProvisioningDisabled(env: Environment): boolean {
  const value = env["VAE_PRIORS_NO_PROVISION"];
  return value !== undefined && value !== "" && value !== "0" &&
    value !== "false";
}
