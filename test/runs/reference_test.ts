import {
  existsSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { keepRecord, recordFile } from "../../core/runs/keep_record.ts";
import { self } from "../../core/lib/owner.ts";
import { createCheckout } from "./_checkout.ts";

test("the store is told what a run needs, for as long as it needs it", async () => {
  const here = createCheckout();
  const set = ["train.waits=true"];
  const plan = await here.plan(...set);
  const { references } = here.store.admin;
  const abort = new AbortController();
  let first: Awaited<ReturnType<typeof references.list>> | undefined;
  // The run goes on until that is known.
  await here.run(set, {
    signal: abort.signal,
    onEvent: async ({ type }) => {
      if (type !== "progress") return;
      try {
        first ??= await references.list();
      } finally {
        abort.abort();
      }
    },
  });
  expect(first).toMatchObject([{ working: true, owner: { pid: process.pid } }]);
  const after = await references.list();
  expect(after).toMatchObject([{
    run: plan.id,
    record: recordFile(plan),
    host: hostname(),
    owner: null,
    working: false,
    holds: true,
  }]);
  expect(after[0]!.artifacts).toHaveLength(plan.nodes.size);
  renameSync(join(here.outputs, "runs"), join(here.outputs, "gone"));
  expect((await references.list())[0]!.holds).toBe(false);
});

test("what the store cannot be told any more is no failure of a run", async () => {
  const here = createCheckout();
  const plan = await here.plan();
  const { admin } = here.store;
  const put = vi.fn<typeof admin.references.put>()
    .mockResolvedValueOnce()
    .mockRejectedValue(Object.assign(new Error("EPROTO"), { code: "EPROTO" }));
  const references = { ...admin.references, put };
  const store = { ...here.store, admin: { ...admin, references } };
  const first = await keepRecord(plan, store);
  first.work();
  await first.release();

  // And of one that is taken up again: it is told when the first stage runs.
  const has = () => Promise.resolve(true);
  const again = await keepRecord(plan, {
    ...store,
    admin: { ...admin, references: { ...references, has } },
  });
  again.work();
  await again.release();
  expect(put).toHaveBeenCalledTimes(3);
});

test("a run of which the store cannot be told warns that nothing protects it", async () => {
  const one = createCheckout();
  const store = join(one.folder, "shared");
  await one.run([`store=${store}`]);
  const references = join(store, ".references");
  rmSync(references, { recursive: true });
  writeFileSync(references, "in the way");
  const two = createCheckout();
  const { report } = await two.run([`store=${store}`]);
  expect(report.warnings).toEqual([
    expect.stringMatching(
      /^Another user's gc may remove what this run needs, for ".*shared" cannot be told of it: .* has that name.*; the README says/,
    ),
  ]);
});

test("a run shows that it goes on, for those who cannot judge its process", async () => {
  const here = createCheckout();
  const plan = await here.plan();
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  onTestFinished(() => void vi.useRealTimers());
  const touch = vi.fn(() => Promise.resolve());
  const { admin } = here.store;
  const references = { ...admin.references, touch };
  const store = { ...here.store, admin: { ...admin, references } };
  const keeper = await keepRecord(plan, store);
  vi.advanceTimersByTime(10 * 60_000);
  expect(touch).toHaveBeenCalledTimes(10);
  await keeper.release();
  expect(vi.getTimerCount()).toBe(0);
});

test("a run in another container goes on while it shows so", async () => {
  const { store } = createCheckout();
  const { references } = store.admin;
  const record = join(store.location, "nowhere", "record.json");
  const owner = { ...self(), pid: 2 ** 30, space: "1a2b3c4d-0-7" };
  const reference = {
    run: "r",
    record,
    host: hostname(),
    artifacts: [],
    owner,
  };
  await references.put(reference);
  const [found] = await references.list();
  expect(found).toMatchObject({ working: true });
  const long = new Date(Date.now() - 2 * 60 * 60 * 1000);
  utimesSync(
    join(store.location, ".references", `${found!.id}.json`),
    long,
    long,
  );
  expect(await references.list())
    .toMatchObject([{ working: false, holds: false }]);
});

test("two checkouts share a store: the second one finds everything", async () => {
  const one = createCheckout();
  const store = join(one.folder, "shared");
  await one.run([`store=${store}`]);
  const two = createCheckout();
  const { result, report } = await two.run([`store=${store}`]);
  const statuses = result.trials.flatMap(({ stages }) =>
    stages.map(({ status }) => status)
  );
  expect(new Set(statuses)).toEqual(new Set(["cached"]));
  expect(report.directory.startsWith(two.outputs)).toBe(true);
  expect(existsSync(report.html)).toBe(true);
  expect(existsSync(join(two.outputs, "store"))).toBe(false);
  const references = await createCheckout().store.admin.references.list();
  expect(references).toEqual([]);
});
