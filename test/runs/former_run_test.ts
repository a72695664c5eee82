// A run from before network, likelihood and objective were chosen in a config:
// options of stages said what they were, in its record as well.

import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readRecord } from "../../core/runs/record.ts";
import { fromFormerConfig } from "../../core/runs/former_config.ts";
import { runCommand } from "../processes/command.ts";

/** Of commit f857152, with `hidden`, `decoderHidden`, `klWeight` and `klWarmupEpochs` set. */
const archive = fileURLToPath(
  new URL("../fixtures/runs/before_networks.zip", import.meta.url),
);
const NAME = "old-bd24f3c7";
let folder: string;

beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "vae-priors-former-")));
});
afterAll(() => rm(folder, { recursive: true }));

async function cli(...argv: string[]): Promise<string> {
  const { code, stdout, stderr } = await runCommand(argv, { cwd: folder });
  expect({ argv, code, stderr: code === 0 ? "" : stderr })
    .toEqual({ argv, code: 0, stderr: "" });
  return stdout;
}

test("it is imported, verified, looked at, compared and exported as it was", async () => {
  expect(await cli("import", archive)).toContain("took 6 artifacts");
  expect(await cli("verify")).toContain("Read 6 artifacts");
  expect(await cli("compare", NAME, NAME))
    .toContain("all 6 stages: same keys, same bits");
  const { config } = JSON.parse(await cli("inspect", NAME, "--json"));
  expect(config).toMatchObject({
    networks: [["mlp", { hidden: [3, 2], decoderHidden: [2] }]],
    likelihoods: [["bernoulli", {}]],
    objectives: [["elbo", { klWeight: 0.5, warmupEpochs: 1 }]],
    build_encoder: {},
    attach_prior: {},
    train: { epochs: 1 },
  });
  expect(await cli("export", NAME, "again.zip")).toContain("6 artifacts");
});

test(
  "its record is repeated by the same network and objective, to the same figures",
  async () => {
    const file = join(folder, "outputs/runs", NAME, "record.json");
    const before = await readRecord(file);
    const command = ["run", "--from-record", file, "--json", "--quiet"];
    const { code, stdout } = await runCommand(command, { cwd: folder });
    // Artifacts of the model have other files now, which is said, and exits with 1.
    expect(code).toBe(1);
    const [trial] = JSON.parse(stdout).trials;
    expect(trial.matrix.network)
      .toMatchObject(["mlp", { hidden: [3, 2], decoderHidden: [2] }]);
    expect(trial.matrix.objective[1]).toMatchObject({ klWeight: 0.5 });
    expect(trial.figures.elbo.value)
      .toBeCloseTo(before.trials[0]!.figures["elbo"]!.value, 3);
  },
  60_000,
);

test("each value of an option that was an axis is an entry of its own", () => {
  const config = {
    priors: [["gaussian", {}]],
    matrix: { "train.klWeight": [0.5, 1], "train.learningRate": [0.1] },
    build_encoder: { hidden: [8] },
    attach_prior: {},
    train: { epochs: 3, klWeight: 1, klWarmupEpochs: 2 },
  };
  const now = fromFormerConfig(config);
  expect(now).toEqual({
    priors: [["gaussian", {}]],
    networks: [["mlp", { hidden: [8] }]],
    likelihoods: [["bernoulli", {}]],
    objectives: [
      ["elbo", { klWeight: 0.5, warmupEpochs: 2 }],
      ["elbo", { klWeight: 1, warmupEpochs: 2 }],
    ],
    matrix: { "train.learningRate": [0.1] },
    build_encoder: {},
    attach_prior: {},
    train: { epochs: 3 },
  });
  expect(fromFormerConfig(now)).toBe(now);
});
