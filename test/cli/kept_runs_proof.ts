import {
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { sha256 } from "../../core/lib/files.ts";
import { recordFile } from "../../core/runs/keep_record.ts";
import { createCheckout } from "../runs/_checkout.ts";

test("gc, verify, export and import do what they say", async () => {
  const here = createCheckout();
  await here.run();
  const id = (await here.plan()).id;
  expect((await here.cli("gc", "--dry")).out).toMatch(/^Nothing to remove/);
  expect(await here.cli("verify")).toMatchObject({
    code: 0,
    out: expect.stringMatching(
      /^Read 6 artifacts, .*: all as it was written$/m,
    ),
  });
  const packed = await here.cli("export", "latest");
  expect(packed.code).toBe(0);
  expect(packed.out).toMatch(new RegExp(`^${id}\\.zip: 6 artifacts, `));
  expect((await here.cli("export", "latest")).err)
    .toContain("it is there already");

  const there = createCheckout({ environment: { VAE_PRIORS_STORE: "shared" } });
  const file = join(here.folder, `${id}.zip`);
  const taken = await there.cli("import", file);
  expect(taken.out).toMatch(
    new RegExp(`^${id}: took 6 artifacts, had 0$`, "m"),
  );
  expect(readdirSync(join(there.folder, "shared"))).toContain("train");
  expect((await there.cli("run", "--dry")).out)
    .toContain("Gaussian(0,1): all 6 stages cached");

  const runs = join(there.outputs, "runs");
  renameSync(runs, join(there.outputs, "away"));
  // As root, too, nobody looks behind a link to itself.
  symlinkSync("runs", runs);
  expect(await there.cli("gc")).toMatchObject({
    code: 2,
    err: expect.stringMatching(
      /^error: Cannot tell what can go from the store .* cannot be read \(ELOOP/,
    ),
  });
  const store = join(there.folder, "shared");
  const far = createCheckout({ environment: { VAE_PRIORS_STORE: store } });
  const kept = await far.cli("gc");
  expect(kept.out).toMatch(/^Nothing to remove\nKept 6 artifacts/);
  expect(kept.out).toContain(`Kept all that ${id} needs, for "${runs}/${id}/`);
  const older = await far.cli("gc", "--dry", "--older-than", "0d");
  expect(older.out).toContain(
    `Would free 6 artifacts that ${id} may need: "${runs}/${id}/`,
  );
  rmSync(runs);
  const freed = JSON.parse((await there.cli("gc", "--json")).out);
  expect(freed.removed).toHaveLength(6);
  expect(await there.cli("verify")).toMatchObject({ code: 0 });
});

test("what a record does not have is said, though all digests of it are right", async () => {
  const here = createCheckout();
  await here.run();
  await here.run(["train.epochs=5"]);
  const [one, two] = [await here.plan(), await here.plan("train.epochs=5")];
  const evaluate = [...one.nodes.values()].find(({ stage }) =>
    stage.name === "evaluate"
  )!;
  const folder = here.store.directory({ stage: "evaluate", key: evaluate.key });
  const path = (name: string) => join(folder, name);
  const value = JSON.parse(readFileSync(path("value.json"), "utf8"));
  value.value.evaluation.elbo.mean = -1;
  const text = JSON.stringify(value);
  writeFileSync(path("value.json"), text);
  const manifest = JSON.parse(readFileSync(path("manifest.json"), "utf8"));
  manifest.files["value.json"] = { size: text.length, sha256: sha256(text) };
  writeFileSync(path("manifest.json"), JSON.stringify(manifest));

  const short = evaluate.key.slice(0, 8);
  const problem = new RegExp(
    `evaluate Gaussian\\(0,1\\) ${short}: its files are not those of the record: digest \\w{8}, recorded \\w{8}`,
  );
  const verified = await here.cli("verify");
  expect(verified.code).toBe(1);
  expect(verified.out).toMatch(problem);
  expect(verified.out).toContain(`DIFFERS from the record of ${one.id}\n`);
  expect(verified.out).toContain(
    ": all as it was written, 1 not as a record here has it\n",
  );
  const compared = await here.cli("compare", one.id, two.id);
  expect(compared.code).toBe(1);
  expect(compared.out).toMatch(problem);
  const inspected = await here.cli("inspect", one.id);
  expect(inspected.out).toMatch(
    /evaluate Gaussian\(0,1\) .* not as recorded$/m,
  );
  const packed = await here.cli("export", one.id);
  expect(packed.code).toBe(2);
  expect(packed.err).toMatch(problem);

  // What is made anew is recorded anew.
  expect(await here.cli("run", "--force")).toMatchObject({ code: 0 });
  expect(await here.cli("verify")).toMatchObject({ code: 0 });

  const file = recordFile(one);
  const record = JSON.parse(readFileSync(file, "utf8"));
  record.trials[0].figures.elbo.value = -1;
  writeFileSync(file, JSON.stringify(record));
  const figures =
    "the record has other figures of Gaussian(0,1) than it: ELBO -1.00, it gave -98.00";
  for (const words of [["verify"], ["compare", one.id, two.id]]) {
    const { code, out } = await here.cli(...words);
    expect(code).toBe(1);
    expect(out).toContain(figures);
  }
});
