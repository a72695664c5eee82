/**
 * How priors are called in tables and pictures.
 *
 * @module
 */

import type { PriorDefinition } from "./prior.ts";
import { sha256 } from "../../lib/files.ts";
import type { ResolvedPrior } from "../config.ts";
import { UserError } from "../../lib/errors.ts";

/** A label stands in every line of progress, and names a folder. */
const MAX_LENGTH = 48;
const DIGEST_LENGTH = 8;

/**
 * The plugin's own label, or its name with the values of its options in the
 * order of its schema: `Beta(1,1)`. A long one is cut, and ends with a digest.
 *
 * @throws {UserError} where the plugin's own `label` throws or gives no text.
 */
export function labelOf(
  definition: PriorDefinition,
  options: Readonly<Record<string, unknown>>,
): string {
  return shorten(wholeLabel(definition, options), { definition, options });
}

/** All of a label. Throws as {@link labelOf}. */
export function wholeLabel(
  definition: PriorDefinition,
  options: Readonly<Record<string, unknown>>,
): string {
  if (definition.label === undefined) {
    return inOneLine(defaultLabel(definition, options));
  }
  let label: unknown;
  try {
    label = definition.label(options);
  } catch (cause) {
    throw new UserError(
      `Cannot label prior "${definition.name}" with ${
        JSON.stringify(options)
      }: its "label" threw "${cause}"`,
      { cause },
    );
  }
  if (typeof label === "string" && inOneLine(label) !== "") {
    return inOneLine(label);
  }
  throw new UserError(
    `Cannot label prior "${definition.name}": its "label" gave ${
      JSON.stringify(label) ?? "nothing"
    }, want a string that is not empty`,
  );
}

/**
 * Gives priors labels that are short and differ: to whole ones that several
 * share are added the options in which they do, and what is too long then is
 * cut.
 */
export function distinguish(
  priors: readonly ResolvedPrior[],
): readonly ResolvedPrior[] {
  return priors.map((prior) => {
    const others = priors.filter(({ label }) => label === prior.label);
    if (others.length === 1) {
      return { ...prior, label: shorten(prior.label, prior) };
    }
    const differing = Object.entries(prior.options).filter(([key, value]) =>
      others.some(({ options }) =>
        JSON.stringify(options[key]) !== JSON.stringify(value)
      )
    ).map(([key, value]) => `${key}=${format(value)}`);
    const own = others.every(({ definition }) =>
        definition.name === prior.definition.name
      )
      ? []
      : [prior.definition.name];
    const label = [prior.label, ...own, ...differing].join(" ");
    return { ...prior, label: shorten(label, prior) };
  });
}

/** `Wide([0.1234,0.1334,0.1434,0.1534,0.16… #5d41402a`, the same for the same options. */
function shorten(
  label: string,
  { definition, options }: Pick<ResolvedPrior, "definition" | "options">,
): string {
  const letters = [...label];
  if (letters.length <= MAX_LENGTH) return label;
  const digest = sha256(JSON.stringify([definition.name, options]));
  const end = `… #${digest.slice(0, DIGEST_LENGTH)}`;
  return letters.slice(0, MAX_LENGTH - end.length).join("") + end;
}

/** Without line breaks and other characters that move a terminal's cursor. */
function inOneLine(label: string): string {
  return label.replaceAll(/[\s\p{Cc}]+/gu, " ").trim();
}

function defaultLabel(
  { name, options: schema }: PriorDefinition,
  options: Readonly<Record<string, unknown>>,
): string {
  const title = name.charAt(0).toUpperCase() + name.slice(1);
  const values = Object.keys(schema.entries)
    .filter((key) => options[key] !== undefined)
    .map((key) => format(options[key]));
  return values.length === 0 ? title : `${title}(${values.join(",")})`;
}

function format(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
