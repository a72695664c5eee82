/**
 * `--set key=value`: single values laid over a config.
 *
 * @module
 */

import { UserError } from "../lib/errors.ts";
import type { Override } from "../pipeline/types.ts";
import { show } from "../lib/suggest.ts";

export type { Override };

/**
 * Reads `train.epochs=3`. The value is JSON where it parses as JSON, else a
 * string; of the keys `texts` it is text, `name=007`, quoted or not.
 *
 * @throws {UserError} where there is no `=` or a key is empty.
 *
 * @example
 * ```ts
 * import { parseOverride } from "./overrides.ts";
 *
 * parseOverride("latentDim=[2,20]"); // { path: ["latentDim"], value: [2, 20] }
 * ```
 */
export function parseOverride(
  text: string,
  texts: readonly string[] = [],
): Override {
  const split = text.indexOf("=");
  const path = text.slice(0, Math.max(split, 0)).trim().split(".");
  if (split < 1 || path.some((key) => key === "")) {
    throw new UserError(`Cannot read --set "${text}": want key=value`, {
      hint: "For instance --set train.epochs=3",
    });
  }
  if (path.includes("__proto__")) {
    throw new UserError(`Cannot read --set "${text}": no such key`);
  }
  const given = text.slice(split + 1);
  const value = parseValue(given);
  const isText = path.length === 1 && texts.includes(path[0]!);
  return { path, value: isText && typeof value !== "string" ? given : value };
}

/**
 * `config` with `overrides` laid over it, later ones last; `config` itself
 * stays as it is.
 *
 * @throws {UserError} where a key leads into something that is not an object.
 */
export function applyOverrides(
  config: Readonly<Record<string, unknown>>,
  overrides: readonly Override[],
): Readonly<Record<string, unknown>> {
  let result = config;
  for (const { path, value } of overrides) {
    if (path.length > 1 && (path[0] === "priors" || path[0] === "stages")) {
      throw new UserError(
        `Cannot set "${path.join(".")}": the list "${
          path[0]
        }" is set as a whole`,
        path[0] === "priors"
          ? {
            hint: `For instance --set 'priors=[["./my_prior.ts", {"key": 1}]]'`,
          }
          : {},
      );
    }
    result = setAt(result, path, value, 0);
  }
  return result;
}

function setAt(
  container: Readonly<Record<string, unknown>>,
  path: readonly string[],
  value: unknown,
  depth: number,
): Readonly<Record<string, unknown>> {
  const key = path[depth] ?? "";
  if (depth === path.length - 1) return { ...container, [key]: value };
  const inner = Object.hasOwn(container, key) ? container[key] : {};
  if (typeof inner !== "object" || inner === null || Array.isArray(inner)) {
    const at = path.slice(0, depth + 1).join(".");
    throw new UserError(
      `Cannot set "${path.join(".")}": "${at}" is ${
        show(inner)
      }, which has no keys`,
    );
  }
  return {
    ...container,
    [key]: setAt(inner as Record<string, unknown>, path, value, depth + 1),
  };
}

function parseValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
