import { describe, expect, it } from "vitest";
import { canonicalJson } from "../../../core/pipeline/key/canonical.ts";

describe("canonicalJson()", () => {
  it("does not depend on the order of keys", () => {
    const value = { b: [1, { d: null, c: "x" }], a: undefined, e: true };
    expect(canonicalJson(value, "it")).toBe(
      '{"b":[1,{"c":"x","d":null}],"e":true}',
    );
  });

  it("tells numbers apart that JSON does not", () => {
    const values = [NaN, Infinity, -Infinity, null];
    const texts = values.map((value) => canonicalJson({ value }, "it"));
    expect(new Set(texts).size).toBe(values.length);
  });

  it.each([
    [() => 1, "found function"],
    [new Map(), "found a Map"],
    [[undefined], "found undefined"],
  ])("refuses what is no plain data: %o", (value, found) => {
    expect(() => canonicalJson({ value }, 'option "train.epochs"')).toThrow(
      `Cannot plan with option "train.epochs": ${found}, want plain data (JSON values)`,
    );
  });
});
