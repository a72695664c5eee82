/**
 * One text for equal values, so that equal options have equal keys.
 *
 * @module
 */

import { UserError } from "../../lib/errors.ts";

/**
 * JSON with sorted keys and without members that are `undefined`; numbers that
 * JSON lacks are written as strings, `"Infinity"`.
 *
 * @throws {UserError} Where `value` holds something else than plain data;
 * `what` names it: `option "train.epochs"`.
 */
export function canonicalJson(value: unknown, what: string): string {
  switch (typeof value) {
    case "string":
    case "boolean":
      return JSON.stringify(value);
    case "number":
      return Number.isFinite(value) ? JSON.stringify(value) : `"${value}"`;
    case "object":
      if (value === null) return "null";
      if (Array.isArray(value)) {
        return `[${Array.from(value, (item) => canonicalJson(item, what))}]`;
      }
      if (isPlain(value)) return canonicalObject(value, what);
  }
  const found = typeof value === "object"
    ? `a ${value?.constructor.name}`
    : typeof value;
  throw new UserError(
    `Cannot plan with ${what}: found ${found}, want plain data (JSON values)`,
  );
}

function canonicalObject(value: object, what: string): string {
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => a < b ? -1 : 1)
    .map(([key, member]) =>
      `${JSON.stringify(key)}:${canonicalJson(member, what)}`
    );
  return `{${members.join(",")}}`;
}

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
