/**
 * How plugins are called in tables and pictures.
 *
 * @module
 */

import { UserError } from "../../lib/errors.ts";
import { sha256 } from "../../lib/files.ts";
import type {
  PluginDefinition,
  PluginKind,
  PluginOptions,
  ResolvedPlugin,
} from "./kind.ts";

/** A label stands in every line of progress, and names a folder. */
const MAX_LENGTH = 48;
const DIGEST_LENGTH = 8;

type Unlabelled = Pick<ResolvedPlugin, "definition" | "options">;

/**
 * The plugin's own label, or its name with the values of its options in the
 * order of its schema: `Beta(1,1)`. A long one is cut, and ends with a digest.
 *
 * @throws {UserError} where the plugin's own `label` throws or gives no text.
 */
export function labelOf(kind: PluginKind, plugin: Unlabelled): string {
  return shorten(wholeLabel(kind, plugin), plugin);
}

/** All of a label. Throws as {@link labelOf}. */
export function wholeLabel(
  { name: kind }: PluginKind,
  { definition, options }: Unlabelled,
): string {
  if (definition.label === undefined) {
    return inOneLine(defaultLabel(definition, options));
  }
  let label: unknown;
  try {
    label = definition.label(options);
  } catch (cause) {
    throw new UserError(
      `Cannot label ${kind} "${definition.name}" with ${
        JSON.stringify(options)
      }: its "label" threw "${cause}"`,
      { cause },
    );
  }
  if (typeof label === "string" && inOneLine(label) !== "") {
    return inOneLine(label);
  }
  throw new UserError(
    `Cannot label ${kind} "${definition.name}": its "label" gave ${
      JSON.stringify(label) ?? "nothing"
    }, want a string that is not empty`,
  );
}

/**
 * Gives plugins labels that are short and differ: to whole ones that several
 * share are added the options in which they do, and what is too long then is
 * cut.
 */
export function distinguish<Resolved extends ResolvedPlugin>(
  plugins: readonly Resolved[],
): readonly Resolved[] {
  return plugins.map((plugin) => {
    const others = plugins.filter(({ label }) => label === plugin.label);
    if (others.length === 1) {
      return { ...plugin, label: shorten(plugin.label, plugin) };
    }
    const differing = Object.entries(plugin.options).filter(([key, value]) =>
      others.some(({ options }) =>
        JSON.stringify(options[key]) !== JSON.stringify(value)
      )
    ).map(([key, value]) => `${key}=${format(value)}`);
    const own = others.every(({ definition }) =>
        definition.name === plugin.definition.name
      )
      ? []
      : [plugin.definition.name];
    const label = [plugin.label, ...own, ...differing].join(" ");
    return { ...plugin, label: shorten(label, plugin) };
  });
}

/** `Wide([0.1234,0.1334,0.1434,0.1534,0.16… #5d41402a`, the same for the same options. */
function shorten(label: string, { definition, options }: Unlabelled): string {
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
  { name, options: schema }: PluginDefinition,
  options: PluginOptions,
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
