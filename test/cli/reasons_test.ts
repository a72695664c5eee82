import { describe, expect, test } from "vitest";
import {
  describeReasons,
  type Reason,
  reasonsJson,
} from "../../core/cli/_reasons.ts";
import type {
  Change,
  Explanation,
} from "../../core/pipeline/reason/explain.ts";
import type { StoredArtifact } from "../../core/store/store.ts";
import { cached, fakePlan } from "./fake_plan.ts";

const change = (stage: string, text: string, isUpstream: boolean): Change => ({
  stage,
  text,
  isUpstream,
  field: "option.x",
  before: "1",
  after: "2",
});
const EPOCHS = change("train", "train.epochs 20 -> 30", false);
const ABOVE = { ...EPOCHS, isUpstream: true };

async function reason(
  stage: "train" | "sample",
  explanation: Partial<Explanation> | null,
  rest: Partial<Reason> = {},
): Promise<Reason> {
  const plan = await fakePlan();
  const all = {
    isNew: false,
    changes: [],
    nearest: null,
    short: "short",
    ...explanation,
  };
  return {
    node: plan.nodes.get(stage === "train" ? "t" : "s")!,
    finding: explanation === null ? cached : {
      status: "stale",
      reason: "short",
      forced: false,
      explanation: all,
    },
    trials: plan.trials,
    madeAt: null,
    isStale: (name) => name === "train",
    ...rest,
  };
}

const style = { width: 80 };

describe("reasons", () => {
  test("are told stage by stage, each change where it is", async () => {
    const reasons = [
      await reason("train", { changes: [EPOCHS] }),
      await reason("sample", {
        changes: [change("sample", "sample.count 3 -> 4", false), ABOVE],
      }),
    ];
    expect(describeReasons(reasons, style)).toEqual([
      "train",
      "  Fake(1,x)",
      "    train.epochs 20 -> 30",
      "sample",
      "  Fake(1,x)",
      "    sample.count 3 -> 4",
      "    because of train: see above",
    ]);
  });

  test("of one stage are complete, and say whether the cause runs, too", async () => {
    const given = { changes: [ABOVE, change("load", "seed 0 -> 1", true)] };
    expect(describeReasons([await reason("sample", given)], style)).toEqual([
      "sample",
      "  Fake(1,x)",
      "    because train runs again: train.epochs 20 -> 30",
      "    because load ran again: seed 0 -> 1",
    ]);
  });

  test("of runs that are alike are told once", async () => {
    const labels = ["A", "B", "C", "D", "E", "F"];
    const { trials: [trial] } = await fakePlan();
    const reasons = await Promise.all(labels.map((label) =>
      reason(
        "train",
        label === "B" ? { isNew: true } : { changes: [EPOCHS] },
        { trials: [{ ...trial!, label }] },
      )
    ));
    expect(describeReasons(reasons, style)).toEqual([
      "train",
      "  A, C, D, E, F",
      "    train.epochs 20 -> 30",
      "  B",
      "    new: it has not run before",
    ]);
  });

  test("of what is cached say when it was made", async () => {
    const madeAt = new Date(2026, 10, 24, 18, 14).getTime();
    expect(describeReasons([await reason("train", null, { madeAt })], style))
      .toEqual([
        "train",
        "  Fake(1,x)",
        "    cached: made 2026-11-24 18:14 in 1.5 s, nothing has changed",
      ]);
  });

  test("as JSON have fields, values, and what they are compared with", async () => {
    const nearest: StoredArtifact = {
      time: 0,
      manifest: {
        format: 1,
        stage: "train",
        key: "old",
        fields: {},
        ms: 7,
        warnings: [],
        gives: [],
        files: {},
      },
    };
    const given = { changes: [EPOCHS], nearest };
    const json = reasonsJson(await fakePlan(), [await reason("train", given)]);
    expect(json).toMatchObject({
      run: "default-12345678",
      stages: [{
        name: "train",
        trials: ["fake"],
        status: "stale",
        reason: "short",
        new: false,
        changes: [EPOCHS],
        nearest: { key: "old", ms: 7, madeAt: "1970-01-01T00:00:00.000Z" },
      }],
    });
  });
});
