import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { writeCheckpoint } from "../../core/pipeline/execute/checkpoint_file.ts";
import { builtInPriors } from "../../core/plugin/built_in.ts";
import { paint } from "../../core/serve/painting/paint.ts";

function request(directory: string) {
  const { url } = builtInPriors().find(({ name }) => name === "gaussian")!;
  return {
    key: "a",
    saved: 1,
    directory,
    prior: { module: url, digest: "another", options: {}, label: "Gaussian" },
    latentDim: 2,
    seed: 1,
    count: 4,
    height: 2,
    width: 2,
    storeDirectory: directory,
  };
}

test("says why there is no picture", async () => {
  const directory = mkdtempSync(join(tmpdir(), "paint-"));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const given = request(directory);
  const why = async () => {
    const painting = await paint(given);
    return painting.type === "none" ? painting.why : painting.type;
  };
  expect(await why()).toBe("there is no checkpoint");
  writeFileSync(join(directory, "checkpoint.bin"), "half of a chec");
  expect(await why()).toBe("the checkpoint is damaged");
  const save = (value: unknown) =>
    writeCheckpoint(directory, { ms: 1, records: [], warnings: [], value });
  await save({ weighed: 100 });
  expect(await why()).toBe("the checkpoint is no model's of such images");
  const bias = { shape: [4], data: new Float32Array(4) };
  await save({ variables: { "output/bias": bias } });
  expect(await why()).toBe("the prior's source has changed since");
});
