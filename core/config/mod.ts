/**
 * Configs: written, found, laid over, checked.
 *
 * @module
 */

export * from "./define.ts";
export * from "./load.ts";
export * from "./normalise.ts";
export * from "./overrides.ts";
export * from "./presets.ts";
export * from "./types.ts";
