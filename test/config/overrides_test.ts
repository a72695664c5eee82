import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { applyOverrides, parseOverride } from "../../core/config/overrides.ts";
import { ownKeys, textKeys } from "../../core/config/schema.ts";
import { UserError } from "../../core/lib/errors.ts";

describe("parseOverride", () => {
  test.each([
    ["train.epochs=3", ["train", "epochs"], 3],
    ["seed=[1,2]", ["seed"], [1, 2]],
    ['priors=["gaussian"]', ["priors"], ["gaussian"]],
    ["name=quick look", ["name"], "quick look"],
    ["load_mnist.dir=/a=b", ["load_mnist", "dir"], "/a=b"],
    ["train.compiled=false", ["train", "compiled"], false],
    ["x=", ["x"], ""],
  ])("reads %s", (text, path, value) => {
    expect(parseOverride(text)).toEqual({ path, value });
  });

  test.each([
    ["name=007", "007"],
    ["name=1e3", "1e3"],
    ["store=2026", "2026"],
    ["outputs=true", "true"],
    ['name="quoted"', "quoted"],
  ])("reads %s as text", (text, value) => {
    expect(parseOverride(text, textKeys).value).toBe(value);
  });

  test("keys of the config that take text, and no number, are known", () => {
    const { without: _, ...entries } = ownKeys;
    const takesText = Object.entries(entries).filter(([, schema]) =>
      v.is(schema, "auto") && !v.is(schema, 7)
    );
    expect(takesText.map(([key]) => key).sort())
      .toEqual([...textKeys].sort());
  });

  test.each(["train.epochs", "=3", "train..epochs=3", ".epochs=3"])(
    "refuses %s",
    (text) => {
      expect(() => parseOverride(text)).toThrow(
        `Cannot read --set "${text}": want key=value`,
      );
    },
  );

  test("refuses to reach for a prototype", () => {
    expect(() => parseOverride("__proto__.polluted=1")).toThrow(UserError);
  });
});

describe("applyOverrides", () => {
  test("sets inner keys without touching the config", () => {
    const config = { train: { epochs: 20, rate: 1 }, seed: 0 };
    const result = applyOverrides(config, [
      parseOverride("train.epochs=3"),
      parseOverride("sample.count=9"),
      parseOverride("train.epochs=4"),
    ]);
    expect(result).toEqual({
      train: { epochs: 4, rate: 1 },
      sample: { count: 9 },
      seed: 0,
    });
    expect(config).toEqual({ train: { epochs: 20, rate: 1 }, seed: 0 });
  });

  test("refuses a way through a value", () => {
    expect(() => applyOverrides({ seed: 3 }, [parseOverride("seed.x=1")]))
      .toThrow('Cannot set "seed.x": "seed" is 3, which has no keys');
  });

  test("sets lists as a whole", () => {
    expect(() => applyOverrides({ priors: [] }, [parseOverride("priors.0=1")]))
      .toThrow('Cannot set "priors.0": the list "priors" is set as a whole');
  });
});
