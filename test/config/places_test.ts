import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { readPlaces } from "../../core/config/places.ts";

const base = resolve("/project");
const read = (
  config: Readonly<Record<string, unknown>>,
  environment = {},
  byHand = false,
) =>
  readPlaces(config, {
    baseDirectory: base,
    environment,
    overrides: byHand ? [{ path: ["store"], value: config.store }] : [],
  });

test("the store lies in the outputs, unless it is said", () => {
  expect(read({})).toEqual({
    outputDirectory: join(base, "outputs"),
    storeDirectory: join(base, "outputs", "store"),
  });
  expect(read({ outputs: "../out" }).storeDirectory)
    .toBe(resolve("/out/store"));
  expect(read({ store: "../shared" })).toEqual({
    outputDirectory: join(base, "outputs"),
    storeDirectory: resolve("/shared"),
  });
  expect(read({ store: resolve("/a") }).storeDirectory).toBe(resolve("/a"));
});

test("the environment goes before the config, what is set by hand before both", () => {
  const environment = { VAE_PRIORS_STORE: "near" };
  const near = resolve("near");
  expect(read({}, environment).storeDirectory).toBe(near);
  expect(read({ store: "/a" }, environment).storeDirectory).toBe(near);
  expect(read({ store: "/a" }, environment, true).storeDirectory)
    .toBe(resolve("/a"));
  expect(read({ store: "/a" }, { VAE_PRIORS_STORE: "" }).storeDirectory)
    .toBe(resolve("/a"));
});

test("a URL stays one, for the store to judge", () => {
  expect(read({ store: "s3://bucket/x" }).storeDirectory).toBe("s3://bucket/x");
  // Which the store refuses.
  expect(read({ store: "s3:/bucket/x" }).storeDirectory).toBe("s3:/bucket/x");
});

test("what is no path is refused", () => {
  expect(() => read({ store: 3 })).toThrow('Cannot read "store": found 3');
  expect(() => read({ outputs: "" })).toThrow('Cannot read "outputs"');
});
