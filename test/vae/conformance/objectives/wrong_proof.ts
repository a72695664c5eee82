// Objectives with one thing wrong each, and the check that must find it.

import { beforeAll, describe, expect, it } from "vitest";
import {
  objectiveKit,
  runCheck,
  runChecks,
} from "../../../../core/vae/conformance/mod.ts";
import { nativeMissing, useBackend } from "../../../engine/backends.ts";
import { pluginOf, RIGHT, WRONG } from "./_wrong.ts";

beforeAll(() => useBackend(nativeMissing() ? "cpu" : "native"));

const subjectOf = (create: Parameters<typeof pluginOf>[0]) =>
  objectiveKit.subject({ definition: pluginOf(create), options: {} }, {});

/** Only the native engine compiles. */
const isAsked = (check: string) => check !== "compiled" || !nativeMissing();

describe("the checks of objectives", () => {
  it("find nothing wrong with a right one", () => {
    const results = [...runChecks(objectiveKit, subjectOf(() => RIGHT))];
    expect(results.map(({ name, verdict }) => [name, verdict])).toEqual(
      objectiveKit.checks.map(({ name }) => [
        name,
        isAsked(name) ? "pass" : "not applicable",
      ]),
    );
  });

  it.each(WRONG.filter(({ check }) => isAsked(check)))(
    "find $name",
    ({ check, says, create }) => {
      const wanted = objectiveKit.checks.find(({ name }) => name === check)!;
      const { verdict, found } = runCheck(wanted, subjectOf(create));
      expect({ verdict, found }).toEqual({
        verdict: "fail",
        found: expect.stringMatching(says),
      });
    },
  );

  it("are each proven on a wrong one", () => {
    expect(new Set(WRONG.map(({ check }) => check))).toEqual(
      new Set(objectiveKit.checks.map(({ name }) => name)),
    );
  });

  it("ask for no bound where none is promised", () => {
    const bound = objectiveKit.checks.find(({ name }) => name === "bound")!;
    const subject = subjectOf(() => ({ ...RIGHT, isBound: false }));
    expect(runCheck(bound, subject).verdict).toBe("not applicable");
  });
});
