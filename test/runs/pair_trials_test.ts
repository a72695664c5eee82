// Trials of a matrix of networks and objectives answer each other by these.

import { expect, test } from "vitest";
import { pairTrials } from "../../core/runs/pair_trials.ts";
import type { TrialRecord } from "../../core/runs/record.ts";
import { fakeRecord } from "./fake_record.ts";

const [trial] = fakeRecord().trials;
const deep = ["mlp", { hidden: [300, 300] }];
const iwae = (samples: number) => ["iwae", { samples }];

function of(label: string, matrix: TrialRecord["matrix"]): TrialRecord {
  return { ...trial!, id: label, label, matrix };
}

function paired(before: readonly TrialRecord[], after: readonly TrialRecord[]) {
  return pairTrials(before, after).map(([a, b]) => `${a.label} ${b.label}`);
}

/** Two networks with each of some objectives; the first of either is the usual one. */
function each(name: string, ...objectives: readonly unknown[]) {
  return [undefined, deep].flatMap((network, n) =>
    objectives.map((objective, o) =>
      of(`${name}${n}${o}`, {
        ...(network === undefined ? {} : { network }),
        ...(objective === undefined ? {} : { objective }),
      })
    )
  );
}

test("an objective with another option is the same one, for each network", () => {
  expect(
    paired(
      each("a", undefined, iwae(5)),
      each("b", iwae(3), undefined),
    ),
  ).toEqual(["a00 b01", "a01 b00", "a10 b11", "a11 b10"]);
});

test("a network that is alone among those left answers another one", () => {
  expect(paired(
    [of("a", {}), of("a deep", { network: deep })],
    [of("b", {}), of("b conv", { network: ["conv", {}] })],
  )).toEqual(["a b", "a deep b conv"]);
});

test("where two could answer, none does", () => {
  expect(
    paired(
      [of("a", { objective: iwae(5) })],
      [
        of("b", { objective: iwae(3) }),
        of("c", { objective: iwae(2) }),
      ],
    ),
  ).toEqual([]);
});
