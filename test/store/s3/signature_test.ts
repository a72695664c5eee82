/** A shared secret: what is not signed with it is not used, and not removed. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { UserError } from "../../../core/lib/errors.ts";
import {
  at,
  keysWith,
  openElsewhere,
  put,
  setEnvironment,
  useFake,
} from "./_opened.ts";

const LOCATION = "s3://bucket/store";

/** The store as one who has this secret opens it. */
function openWith(secret: string) {
  setEnvironment({ VAE_PRIORS_STORE_KEY: secret });
  return openElsewhere(LOCATION);
}

test("what was signed is read by those who share the secret, and it is nowhere", async () => {
  const fake = await useFake();
  await put(openWith("our secret"), at("a"));
  expect(await openWith("our secret").read(at("a")))
    .toEqual({ note: { text: "hello" } });
  for (const { bytes, metadata } of fake.objects.values()) {
    expect(bytes.toString("latin1")).not.toContain("our secret");
    expect(JSON.stringify(metadata)).not.toContain("our secret");
  }
  expect(await openWith("").read(at("a")), "without one nothing is checked")
    .toEqual({ note: { text: "hello" } });
});

test.each([
  ["", "it is not signed"],
  ["another", "it is signed with another key"],
])("what was signed with %j is refused, and stays", async (secret, found) => {
  const fake = await useFake();
  await put(openWith(secret), at("a"));
  const store = openWith("our secret");
  const message = `Cannot use the artifact of stage "train" (${
    at("a").key.slice(0, 8)
  }): ${found}, want a signature by VAE_PRIORS_STORE_KEY`;
  await expect(store.inspect(at("a"))).rejects.toThrow(message);
  await expect(store.read(at("a"))).rejects.toThrow(UserError);
  await expect(store.admin.list()).rejects.toThrow(message);
  expect(await store.list("train")).toEqual([]);
  expect(keysWith(fake, "/quarantine/")).toEqual([]);
  expect(keysWith(fake, "/manifests/")).toHaveLength(1);
});

test("a signature is of its place: an artifact is not taken for another", async () => {
  const fake = await useFake();
  const store = openWith("our secret");
  await put(store, at("a"));
  const [from] = keysWith(fake, "/manifests/");
  fake.objects.set(
    from!.replace(at("a").key, at("b").key),
    fake.objects.get(from!)!,
  );
  await expect(store.inspect(at("b"))).rejects.toThrow("with another key");
});

test("a checkpoint of somebody else is refused", async () => {
  await useFake();
  const stranger = openWith("another");
  const folder = await stranger.attemptDirectory(at("a"));
  writeFileSync(join(folder, "checkpoint.bin"), "1");
  await stranger.saveAttempt(at("a"), "checkpoint.bin");
  await expect(openWith("our secret").attemptDirectory(at("a"))).rejects
    .toThrow('Cannot use the checkpoint of stage "train"');
});
