/** Options of priors at the limits of their schemas. @module */

import { toJsonSchema } from "@valibot/to-json-schema";
import type { PriorDefinition } from "../../core/vae/plugin/prior.ts";

/** An end of what numbers may be. */
export type Limit = "minimum" | "maximum";

/** An option that is a number. */
export interface NumberOption {
  readonly option: string;
  readonly type: "number" | "integer";
  readonly minimum: number | undefined;
  readonly maximum: number | undefined;
}

/** Not empty. */
const INTERVALS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  "uniform minimum": { upper: -999 },
  "uniform maximum": { lower: 999 },
};

/** The options of a prior that are numbers. */
export function numbersOf(
  { options }: PriorDefinition,
): readonly NumberOption[] {
  return schemasOf(options).flatMap(([option, { type, minimum, maximum }]) =>
    type === "number" || type === "integer"
      ? [{ option, type, minimum, maximum }]
      : []
  );
}

/** All numbers of a prior at a limit. */
export function numbersAt(
  limit: Limit,
  definition: PriorDefinition,
): Readonly<Record<string, number | undefined>> {
  return {
    ...Object.fromEntries(
      numbersOf(definition).map((number) => [number.option, number[limit]]),
    ),
    ...INTERVALS[`${definition.name} ${limit}`],
  };
}

/** Every combination of the options of a prior that are a choice. */
export function choicesOf(
  { options }: PriorDefinition,
): readonly Readonly<Record<string, unknown>>[] {
  return schemasOf(options).reduce<readonly Record<string, unknown>[]>(
    (combinations, [option, schema]) => {
      const members = schema.enum ??
        (schema.type === "boolean" ? [true, false] : null);
      return members === null
        ? combinations
        : combinations.flatMap((one) =>
          members.map((member) => ({ ...one, [option]: member }))
        );
    },
    [{}],
  );
}

function schemasOf(options: PriorDefinition["options"]) {
  const { properties = {} } = toJsonSchema(options, { errorMode: "ignore" });
  return Object.entries(properties).flatMap(([option, schema]) =>
    typeof schema === "object" ? [[option, schema] as const] : []
  );
}
