import * as v from "valibot";
import { expect, test } from "vitest";
import {
  describeSchema,
  schemaAt,
  schemaDefault,
  schemaDescription,
  type SchemaLike,
} from "../../core/config/describe.ts";

const like = (schema: unknown) => schema as SchemaLike;

test.each([
  [v.number(), "a number"],
  [
    v.pipe(v.number(), v.integer(), v.minValue(1)),
    "a whole number of at least 1",
  ],
  [v.pipe(v.number(), v.finite(), v.gtValue(0)), "a finite number above 0"],
  [v.pipe(v.number(), v.minValue(0), v.maxValue(1)), "a number from 0 to 1"],
  [
    v.pipe(v.number(), v.minValue(0), v.ltValue(1)),
    "a number of at least 0 and below 1",
  ],
  [
    v.pipe(v.pipe(v.number(), v.integer(), v.minValue(2)), v.description("x")),
    "a whole number of at least 2",
  ],
  [v.optional(v.boolean(), true), "true or false"],
  [v.nullable(v.string()), "a string, or null"],
  [v.picklist(["x", "y", "z"]), '"x", "y" or "z"'],
  [v.union([v.literal("auto"), v.number()]), '"auto" or a number'],
  [
    v.pipe(v.array(v.number()), v.nonEmpty()),
    "a list that is not empty, each a number",
  ],
  [v.array(v.unknown()), "a list"],
  [v.strictObject({ a: v.number() }), 'an object with "a"'],
])("describes schema %#", (schema, words) => {
  expect(describeSchema(like(schema))).toBe(words);
});

test("reads description, default and inner schemas through wrappers", () => {
  const epochs = v.pipe(v.number(), v.description("passes"));
  const schema = v.strictObject({
    epochs: v.optional(epochs, 20),
    hidden: v.optional(v.array(epochs), () => [400]),
  });
  const entry = like(schema.entries.epochs);
  expect(schemaDescription(entry)).toBe("passes");
  expect(schemaDefault(entry)).toBe(20);
  expect(schemaDefault(like(schema.entries.hidden))).toEqual([400]);
  expect(schemaAt(like(schema), ["hidden", 3])).toBe(epochs);
  expect(schemaAt(like(schema), ["none"])).toBeUndefined();
});
