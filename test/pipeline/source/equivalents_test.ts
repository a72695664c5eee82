import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished, vi } from "vitest";
import { normaliseConfig } from "../../../core/config/normalise.ts";
import { ENGINE_MODULE } from "../../../core/pipeline/key/keys.ts";
import { planPipeline } from "../../../core/pipeline/plan.ts";
import { sourceDigester } from "../../../core/pipeline/source/digest.ts";
import { equivalents } from "../../../core/pipeline/source/equivalents.ts";
import { defaultStages } from "../../../core/stages/mod.ts";

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "equivalents-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

it("has no entry of a source that is no more", async () => {
  const modules = [...defaultStages.map(({ module }) => module), ENGINE_MODULE];
  const memory = join(temporaryFolder(), "memory.json");
  const digests = await sourceDigester(memory).digest(modules);
  const found = new Map([...digests].map(([url, digest]) => [digest, url]));
  for (const [entered, first] of Object.entries(equivalents)) {
    expect(
      found.has(first),
      `A source was edited after ${entered} was entered as equivalent to ${first}. ` +
        `Where it still gives the same bits, enter its digest of today in its place, else remove the entry. Digests of today: ${
          [...found].map(([digest, url]) => `${digest} ${url}`).join(", ")
        }`,
    ).toBe(true);
  }
});

it("keeps the keys of drawn digits", async () => {
  vi.stubEnv("VAE_PRIORS_STORE", undefined);
  const config = await normaliseConfig({
    priors: ["gaussian"],
    load_mnist: { source: "synthetic" },
  }, { baseDirectory: temporaryFolder() });
  const { nodes } = await planPipeline(config, { name: "cpu", version: "1" });
  const keys = [...nodes.values()].filter(({ stage }) =>
    stage.name === "load_mnist"
  ).map(({ key }) => key);
  // Of the first source whose digits these are.
  expect(keys).toEqual([
    "6c9a9c000bb98e85588daed9e077cb7c62cfec7f99d2745db8106a4f02d5a596",
  ]);
});
