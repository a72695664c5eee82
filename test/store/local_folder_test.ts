import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { localFolder, schemeOf } from "../../core/store/local_folder.ts";

const env = { VAE_PRIORS_CACHE: resolve("/cache") };
const at = (location: string, rest = {}) =>
  localFolder(location, { ...env, ...rest });

test("a folder store keeps what is of this machine with the rest", () => {
  expect(at(resolve("/a/store"))).toBe(resolve("/a/store"));
  expect(schemeOf("C:\\store")).toBeUndefined();
});

test("any other store has a folder in the user's cache, one for each service", () => {
  const folder = at("s3://bucket/x");
  expect(folder.startsWith(join(env.VAE_PRIORS_CACHE, "stores"))).toBe(true);
  expect(at("s3://bucket/x/")).toBe(folder);
  const others = [
    at("s3://bucket/y"),
    at("s3://bucket/x", { AWS_ENDPOINT_URL: "http://one" }),
    at("s3://bucket/x", { AWS_ENDPOINT_URL_S3: "http://two" }),
    at("s3://bucket/x", { AWS_PROFILE: "other" }),
  ];
  expect(new Set([folder, ...others]).size).toBe(5);
});
