import { expect, test } from "vitest";
import type {
  Damage,
  ExecuteOptions,
} from "../../../core/pipeline/execute/executor.ts";
import { outcomeOf } from "../../../core/pipeline/execute/outcomes.ts";
import {
  runRepairing,
  type Settled,
} from "../../../core/pipeline/execute/repair.ts";
import { surveyPlan } from "../../../core/pipeline/survey.ts";
import type { Plan, StageNode } from "../../../core/pipeline/types.ts";
import { DamagedArtifactError } from "../../../core/store/damaged.ts";
import { openStore } from "../../../core/store/open.ts";
import { createProject } from "../_project.ts";

type Round = Pick<ExecuteOptions, "todo" | "outcomes" | "settle">;

test("a damaged input is made anew, once for all who lack it", async () => {
  const bench = await openBench();
  const { outcomes, warnings } = await bench.run((title, times) =>
    title.startsWith("scale") && times === 1 ? "numbers" : null
  );
  expect(bench.rounds).toEqual([
    ["numbers", "scale Toy(1)", "total Toy(1)", "scale Toy(2)", "total Toy(2)"],
    ["numbers", "scale Toy(1)", "total Toy(1)", "scale Toy(2)", "total Toy(2)"],
  ]);
  expect(bench.told(outcomes)).toEqual({
    "numbers": "done: damaged: a bit flipped, quarantined",
    "scale Toy(1)": "done: new",
    "scale Toy(2)": "done: new",
    "total Toy(1)": "done: new",
    "total Toy(2)": "done: new",
  });
  expect(warnings).toEqual([
    "The stored result of numbers was damaged and is in quarantine: a bit flipped",
  ]);
});

test("what came to its outcome is left as it is by a repair", async () => {
  const bench = await openBench();
  const { outcomes } = await bench.run((title, times) => {
    if (title === "scale Toy(1)") return "fails";
    return title === "scale Toy(2)" && times === 1 ? "numbers" : null;
  });
  expect(bench.rounds[1]).toEqual(["numbers", "scale Toy(2)", "total Toy(2)"]);
  expect(bench.told(outcomes)).toMatchObject({
    "scale Toy(1)": "failed: new",
    "total Toy(1)": "skipped: needs scale Toy(1), which failed",
    "total Toy(2)": "done: new",
  });
});

test("a stage fails whose input is damaged again and again", async () => {
  const bench = await openBench();
  const { outcomes } = await bench.run((title) =>
    title === "scale Toy(1)" ? "numbers" : null
  );
  expect(bench.rounds).toHaveLength(4);
  expect(bench.told(outcomes)).toMatchObject({
    "scale Toy(1)": "failed: new",
    "scale Toy(2)": "done: new",
    "total Toy(1)": "skipped: needs scale Toy(1), which failed",
  });
  const { key } = bench.node("scale Toy(1)");
  expect(outcomes.get(key)?.error?.message).toBe(
    "Cannot run scale Toy(1): its input was damaged, again and again: a bit flipped",
  );
});

test("what is damaged when the results are read is made anew", async () => {
  const bench = await openBench();
  let reads = 0;
  const { outcomes } = await bench.run(() => null, (settled) => {
    if (++reads === 1) throw bench.damage("scale Toy(2)");
    return settled;
  });
  expect(bench.rounds.slice(1)).toEqual([["scale Toy(2)"]]);
  expect(bench.told(outcomes)).toMatchObject({
    "numbers": "done: new",
    "scale Toy(2)": "done: damaged: a bit flipped, quarantined",
  });
});

test("what nobody asked for is left out of the results, and not made anew", async () => {
  const bench = await openBench(["numbers"]);
  let reads = 0;
  const { outcomes } = await bench.run(() => null, (settled) => {
    if (++reads === 1) throw bench.damage("scale Toy(2)");
    return settled;
  });
  expect(bench.rounds.slice(1)).toEqual([[]]);
  expect(bench.told(outcomes)["scale Toy(2)"]).toBe("skipped: not asked for");
});

test("results that stay damaged end the run", async () => {
  const bench = await openBench();
  const run = bench.run(() => null, () => {
    throw bench.damage("numbers");
  });
  await expect(run).rejects.toThrow(DamagedArtifactError);
  expect(bench.rounds.slice(1)).toEqual([["numbers"], ["numbers"], [
    "numbers",
  ]]);
});

/**
 * A plan, and an executor that does nothing: `meets` says of a stage, by title
 * and how often it was tried, which input it finds damaged, or that it "fails".
 */
async function openBench(asked?: readonly string[]) {
  const plan = await createProject().plan();
  const store = await openStore(plan.config.storeDirectory);
  const { findings } = await surveyPlan(plan, { store });
  const nodes = [...plan.nodes.values()];
  const wanted = nodes.filter(({ title }) => asked?.includes(title) ?? true);
  const rounds: (readonly string[])[] = [];
  const tries = new Map<string, number>();
  const node = (title: string): StageNode =>
    nodes.find((one) => one.title === title)!;
  return {
    rounds,
    node,
    damage: (title: string) => {
      const { key, stage } = node(title);
      return new DamagedArtifactError(
        { stage: stage.name, key },
        "a bit flipped",
      );
    },
    told: (outcomes: Settled["outcomes"]) =>
      Object.fromEntries(
        [...outcomes.values()].map(({ title, status, reason }) =>
          [title, `${status}: ${reason}`] as const
        ),
      ),
    run: (
      meets: (title: string, times: number) => string | null,
      read: (settled: Settled) => Settled = (settled) => settled,
    ) =>
      runRepairing(plan, {
        store,
        findings,
        wanted: new Set(wanted.map(({ key }) => key)),
        onEvent: () => {},
        execute: (round) => {
          rounds.push(
            [...round.todo.keys()].map((key) => plan.nodes.get(key)!.title),
          );
          return Promise.resolve(pretend(plan, round, (title) => {
            tries.set(title, (tries.get(title) ?? 0) + 1);
            const found = meets(title, tries.get(title)!);
            return found === null || found === "fails" ? found : node(found);
          }));
        },
      }, async (settled) => await Promise.resolve(read(settled))),
  };
}

function pretend(
  plan: Plan,
  { todo, settle }: Round,
  meets: (title: string) => StageNode | "fails" | null,
): readonly Damage[] {
  const damages: Damage[] = [];
  const without = new Set<string>();
  for (const [key, { reason }] of todo) {
    const node = plan.nodes.get(key)!;
    const lacks = Object.values(node.inputs).some((input) =>
      without.has(input)
    );
    const met = lacks ? null : meets(node.title);
    if (lacks || met !== null) without.add(key);
    if (met === "fails") settle(node, outcomeOf(node, "failed", reason));
    else if (met !== null) {
      damages.push({ key: met.key, problem: "a bit flipped", reader: key });
    } else if (!lacks) settle(node, outcomeOf(node, "done", reason));
  }
  return damages;
}
