/** The service as the AWS tools' files and variables name it. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { UserError } from "../../../core/lib/errors.ts";
import { serviceSettings } from "../../../core/store/s3/settings.ts";
import {
  at,
  openElsewhere,
  setEnvironment,
  temporary,
  useFake,
} from "./_opened.ts";

/** Settings of a config and an environment. */
async function settings(config: string, env: Record<string, string> = {}) {
  const AWS_CONFIG_FILE = join(temporary("aws"), "config");
  writeFileSync(AWS_CONFIG_FILE, config);
  setEnvironment({
    AWS_CONFIG_FILE,
    AWS_SHARED_CREDENTIALS_FILE: `${AWS_CONFIG_FILE}.none`,
  });
  return await serviceSettings({ AWS_CONFIG_FILE, ...env });
}

const CONFIG = `
[default]
endpoint_url = http://default:1

[profile lab]
endpoint_url = http://all:1
services = local
ca_bundle = /lab.pem

[profile amazon]
region = eu-west-1

[profile hosts]
endpoint_url = https://storage
s3 =
  addressing_style = virtual

[profile none]
endpoint_url = http://all:1
ignore_configured_endpoint_urls = true

[services local]
s3 =
  endpoint_url = http://s3:1
sts =
  endpoint_url = http://sts:1
`;

test.each([
  ["the default profile", {}, "http://default:1"],
  ["services, before the profile", { AWS_PROFILE: "lab" }, "http://s3:1"],
  ["Amazon's own", { AWS_PROFILE: "amazon" }, undefined],
  ["what is to be ignored", { AWS_PROFILE: "none" }, undefined],
  ["AWS_ENDPOINT_URL, before the files", {
    AWS_PROFILE: "lab",
    AWS_ENDPOINT_URL: "http://env:1",
  }, "http://env:1"],
  ["AWS_ENDPOINT_URL_S3, before it", {
    AWS_ENDPOINT_URL: "http://env:1",
    AWS_ENDPOINT_URL_S3: "http://env-s3:1",
  }, "http://env-s3:1"],
  ["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", {
    AWS_ENDPOINT_URL: "http://env:1",
    AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "true",
  }, undefined],
])("endpoint of %s", async (_, env, endpoint) => {
  expect(await settings(CONFIG, env as Record<string, string>))
    .toMatchObject({ endpoint, pathStyle: endpoint !== undefined });
});

test("the bucket stands before the host where the profile wants it so", async () => {
  expect(await settings(CONFIG, { AWS_PROFILE: "hosts" }))
    .toMatchObject({ endpoint: "https://storage", pathStyle: false });
});

test.each([
  ["endpoint_url = nonsense", '"endpoint_url" of the profile "default"'],
  [
    "services = x\n[services x]\ns3 =\n  endpoint_url = ftp://x",
    '"endpoint_url" of [services x]',
  ],
  ["services = x", "no section [services x]"],
])("%j is a mistake", async (text, named) => {
  const reading = settings(`[default]\n${text}\n`);
  await expect(reading).rejects.toThrow(UserError);
  await expect(reading).rejects.toThrow(named);
});

test("a service that a profile names by its host has the bucket in the path", async () => {
  const fake = await useFake();
  const file = join(temporary("aws"), "config");
  const url = fake.url.replace("127.0.0.1", "localhost");
  writeFileSync(file, `[profile lab]\nendpoint_url = ${url}\n`);
  setEnvironment({
    AWS_ENDPOINT_URL_S3: "",
    AWS_CONFIG_FILE: file,
    AWS_PROFILE: "lab",
  });
  expect(await openElsewhere("s3://bucket/store").inspect(at("a")))
    .toEqual({ status: "miss" });
  expect(fake.requests[0]).toMatch(/^GET store\/manifests\//);
  await fake.stop();
  await expect(openElsewhere("s3://bucket/store").inspect(at("a"))).rejects
    .toThrow(`${url} cannot be reached`);
});
