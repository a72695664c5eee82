/** Checkpoints that go from machine to machine. */

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { ArtifactStore } from "../../../core/store/store.ts";
import { createProject } from "../../pipeline/_project.ts";
import {
  at,
  keysWith,
  openElsewhere,
  setEnvironment,
  useFake,
} from "./_opened.ts";

const LOCATION = "s3://bucket/store";
const FILE = "checkpoint.bin";

async function save(
  store: ArtifactStore,
  text: string,
  { shared = true } = {},
): Promise<void> {
  const folder = await store.attemptDirectory(at("a"));
  writeFileSync(join(folder, FILE), text);
  if (shared) await store.saveAttempt(at("a"), FILE);
}

async function load(store: ArtifactStore): Promise<string | null> {
  const file = join(await store.attemptDirectory(at("a")), FILE);
  return existsSync(file) ? readFileSync(file, "utf8") : null;
}

test("the newest checkpoint counts, whichever machine wrote it", async () => {
  await useFake();
  const one = openElsewhere(LOCATION);
  const other = openElsewhere(LOCATION);
  await save(one, "1");
  expect(await load(other)).toBe("1");
  await save(other, "2");
  expect(await load(one)).toBe("2");
  await save(one, "3", { shared: false });
  expect(await load(one), "what did not come through is newer").toBe("3");
  expect(await load(other)).toBe("2");
  await save(other, "4");
  expect(await load(one), "but not than what another machine wrote since")
    .toBe("4");
});

test("what is cleared on one machine is cleared on every other", async () => {
  const fake = await useFake();
  const one = openElsewhere(LOCATION);
  const other = openElsewhere(LOCATION);
  await save(one, "1");
  expect(await load(other)).toBe("1");
  await other.clearAttempt(at("a"));
  expect(keysWith(fake, "/attempts/")).toEqual([]);
  expect(await load(one)).toBeNull();
  await save(one, "2", { shared: false });
  expect(await load(one), "it had not been there").toBe("2");
});

test("a checkpoint that cannot be saved says so at once", async () => {
  const fake = await useFake();
  const store = openElsewhere(LOCATION);
  await save(store, "1");
  await fake.stop();
  await expect(store.saveAttempt(at("a"), FILE)).rejects
    .toThrow("cannot be reached");
});

test("another machine resumes what one began", async () => {
  await useFake();
  setEnvironment({ VAE_PRIORS_CHECKPOINT_SECONDS: "0" });
  const given = { factors: [1], options: { total: { holdAt: 2 } } };
  const project = createProject();
  const controller = new AbortController();
  const interrupted = await project.run(given, {
    store: openElsewhere(LOCATION),
    signal: controller.signal,
    onEvent: (event) => {
      if (event.type === "progress" && event.node.stage.name === "total") {
        controller.abort();
      }
    },
  });
  expect(interrupted.status).toBe("interrupted");
  project.letGo();
  project.calls();
  const store = openElsewhere(LOCATION);
  const result = await project.run(given, { store });
  expect(result.status).toBe("done");
  expect(project.calls()).toEqual(["resumed", "total Toy(1)"]);
  const { key } = result.trials[0]!.stages[2]!;
  expect(await store.read({ stage: "total", key }))
    .toEqual(await wholeRun(given));
});

/** What `total` gives where nothing interrupts it. */
async function wholeRun(given: object): Promise<unknown> {
  const store = openElsewhere("s3://bucket/whole");
  const project = createProject();
  project.letGo();
  const { trials } = await project.run(given, { store });
  return await store.read({ stage: "total", key: trials[0]!.stages[2]!.key });
}
