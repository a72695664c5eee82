/** Stores on a service, for tests. @module */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { sha256 } from "../../../core/lib/files.ts";
import { s3Store } from "../../../core/store/s3/s3_store.ts";
import type {
  ArtifactAddress,
  ArtifactStore,
} from "../../../core/store/store.ts";
import { type FakeS3, fakeS3 } from "./_fake_s3.ts";

/** Sets variables until the test ends. */
export function setEnvironment(variables: Record<string, string>): void {
  for (const [name, value] of Object.entries(variables)) {
    const before = process.env[name];
    process.env[name] = value;
    onTestFinished(() => {
      if (before === undefined) delete process.env[name];
      else process.env[name] = before;
    });
  }
}

/** A new folder, until the test ends. */
export function temporary(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `${name}-`));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Has this process use a new fake service. */
export async function useFake(
  certificate?: { readonly key: string; readonly cert: string },
): Promise<FakeS3> {
  const fake = await fakeS3(certificate);
  onTestFinished(() => fake.stop());
  setEnvironment({
    AWS_ENDPOINT_URL_S3: fake.url,
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "testtest",
    // Whatever this machine's person has set up.
    AWS_CA_BUNDLE: "",
    AWS_PROFILE: "",
    AWS_CONFIG_FILE: join(tmpdir(), "no-aws-config"),
  });
  return fake;
}

/** Opens a store as another machine does: with a cache of its own. */
export function openElsewhere(location: string): ArtifactStore {
  setEnvironment({ VAE_PRIORS_CACHE: temporary("cache") });
  return s3Store(location);
}

/** An address of stage "train". */
export function at(text: string): ArtifactAddress {
  return { stage: "train", key: sha256(text) };
}

/** Puts an artifact with a value and a file of its own. */
export async function put(
  store: ArtifactStore,
  address: ArtifactAddress,
  note = "hello",
): Promise<void> {
  const draft = await store.draft(address);
  writeFileSync(join(draft.directory, "note.txt"), note);
  await draft.commit({ note: { text: note } }, RECORD);
}

const RECORD = { fields: { stage: "train" }, ms: 5, warnings: [] };

/** Keys of objects that contain this. */
export function keysWith(fake: FakeS3, part: string): readonly string[] {
  return [...fake.objects.keys()].filter((key) => key.includes(part));
}

/** Spoils what an object holds. */
export function spoil(fake: FakeS3, key: string): void {
  const bytes = Buffer.from(fake.objects.get(key)!.bytes);
  bytes[0]! ^= 1;
  fake.set(key, bytes);
}
