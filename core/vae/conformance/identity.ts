/**
 * What every plugin says of itself, whatever its kind: identity and options.
 *
 * @module
 */

import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as v from "valibot";
import { messageOf } from "../../lib/errors.ts";
import { checkDefinition } from "../plugin/check.ts";
import type { PluginKind, ResolvedPlugin } from "../plugin/kind.ts";
import { labelOf } from "../plugin/label.ts";

/** A plugin, and where it was loaded from. */
interface Examined extends Pick<ResolvedPlugin, "definition" | "options"> {
  readonly url: string | undefined;
}

/** What is wrong with what it says of itself. */
export function identityFaults(
  kind: PluginKind,
  { definition, options, url }: Examined,
): string[] {
  const faults: string[] = [];
  attempt(
    faults,
    () => checkDefinition(kind, definition, definition.module),
  );
  attempt(faults, () => labelOf(kind, { definition, options }));
  const { description, module } = definition;
  if (typeof description !== "string" || description.trim() === "") {
    faults.push(`description is ${JSON.stringify(description)}, want one line`);
  }
  attempt(faults, () => {
    if (url === undefined || pathOf(url) === pathOf(module)) return;
    throw new Error(
      `module is ${module}, want ${url}: write module: import.meta.url in the file itself`,
    );
  });
  return faults;
}

/** What is wrong with its options. */
export function optionFaults({ definition, options }: Examined): string[] {
  const faults: string[] = [];
  const defaults = v.safeParse(definition.options, {});
  if (!defaults.success) {
    const keys = defaults.issues.map(({ path }) => String(path?.[0].key));
    faults.push(`options without a default: ${keys.join(", ")}`);
  }
  const unknown = { ...options, __no_such_option__: 1 };
  if (v.safeParse(definition.options, unknown).success) {
    faults.push("an unknown option is let pass, want v.strictObject");
  }
  const copy = JSON.parse(JSON.stringify(options));
  for (const [key, value] of Object.entries(options)) {
    if (JSON.stringify(copy[key]) !== JSON.stringify(value) || isLossy(value)) {
      faults.push(`option ${key} is ${String(value)}, which is no JSON value`);
    }
  }
  return faults;
}

/** Adds to `faults` what `look` throws. */
export function attempt(faults: string[], look: () => void): void {
  try {
    look();
  } catch (error) {
    faults.push(messageOf(error));
  }
}

function isLossy(value: unknown): boolean {
  return typeof value === "number"
    ? !Number.isFinite(value)
    : typeof value === "function" || typeof value === "bigint";
}

function pathOf(url: string): string {
  return realpathSync(fileURLToPath(url.replace(/[?#].*$/, "")));
}
