/**
 * Loads tfjs-node on every Node, quietly, and so that TensorFlow keeps none of
 * JavaScript's memory.
 *
 * @module
 */

import { createRequire } from "node:module";
import process from "node:process";
import util from "node:util";
import { withCopiedArrays } from "./memory.ts";
import { withOneDnn } from "./native/one_dnn.ts";
import { nativeSite } from "./native/site.ts";
import { skipEqualCasts } from "./ops/equal_cast.ts";
import type { NativeBinding } from "./ops/native_op.ts";

const require = createRequire(import.meta.url);
let isLoaded = false;

/**
 * Loads tfjs-node with the addon at that path; it registers itself and becomes
 * the backend.
 */
export function loadTfjsNode(path: string = nativeSite().addon): void {
  if (isLoaded) return;
  restoreUtil();
  withoutDeprecations(() => {
    // In the cache of modules, from which tfjs-node and everybody else gets it.
    const addon = require.resolve(path);
    const binding = withOneDnn(() => require(addon) as NativeBinding);
    require.cache[addon]!.exports = withCopiedArrays(binding);
    withAddonAt(addon, () => require("@tensorflow/tfjs-node"));
  });
  skipEqualCasts("tensorflow");
  isLoaded = true;
}

/** tfjs-node asks node-pre-gyp, which knows but one place: in `node_modules`. */
function withAddonAt(addon: string, load: () => void): void {
  const ofTfjsNode = createRequire(
    require.resolve("@tensorflow/tfjs-node/package.json"),
  );
  const finder = ofTfjsNode("@mapbox/node-pre-gyp/lib/pre-binding.js") as {
    find: (manifest: string) => string;
  };
  const { find } = finder;
  finder.find = () => addon;
  try {
    load();
  } finally {
    finder.find = find;
  }
}

/**
 * tfjs-node calls two functions of `node:util` that Node 23 removed and that
 * earlier ones complain about.
 */
function restoreUtil(): void {
  Object.assign(util, {
    isArray: Array.isArray,
    isNullOrUndefined: (value: unknown) =>
      value === null || value === undefined,
  });
}

/** Its dependencies are of an age that Node remarks on (`punycode`, `url.parse`). */
function withoutDeprecations(load: () => void): void {
  const kept = process.noDeprecation;
  process.noDeprecation = true;
  try {
    load();
  } finally {
    process.noDeprecation = kept ?? false;
  }
}
