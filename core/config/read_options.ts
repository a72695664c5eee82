/**
 * Options through their schema: defaults filled in, and valibot's issues turned
 * into sentences that name the key, what was found and what is wanted.
 *
 * @module
 */

import * as v from "valibot";
import { UserError } from "../lib/errors.ts";
import {
  describeSchema,
  schemaAt,
  type SchemaLike,
  unwrap,
} from "./describe.ts";
import { didYouMean, quoteAll, show } from "../lib/suggest.ts";

/** Where options stand, for the messages of {@link readOptions}. */
export interface OptionsPlace {
  /** Key of the options in the config, `train` or `priors[2]`; empty at the top. */
  readonly path: string;
  /** Who owns them: `stage "train"`, `prior "beta" (./beta.ts)`. */
  readonly owner: string;
  /** Where the one of this key was written, when that is not plain: `preset "quick"`. */
  readonly within?:
    | ((key: PropertyKey | undefined) => string | undefined)
    | undefined;
  /** What to write for a key that was known once; undefined for any other. */
  readonly instead?: (key: string, value: unknown) => string | undefined;
}

/**
 * Validates `value` with `schema` and fills in its defaults.
 *
 * @throws {UserError} naming every key at fault, what was found and wanted.
 */
export function readOptions(
  schema: v.GenericSchema,
  value: unknown,
  place: OptionsPlace,
): Readonly<Record<string, unknown>> {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output as Record<string, unknown>;
  const shape = schema as unknown as SchemaLike;
  // An unknown key is the likely reason for a missing one, so it goes first.
  const faults = result.issues
    .map((issue) => describeIssue(issue, shape, place))
    .sort((a, b) => Number(b.unknown) - Number(a.unknown));
  const hints = faults.flatMap(({ hint }) => hint === undefined ? [] : [hint]);
  throw new UserError(faults.map(({ message }) => message).join("\n"), {
    ...(hints[0] === undefined ? {} : { hint: hints.join(" ") }),
    cause: new v.ValiError(result.issues),
  });
}

interface Fault {
  readonly message: string;
  readonly hint?: string | undefined;
  readonly unknown: boolean;
}

function describeIssue(
  issue: v.BaseIssue<unknown>,
  schema: SchemaLike,
  place: OptionsPlace,
): Fault {
  const path = (issue.path ?? []).map(({ key }) => key as PropertyKey);
  const within = place.within?.(path[0]);
  const start = `Cannot read "${joinPath(place.path, path)}"${
    within === undefined ? "" : ` of ${within}`
  }`;
  if (issue.type === "strict_object" && issue.expected === "never") {
    const parent = schemaAt(schema, path.slice(0, -1));
    const known = Object.keys(
      (parent === undefined ? undefined : unwrap(parent).entries) ?? {},
    );
    const key = String(path.at(-1));
    return {
      message: `${start}: ${place.owner} has no such option, it has ${
        quoteAll(known)
      }`,
      hint: place.instead?.(key, valueAt(issue)) ?? didYouMean(key, known),
      unknown: true,
    };
  }
  const found = `found ${show(issue.input)}`;
  const target = schemaAt(schema, path);
  if (isWorded(issue)) {
    return { message: `${start}: ${found}: ${issue.message}`, unknown: false };
  }
  const wanted = target === undefined
    ? issue.expected ?? "something else"
    : describeSchema(target);
  return {
    message: `${start}: ${found}, want ${wanted}${
      place.path === "" ? "" : ` (${place.owner})`
    }`,
    unknown: false,
  };
}

/** The value of the key at fault: the issue's own input is the key. */
function valueAt({ path }: v.BaseIssue<unknown>): unknown {
  return path?.at(-1)?.value;
}

/** Whether the schema's author worded the message; valibot's own begin with "Invalid". */
function isWorded(issue: v.BaseIssue<unknown>): boolean {
  return !issue.message.startsWith("Invalid ");
}

function joinPath(start: string, path: readonly PropertyKey[]): string {
  let joined = start;
  for (const key of path) {
    if (typeof key === "number") joined += `[${key}]`;
    else joined += joined === "" ? String(key) : `.${String(key)}`;
  }
  return joined;
}
