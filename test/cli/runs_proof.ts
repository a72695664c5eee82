import { expect, test } from "vitest";
import { recordFile } from "../../core/runs/keep_record.ts";
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
  const { trials } = JSON.parse(
    (await here.cli("inspect", one.id, "--json")).out,
  );
  expect(trials[0].figures.elbo.value).toBe(-98);

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
