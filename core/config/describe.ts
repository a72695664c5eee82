/**
 * What a valibot schema wants, in words: `a whole number of at least 1`. Error
 * messages and `list` read it off the schema, so it is written down once.
 *
 * @module
 */

import { quoteAll, show } from "../lib/suggest.ts";

/** The parts of a valibot schema that are read here; all of its schemas have this shape. */
export interface SchemaLike {
  readonly type: string;
  readonly wrapped?: SchemaLike;
  readonly default?: unknown;
  readonly pipe?: readonly ActionLike[];
  readonly entries?: Readonly<Record<string, SchemaLike>>;
  readonly item?: SchemaLike;
  readonly items?: readonly SchemaLike[];
  readonly options?: readonly unknown[];
  readonly literal?: unknown;
  readonly value?: unknown;
}

/** An action of a schema's pipe; its first entry is the schema itself. */
interface ActionLike {
  readonly type: string;
  readonly requirement?: unknown;
  readonly description?: string;
}

/** Schemas that only let `null` or `undefined` through beside what they wrap. */
const WRAPPERS = ["optional", "exact_optional", "nullable", "nullish"];

/** What `schema` wants, as the end of a sentence: `a whole number of at least 1`. */
export function describeSchema(schema: SchemaLike): string {
  if (schema.wrapped !== undefined && WRAPPERS.includes(schema.type)) {
    const inner = describeSchema(schema.wrapped);
    return schema.type === "nullable" || schema.type === "nullish"
      ? `${inner}, or null`
      : inner;
  }
  switch (schema.type) {
    case "number":
      return describeNumber(schema);
    case "string":
      return `a string${describeLength(schema)}`;
    case "boolean":
      return "true or false";
    case "literal":
      return show(schema.literal);
    case "picklist":
    case "enum":
      return oneOf((schema.options ?? []).map(show));
    case "union":
    case "variant":
      return oneOf((schema.options as SchemaLike[]).map(describeSchema));
    case "array":
      return `a list${describeLength(schema)}${describeItem(schema.item)}`;
    case "tuple":
    case "strict_tuple":
      return `a list of ${schema.items?.length ?? 0}: ${
        (schema.items ?? []).map(describeSchema).join(", ")
      }`;
    case "object":
    case "strict_object":
      return `an object with ${
        quoteAll(Object.keys(schema.entries ?? {}), "")
      }`;
    case "record":
      return "an object";
    case "any":
    case "unknown":
      return "anything";
    default:
      return `a ${schema.type.replaceAll("_", " ")}`;
  }
}

/** The schema's own sentence (`v.description`), looked for through its wrappers. */
export function schemaDescription(schema: SchemaLike): string | undefined {
  const action = actionsOf(schema).findLast(({ type }) =>
    type === "description"
  );
  if (action?.description !== undefined) return action.description;
  return schema.wrapped === undefined
    ? undefined
    : schemaDescription(schema.wrapped);
}

/** The schema's default, looked for through its wrappers and called where it is a function. */
export function schemaDefault(schema: SchemaLike): unknown {
  if (schema.default !== undefined) {
    return typeof schema.default === "function"
      ? schema.default()
      : schema.default;
  }
  return schema.wrapped === undefined
    ? undefined
    : schemaDefault(schema.wrapped);
}

/** The schema that reads the value at `path` under `schema`, if it can be told. */
export function schemaAt(
  schema: SchemaLike,
  path: readonly PropertyKey[],
): SchemaLike | undefined {
  const unwrapped = unwrap(schema);
  const [key, ...rest] = path;
  if (key === undefined) return schema;
  const next = typeof key === "number"
    ? unwrapped.item ?? unwrapped.items?.[key]
    : unwrapped.entries?.[String(key)];
  return next === undefined ? undefined : schemaAt(next, rest);
}

/** The schema under `optional`, `nullable` and the like. */
export function unwrap(schema: SchemaLike): SchemaLike {
  return schema.wrapped === undefined ? schema : unwrap(schema.wrapped);
}

function describeNumber(schema: SchemaLike): string {
  const noun = has(schema, "integer") || has(schema, "safe_integer")
    ? "a whole number"
    : has(schema, "finite")
    ? "a finite number"
    : "a number";
  const min = requirement(schema, "min_value");
  const max = requirement(schema, "max_value");
  const above = requirement(schema, "gt_value");
  const below = requirement(schema, "lt_value");
  const step = requirement(schema, "multiple_of");
  if (min !== undefined && max !== undefined) {
    return `${noun} from ${min} to ${max}`;
  }
  const bounds = [
    min === undefined ? "" : `of at least ${min}`,
    above === undefined ? "" : `above ${above}`,
    max === undefined ? "" : `of at most ${max}`,
    below === undefined ? "" : `below ${below}`,
  ].filter((part) => part !== "").join(" and ");
  const multiple = step === undefined ? "" : `, a multiple of ${step}`;
  return `${noun}${bounds === "" ? "" : ` ${bounds}`}${multiple}`;
}

function describeItem(item: SchemaLike | undefined): string {
  return item === undefined || item.type === "unknown" || item.type === "any"
    ? ""
    : `, each ${describeSchema(item)}`;
}

function describeLength(schema: SchemaLike): string {
  const min = requirement(schema, "min_length") ??
    (has(schema, "non_empty") ? 1 : undefined);
  const max = requirement(schema, "max_length");
  const exact = requirement(schema, "length");
  if (exact !== undefined) return ` of length ${exact}`;
  if (min === 1 && max === undefined) return " that is not empty";
  if (min !== undefined && max !== undefined) {
    return ` of length ${min} to ${max}`;
  }
  if (min !== undefined) return ` of length ${min} or more`;
  return max === undefined ? "" : ` of length ${max} or less`;
}

function has(schema: SchemaLike, type: string): boolean {
  return actionsOf(schema).some((action) => action.type === type);
}

function requirement(schema: SchemaLike, type: string): unknown {
  return actionsOf(schema).find((action) => action.type === type)?.requirement;
}

/** Actions of a schema and, where a pipe begins with another pipe, of that one. */
function actionsOf(schema: SchemaLike): readonly ActionLike[] {
  const [first, ...actions] = schema.pipe ?? [];
  if (first === undefined) return [];
  const isPipe = first !== (schema as unknown) && "pipe" in first;
  return isPipe
    ? [...actionsOf(first as unknown as SchemaLike), ...actions]
    : actions;
}

function oneOf(alternatives: readonly string[]): string {
  if (alternatives.length < 2) return alternatives.join("");
  return `${alternatives.slice(0, -1).join(", ")} or ${alternatives.at(-1)}`;
}
