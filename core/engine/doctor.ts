/**
 * What this machine has for the engines, what it lacks and what to do. Looks
 * only: fetches nothing, and asks no network.
 *
 * @module
 */

import { access, constants, readFile, statfs } from "node:fs/promises";
import { createRequire } from "node:module";
import { availableParallelism, freemem, totalmem } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";
import { plural } from "../lib/count.ts";
import {
  checkCompiler,
  checkNative,
  checkPython,
  type Finding,
} from "./native/checks.ts";
import { locateNative } from "./native/locate.ts";
import { spaceNeeded } from "./native/disk_space.ts";
import { cacheObstacle, OTHER_CACHE } from "./native/paths.ts";
import { type NativeSite, nativeSite } from "./native/site.ts";
import { cacheRoot } from "../lib/user_cache.mjs";

export type { Finding } from "./native/checks.ts";

/** Options of {@link diagnose}. */
export interface DiagnoseOptions {
  readonly site?: NativeSite;
  readonly signal?: AbortSignal;
}

const require = createRequire(import.meta.url);

/** Typed by hand: its types come with the DOM's only. */
const wasm = Reflect.get(globalThis, "WebAssembly") as {
  validate(bytes: Uint8Array): boolean;
};

/** Looks at everything the engines depend on. */
export async function diagnose(
  options: DiagnoseOptions = {},
): Promise<Finding[]> {
  const site = options.site ?? nativeSite();
  // The remembered answer would be about the machine as it was.
  const { signal } = options;
  const state = await locateNative(site, { fresh: true, signal });
  const isNeeded = state.status === "absent";
  return [
    site.deno === undefined
      ? checkNode(process.versions.node)
      : { name: "deno", status: "ok", found: site.deno },
    {
      name: "platform",
      status: "ok",
      found: `${site.platform}, Node-API ${site.napi}`,
    },
    checkMachine(),
    checkNative(site, state),
    await checkPython(site, { isNeeded, signal }),
    await checkCompiler(site, { isNeeded, signal }),
    await checkCache(site, isNeeded),
    await checkSpace(site, isNeeded),
    await checkWasm(),
  ];
}

/** Node 20.19 is the oldest that is tested. */
export function checkNode(version: string): Finding {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) {
    return { name: "node", status: "ok", found: version };
  }
  return {
    name: "node",
    status: "fail",
    found: version,
    advice: "Install Node 20.19 or later",
  };
}

function checkMachine(): Finding {
  const gib = (bytes: number) => (bytes / 2 ** 30).toFixed(1);
  const found = `${plural(availableParallelism(), "core")}, ${
    gib(totalmem())
  } GiB of memory, ${gib(freemem())} GiB free`;
  const isSmall = totalmem() < 2 * 2 ** 30;
  const advice =
    "TensorFlow alone takes about half a GiB in each process: use --concurrency 1";
  return isSmall
    ? { name: "machine", status: "warn", found, advice }
    : { name: "machine", status: "ok", found };
}

async function checkCache(
  site: NativeSite,
  isNeeded: boolean,
): Promise<Finding> {
  const root = cacheRoot(site.env);
  const obstacle = isNeeded ? cacheObstacle(site) : null;
  if (obstacle !== null) {
    return {
      name: "cache",
      status: "warn",
      found: obstacle,
      advice: OTHER_CACHE,
    };
  }
  const existing = await nearest(root);
  const isWritable = await access(existing, constants.W_OK).then(
    () => true,
    () => false,
  );
  if (isWritable) return { name: "cache", status: "ok", found: root };
  const isThere = existing === root;
  return {
    name: "cache",
    status: "warn",
    found: isThere
      ? `${root} is not writable`
      : `${root} cannot be made: ${existing} is not writable`,
    advice: isThere
      ? "Make it writable, or set VAE_PRIORS_CACHE to a folder that is"
      : "Set VAE_PRIORS_CACHE to a folder that is writable",
  };
}

async function checkSpace(
  site: NativeSite,
  isNeeded: boolean,
): Promise<Finding> {
  const { bavail, bsize } = await statfs(await nearest(site.cacheDirectory));
  const gb = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;
  const needed = isNeeded && site.wheel !== undefined
    ? spaceNeeded(site.wheel)
    : 0;
  const found = `${gb(bavail * bsize)} free beside the cache`;
  if (bavail * bsize >= needed) return { name: "disk", status: "ok", found };
  const advice = `Setting up the native engine takes ${
    gb(needed)
  }: free some, or set VAE_PRIORS_CACHE`;
  return { name: "disk", status: "warn", found, advice };
}

async function checkWasm(): Promise<Finding> {
  const name = "wasm engine";
  try {
    const manifest = require.resolve(
      "@tensorflow/tfjs-backend-wasm/package.json",
    );
    const bytes = await readFile(
      join(dirname(manifest), "dist", "tfjs-backend-wasm-simd.wasm"),
    );
    if (wasm.validate(bytes)) {
      return { name, status: "ok", found: "with SIMD, one thread a process" };
    }
    const advice =
      "A processor with 128-bit SIMD makes it several times faster";
    return {
      name,
      status: "warn",
      found: "without SIMD: this machine does not run it",
      advice,
    };
  } catch (error) {
    const found = `tfjs-backend-wasm cannot be read: ${
      error instanceof Error ? error.message : error
    }`;
    return { name, status: "fail", found, advice: "Run npm ci again" };
  }
}

/** The nearest folder above a path that exists. */
async function nearest(path: string): Promise<string> {
  const exists = await access(path).then(() => true, () => false);
  const parent = dirname(path);
  return exists || parent === path ? path : await nearest(parent);
}
