/** `run --watch`: edits while it waits and while it runs, and its end. */

import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { BIN, type Child, startChild } from "../processes/child.ts";
import { type Checkout, createCheckout } from "../runs/_checkout.ts";

const WAITING = "Waiting for an edit";

test("an edit runs what it touches and says why; what runs stops first", async () => {
  const here = createCheckout({ config: { priors: ["./mine.ts"] } });
  replace(here, "mine.ts", PRIOR);
  const child = watch(here);
  await child.until("train Mine: started (new)");
  await child.until(WAITING);

  replace(here, "mine.ts", PRIOR.replace("2 * latentDim", "3 * latentDim"));
  await child.until("Edited mine.ts");
  await child.until("attach_prior");
  await child.until("prior mine: mine.ts changed: +1 -1");
  await child.until("train Mine: started (prior mine: mine.ts changed: +1 -1)");
  await child.until(WAITING);

  configure(here, { train: { waits: true, epochs: 3 } });
  await child.until("train.epochs 2 -> 3");
  await child.until("train Mine: started");
  configure(here, { train: { epochs: 3 } });
  await child.until(
    "Edited pipeline.config.json: what runs stops at its checkpoint",
  );
  await child.until("train Mine: interrupted");
  await child.until("train Mine: started (train.epochs 2 -> 3)");
  await child.until(WAITING);

  await child.kill("SIGINT");
  expect((await child.ended).code).toBe(0);
});

test("what changes no plan leaves what runs alone, and a fault is waited out; Ctrl-C stops a run in order", async () => {
  const here = createCheckout({
    config: { priors: ["./mine.ts"], train: { waits: true } },
  });
  replace(here, "mine.ts", PRIOR);
  const child = watch(here);
  await child.until("train Mine: started");
  replace(here, "mine.ts", `// The same.\n${PRIOR}`);
  await child.until("Edited mine.ts: no stage depends on that");
  writeFileSync(join(here.folder, "mine.ts"), PRIOR.replace("real,", "real,,"));
  await child.until('Cannot load prior "');
  writeFileSync(join(here.folder, "mine.ts"), PRIOR);
  await child.until("Edited mine.ts: no stage depends on that");
  const started = child.lines.filter((line) => line.includes("train Mine: s"));
  expect(started).toHaveLength(1);
  await child.kill("SIGINT");
  const { code, stderr } = await child.ended;
  expect(stderr).toContain("Interrupted; the same command resumes from here");
  expect(code).toBe(130);
});

test("flags that do not go with it are refused", async () => {
  const here = createCheckout();
  for (
    const [words, message] of [
      [["--dry"], "Cannot use --dry with --watch"],
      [["--from-record", "x"], "Cannot use --from-record with --watch"],
      [["--serve"], "Cannot use --serve with --watch"],
    ] as const
  ) {
    const { code, err } = await here.cli("run", "--watch", ...words);
    expect([words, code]).toEqual([words, 2]);
    expect(err).toContain(message);
  }
});

function watch({ folder }: Checkout): Child {
  return startChild([process.execPath, BIN, "run", "--watch"], { cwd: folder });
}

/** As editors do: a file of another name takes its place. */
function replace({ folder }: Checkout, file: string, text: string): void {
  writeFileSync(join(folder, `${file}~`), text);
  renameSync(join(folder, `${file}~`), join(folder, file));
}

function configure(
  { folder }: Checkout,
  values: Readonly<Record<string, unknown>>,
): void {
  const file = join(folder, "pipeline.config.json");
  const config = JSON.parse(readFileSync(file, "utf8"));
  writeFileSync(file, JSON.stringify({ ...config, ...values }, null, 2));
}

/** A prior that is planned, and that no stage of the checkout builds. */
const PRIOR = `import { definePrior, real, v } from "vae-priors";

export default definePrior({
  name: "mine",
  version: "1.0.0",
  apiVersion: 1,
  module: import.meta.url,
  description: "For tests",
  options: v.strictObject({}),
  label: () => "Mine",
  head: () => ({}),
  create: (_, { latentDim }) => ({
    support: real,
    reparameterization: "explicit",
    latentWidth: 2 * latentDim,
    sample: () => null,
    klDivergence: () => null,
    posteriorMean: () => null,
    priorSample: () => null,
  }),
});
`;
