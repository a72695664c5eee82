import { expect, test } from "vitest";
import { comparable } from "../../core/report/comparable.ts";

test("comparable() keeps kinds apart and puts runs without figures first", () => {
  expect(comparable([null, "grey", "dynamic", null, "grey"], (kind) => kind))
    .toEqual([[null, "grey", null, "grey"], ["dynamic"]]);
});
