import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { recordFile } from "../../core/runs/keep_record.ts";
import { sha256 } from "../../core/lib/files.ts";
import { createCheckout } from "../runs/_checkout.ts";
import { fakeRecord, writeRecord } from "../runs/fake_record.ts";

test("runs are listed, newest first", async () => {
  const here = createCheckout();
  const empty = await here.cli("list", "runs");
  expect(empty).toEqual({
    code: 0,
    out: expect.stringMatching(
      /^No runs in outputs; node .*bin\.mjs run makes one\n$/,
    ),
    err: "",
  });
  writeRecord(
    here.outputs,
    fakeRecord({ run: "first-11111111", ended: "2026-01-01T10:00:00Z" }),
  );
  writeRecord(
    here.outputs,
    fakeRecord({
      run: "second-22222222",
      ended: "2026-01-02T10:00:00Z",
      priors: ["gaussian", "beta", "gamma", "dirichlet", "von_mises_fisher"],
      elbo: -98.765,
    }),
  );
  const { code, out } = await here.cli("list", "runs");
  expect(code).toBe(0);
  const [title, ...lines] = out.trimEnd().split("\n");
  expect(title).toMatch(/^Run +Date +Priors +D +Seed +Status +ELBO +Size$/);
  expect(lines[0]).toMatch(/^second-22222222 .* done +-98\.7[67] +9\.0 MB$/);
  expect(lines[1]).toMatch(/^first-11111111 /);
  expect(Math.max(...lines.map((line) => line.length)))
    .toBeLessThanOrEqual(100);
  const json = JSON.parse((await here.cli("list", "runs", "--json")).out);
  expect(json.runs[0]).toMatchObject({
    id: "second-22222222",
    elbo: -98.765,
    latentDims: [20],
    seeds: [0],
  });
});

test("a run and an artifact can be looked at, and runs compared", async () => {
  const here = createCheckout();
  await here.run();
  await here.run(["train.epochs=5"]);
  const one = await here.plan();
  const two = await here.plan("train.epochs=5");

  const run = await here.cli("inspect", one.id);
  expect(run.code).toBe(0);
  expect(run.out).toMatch(/ {2}train\.epochs +2$/m);
  expect(run.out).toMatch(/ {2}Gaussian\(0,1\) +-98\.00 ± 0\.30 /);
  expect(run.out).toMatch(
    / {2}evaluate Gaussian\(0,1\) +[0-9a-f]{8} .* done$/m,
  );
  const { members } = JSON.parse(
    (await here.cli("inspect", one.id, "--json")).out,
  );
  expect(members[0].figures.elbo.value).toBe(-98);

  const train = [...one.nodes.values()].find(({ stage }) =>
    stage.name === "train"
  )!;
  const artifact = await here.cli("inspect", train.key.slice(0, 10));
  expect(artifact.code).toBe(0);
  expect(artifact.out).toContain(`train ${train.key}`);
  expect(artifact.out).toMatch(/option\.epochs +2$/m);
  expect(artifact.out).toMatch(/arrays\.safetensors +\d+ B +[0-9a-f]{20}/);
  expect(artifact.out).toContain(recordFile(one));
  expect(artifact.out).not.toContain(recordFile(two));
  const load = one.trials[0]!.nodes[0]!;
  const shared = JSON.parse((await here.cli("inspect", load, "--json")).out);
  expect(shared.users.map(({ run }: { run: string }) => run).sort())
    .toEqual([one.id, two.id].sort());

  const { code, out } = await here.cli("compare", one.id, "latest");
  expect(code).toBe(0);
  expect(out).toMatch(/ {2}train\.epochs +2 -> 5$/m);
  expect(out).toMatch(
    / {2}ELBO +-98\.00 +-95\.00 +\+3\.00 \[2\.17, 3\.83\] \(i\)$/m,
  );
  expect(out).toMatch(/ {2}train +option\.epochs 2 -> 5, other bits$/m);
  expect(out).toMatch(/ {2}load_mnist +same key, same bits$/m);
  const json = JSON.parse(
    (await here.cli("compare", one.id, two.id, "--json")).out,
  );
  expect(json.config).toEqual([{ path: "train.epochs", before: 2, after: 5 }]);
});

describe("a run is repeated from its record", () => {
  test("elsewhere, to the same bits; what runs share counts once", async () => {
    const config = { priors: ["gaussian", "beta"] };
    const here = createCheckout({ config, hasOwnStages: true });
    await here.run(["train.epochs=3"]);
    const plan = await here.plan("train.epochs=3");
    const there = createCheckout({ hasOwnStages: true });
    const record = join(there.folder, "a-record.json");
    copyFileSync(recordFile(plan), record);

    const dry = await there.cli("run", "--from-record", record, "--dry");
    expect(dry.code).toBe(0);
    expect(dry.out).toContain(
      `The same keys as in the record of ${plan.id}: 10 of 10`,
    );
    expect(existsSync(join(there.outputs, "runs"))).toBe(false);

    const done = await there.cli("run", "--from-record", record);
    expect(done.err).toBe("");
    expect(done.code).toBe(0);
    expect(done.out).toContain("Bit for bit the recorded results: 10 of 10");
    expect(readdirSync(join(there.outputs, "runs"))).toEqual([plan.id]);

    const other = await there.cli(
      "run",
      "--from-record",
      record,
      "--dry",
      "--set",
      "train.epochs=4",
    );
    expect(other.code).toBe(1);
    expect(other.out).toMatch(
      /Other keys than in the record of tiny-\w{8}: 6 of 10 differ/,
    );
    expect(other.out).toMatch(/ {2}train\.epochs +3 -> 4/);
  });

  test("and says where results differ, with exit code 1", async () => {
    const here = createCheckout({ hasOwnStages: true });
    await here.run(["train.noise=1"]);
    const plan = await here.plan("train.noise=1");
    const record = join(here.folder, "a-record.json");
    copyFileSync(recordFile(plan), record);
    const before = readFileSync(record, "utf8");
    const { code, out } = await here.cli(
      "run",
      "--from-record",
      record,
      "--force",
      "train",
    );
    expect(code).toBe(1);
    expect(out).toContain("Other results than recorded: 1 of 6, train");
    expect(readFileSync(record, "utf8")).toBe(before);
  });

  test("unless flags say otherwise", async () => {
    const here = createCheckout();
    const record = writeRecord(here.outputs, fakeRecord());
    for (const flag of ["--config", "--preset"]) {
      const { code, err } = await here.cli(
        "run",
        "--from-record",
        record,
        flag,
        "x",
      );
      expect(code).toBe(2);
      expect(err).toContain(`Cannot use ${flag} with --from-record`);
    }
    const { code, err } = await here.cli("run", "--from-record", "nope.json");
    expect({ code, err }).toEqual({
      code: 2,
      err: 'error: Cannot read the record "nope.json": no such file\n',
    });
  });
});

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

  const { renameSync, rmSync, symlinkSync } = await import("node:fs");
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
  record.members[0].figures.elbo.value = -1;
  writeFileSync(file, JSON.stringify(record));
  const figures =
    "the record has other figures of Gaussian(0,1) than it: ELBO -1.00, it gave -98.00";
  for (const words of [["verify"], ["compare", one.id, two.id]]) {
    const { code, out } = await here.cli(...words);
    expect(code).toBe(1);
    expect(out).toContain(figures);
  }
});

test.each([
  [["list", "run"], 'Cannot list "run"'],
  [["inspect", "nothing"], 'Cannot find run "nothing"'],
  [["inspect", "abcdef"], 'Cannot find run "abcdef"'],
  [["compare", "a"], "<after> is missing"],
  [["gc", "--older-than", "soon"], "Cannot read --older-than"],
  [["gc", "--max-size", "much"], "Cannot read --max-size"],
  [["export", "nothing"], 'Cannot find run "nothing"'],
  [["import", "package.json"], "Cannot import"],
  [["import", "nothing.zip"], "no such file"],
  [["import", ".."], 'Cannot import "..": it is a folder, want an archive'],
  [
    ["export", "latest", "/"],
    'Cannot export to "/": it is a folder, want the name of a file',
  ],
  [["export", "latest", "new/"], 'Cannot export to "new/": it is a folder'],
  [["verify", "--config", "nothing.ts"], "no such file"],
])("a mistake is explained: %j", async (words, message) => {
  const here = createCheckout();
  const { code, out, err } = await here.cli(...words);
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(err).toContain(message);
  expect(err).not.toContain(" at ");
});
