import { describe, expect, test } from "vitest";
import { didYouMean, nearest, quoteAll, show } from "../../core/lib/suggest.ts";

describe("nearest", () => {
  test.each([
    ["trian", "train"],
    ["Train", "train"],
    ["epoch", "epochs"],
    ["alpa", "alpha"],
    ["latentdim", "latentDim"],
  ])("takes %s for %s", (word, meant) => {
    const known = ["sample", "train", "epochs", "alpha", "latentDim"];
    expect(nearest(word, known)).toBe(meant);
  });

  test("guesses nothing that is far", () => {
    expect(nearest("dataset", ["train", "sample"])).toBeUndefined();
    expect(didYouMean("x", ["mean", "variance"])).toBeUndefined();
  });
});

test("quoteAll and show keep messages short and plain", () => {
  expect(quoteAll(["a", "b"])).toBe('"a", "b"');
  expect(quoteAll([])).toBe("none");
  expect(show(undefined)).toBe("nothing");
  expect(show("many")).toBe('"many"');
  expect(show(NaN)).toBe("NaN");
  expect(show({ a: 1 })).toBe('{"a":1}');
  expect(show("x".repeat(100))).toHaveLength(60);
});
