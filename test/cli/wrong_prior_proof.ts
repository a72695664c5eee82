import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { runCli } from "../processes/child.ts";

it("a prior that breaks its contract ends before its first step, and the others go on", async () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "wrong-prior-")));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(
    join(folder, "wrong.ts"),
    `import { definePrior, identity, real, tf, v } from "vae-priors";
export default definePrior({
  name: "wrong",
  version: "1.0.0",
  apiVersion: 1,
  module: import.meta.url,
  description: "The mean over the batch",
  options: v.strictObject({}),
  head: (_, { latentDim }) => ({ mean: { units: latentDim, constrain: identity } }),
  create: (_, { latentDim }) => ({
    support: real,
    reparameterization: "explicit",
    sample: ({ mean }, random) => tf.add(mean, random.normal(mean.shape)),
    klDivergence: ({ mean }) => tf.mean(tf.sum(tf.mul(0.5, tf.square(mean)), 1)),
    posteriorMean: ({ mean }) => mean,
    priorSample: (count, random) => random.normal([count, latentDim]),
  }),
});
`,
  );
  writeFileSync(
    join(folder, "pipeline.config.json"),
    JSON.stringify({
      priors: ["./wrong.ts", "gaussian"],
      latentDim: 2,
      engine: "cpu",
      load_mnist: { source: "synthetic", trainLimit: 200, testLimit: 20 },
      networks: ["mlp", { hidden: [8] }],
      train: { epochs: 1 },
    }),
  );
  const { code, stdout, stderr } = await runCli(["run", "--to", "train"], {
    cwd: folder,
  });
  expect(code, stderr).toBe(2);
  expect(stderr).toContain(
    'error: Cannot run stage "train" for Wrong: Cannot use prior "wrong": klDivergence gives shape [], want [7], which is [B] with B = 7\nhint: Sum over axis 1 and keep the batch',
  );
  expect(stdout).toContain("train Wrong: failed");
  expect(stdout).toContain("train Gaussian(0,1): done");
});
