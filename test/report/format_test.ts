import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { allOf } from "../../core/lib/count.ts";
import {
  cutNames,
  datasetTitle,
  formatCount,
  formatDuration,
  formatNats,
  formatRate,
  formatValue,
  plural,
} from "../../core/report/format.ts";

test("formatNats() has two decimals, a true minus and a dash for nothing", () => {
  expect(formatNats(-100.206)).toBe("−100.21");
  expect(formatNats(3)).toBe("3.00");
  expect(formatNats(null)).toBe("–");
});

test("formatCount() groups thousands", () => {
  expect([0, 999, 1000, 60000, 1234567].map(formatCount)).toEqual(
    ["0", "999", "1,000", "60,000", "1,234,567"],
  );
});

test("formatDuration() uses the units that people would", () => {
  expect([12.4, 4210, 59_990, 200_000, 7_500_000].map(formatDuration)).toEqual(
    ["12 ms", "4.2 s", "60.0 s", "3 min 20 s", "2 h 5 min"],
  );
});

test("formatRate() has three digits", () => {
  expect([5.3149, 53.149, 531.49].map(formatRate)).toEqual(
    ["5.31", "53.1", "531"],
  );
});

test("formatValue() shows any option in a line", () => {
  expect([[1, 2], "a", null, true, undefined].map(formatValue)).toEqual(
    ["[1,2]", "a", "null", "true", "none"],
  );
});

test("datasetTitle() writes names as their field does", () => {
  expect(["mnist", "fashion-mnist", "kmnist", "letters"].map(datasetTitle))
    .toEqual(["MNIST", "Fashion-MNIST", "KMNIST", "Letters"]);
  expect(datasetTitle('"mnist" (not MNIST)')).toBe('"mnist" (not MNIST)');
});

test("plural() counts", () => {
  expect([plural(1, "run"), plural(4000, "run"), plural(0, "run")]).toEqual(
    ["1 run", "4,000 runs", "0 runs"],
  );
  expect([plural(1, "axis", "axes"), plural(2, "axis", "axes")]).toEqual(
    ["1 axis", "2 axes"],
  );
  expect([allOf(1, "stage"), allOf(6, "stage")]).toEqual(
    ["1 stage", "all 6 stages"],
  );
});

test("what is counted is counted by it, in messages and pages", () => {
  // Nouns of which there may be one; a constant, or a name, is another matter.
  const bare =
    /\$\{[^{}]*\}\s+(?:(?:test|training|of|latent) )?(?:images|epochs|steps|stages|runs|artifacts|workers|posteriors|dimensions|labels|points|cores)\b/g;
  const root = fileURLToPath(new URL("../../", import.meta.url));
  const found = ["core", "datasets"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .flatMap((file) =>
        readFileSync(join(root, folder, file), "utf8")
          .replaceAll(/^\s*(?:\*|\/\*|\/\/).*$/gm, "").match(bare)
          ?.map((text) => `${folder}/${file}: ${text}`) ?? []
      )
  );
  expect(found.sort()).toEqual([
    // A kind of images, the side of a square of them, and a constant above one.
    "core/report/sections/manifold.ts: ${side} images",
    "core/vae/figures/evaluation.ts: ${b} images",
    "datasets/share.ts: ${TEST_EVERY} images",
  ]);
});

test("names beside each other leave out first what all of them have", () => {
  const name = (network: string) => `Gaussian(0,1) ${network} Bernoulli`;
  expect(cutNames(["a b", "a c"], 3)).toEqual(["a b", "a c"]);
  expect(cutNames([name("MLP(64)"), name("Conv(8-16,256)")], 14))
    .toEqual(["MLP(64)", "Conv(8-16,256)"]);
  expect(cutNames([name("MLP(64)"), "Gaussian(0,1) MLP(64)"], 18))
    .toEqual(["MLP(64) Bernoulli", "MLP(64)"]);
  expect(cutNames([name("MLP(64)")], 20)).toEqual(["Gaussian(0…Bernoulli"]);
  // Wide letters count for more.
  expect(cutNames([`${"W".repeat(22)} D=2`], 22)).toEqual(["WWWWWWW…WW D=2"]);
  expect(cutNames(["i".repeat(22)], 22)).toEqual(["i".repeat(22)]);
});
