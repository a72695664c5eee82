/** A service whose certificate an authority of one's own has signed. */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { rootCertificates } from "node:tls";
import { expect, test } from "vitest";
import { UserError } from "../../../core/lib/errors.ts";
import { AUTHORITY, CERTIFICATE } from "../../lib/network/certificate.ts";
import {
  at,
  openElsewhere,
  put,
  setEnvironment,
  temporary,
  useFake,
} from "./_opened.ts";

/** Of an authority that has signed nothing here. */
const OTHER = rootCertificates[0]!;
const LOCATION = "s3://bucket/store";
const MISSING = { status: "miss" };

/** Writes an AWS config, and has this process use it. */
function useConfig(text: string): string {
  const file = join(temporary("aws"), "config");
  writeFileSync(file, text);
  setEnvironment({ AWS_CONFIG_FILE: file });
  return file;
}

/** A file of this content. */
function fileOf(text: string): string {
  const file = join(temporary("bundle"), "bundle.pem");
  writeFileSync(file, text);
  return file;
}

test("AWS_CA_BUNDLE verifies it, small and large files alike", async () => {
  const fake = await useFake(CERTIFICATE);
  setEnvironment({ AWS_CA_BUNDLE: AUTHORITY });
  const store = openElsewhere(LOCATION);
  // Beyond two megabytes the client asks first whether it may send.
  await put(store, at("a"), "x".repeat(9e6));
  expect(await store.inspect(at("a"))).toMatchObject({ status: "hit" });
  expect(fake.url).toMatch(/^https:/);
});

test("ca_bundle of the profile verifies it; the environment's is before it", async () => {
  await useFake(CERTIFICATE);
  useConfig(
    `[default]\nregion = us-east-1\n[profile lab]\nca_bundle = ${AUTHORITY}\n`,
  );
  await expect(openElsewhere(LOCATION).inspect(at("a"))).rejects
    .toThrow(UserError);
  setEnvironment({ AWS_PROFILE: "lab" });
  expect(await openElsewhere(LOCATION).inspect(at("a"))).toEqual(MISSING);
  setEnvironment({ AWS_CA_BUNDLE: fileOf("") });
  await expect(openElsewhere(LOCATION).inspect(at("a"))).rejects
    .toThrow("Cannot use the certificates of AWS_CA_BUNDLE");
});

test("one that cannot be verified is a mistake, and it is said what to set", async () => {
  const fake = await useFake(CERTIFICATE);
  const inspecting = openElsewhere(LOCATION).inspect(at("a"));
  await expect(inspecting).rejects.toThrow(UserError);
  await expect(inspecting).rejects.toMatchObject({
    message: expect.stringContaining(
      `Cannot use the store "${LOCATION}": ${fake.url} cannot be used: its certificate cannot be verified (UNABLE_TO_VERIFY_LEAF_SIGNATURE`,
    ),
    hint: expect.stringMatching(/AWS_CA_BUNDLE.*NODE_EXTRA_CA_CERTS/),
  });
  // Set long ago and forgotten, it goes before the profile's.
  const file = fileOf(OTHER);
  setEnvironment({ AWS_CA_BUNDLE: file });
  await expect(openElsewhere(LOCATION).inspect(at("a"))).rejects
    .toThrow(`; looked for in AWS_CA_BUNDLE ("${file}")`);
});

test("what does not encrypt is not asked to", async () => {
  const fake = await useFake();
  setEnvironment({ AWS_ENDPOINT_URL_S3: fake.url.replace("http", "https") });
  const inspecting = openElsewhere(LOCATION).inspect(at("a"));
  await expect(inspecting).rejects.toThrow(UserError);
  await expect(inspecting).rejects.toThrow("it does not speak TLS");
});

test.each([
  ["is not there", () => join(temporary("none"), "x"), "there is no such file"],
  ["is a folder", () => temporary("folder"), "it is a folder"],
  ["is empty", () => fileOf("\n"), "the file is empty"],
  ["has no certificate", () => fileOf("hello"), "it has none"],
  [
    "has a damaged one",
    () =>
      fileOf(
        `${
          readFileSync(AUTHORITY, "utf8")
        }-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n`,
      ),
    "number 2 of its 2 cannot be read",
  ],
])("a bundle that %s is a mistake", async (_, make, found) => {
  await useFake(CERTIFICATE);
  const file = make();
  setEnvironment({ AWS_CA_BUNDLE: file });
  const inspecting = openElsewhere(LOCATION).inspect(at("a"));
  await expect(inspecting).rejects.toThrow(UserError);
  await expect(inspecting).rejects.toThrow(
    `Cannot use the certificates of AWS_CA_BUNDLE ("${file}"): ${found}, want a PEM file`,
  );
});
