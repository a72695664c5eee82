import { expect, it } from "vitest";
import { UserError } from "../../../core/lib/errors.ts";
import { summary } from "../_open_project.ts";
import { createEditableProject, createProject } from "../_project.ts";

it("keeps a trial's failure from the others", async () => {
  const project = createProject();
  const options = {
    scale: {},
    total: { misbehave: "throw", victim: "Toy(1)" },
  };
  const result = await project.run({ options });
  expect(result.status).toBe("failed");
  expect(summary(result)).toMatchObject({
    "total Toy(1)": "failed: new",
    "total Toy(2)": "done: new",
  });
  const { error } = result.trials[0]!.stages[2]!;
  expect(error?.message)
    .toBe('Cannot run stage "total" for Toy(1): no sum today');
  expect((error?.cause as Error).name).toBe("RangeError");
  expect((error?.cause as Error).stack).toContain("total.ts");
});

it("takes up just what failed, the next time", async () => {
  const project = createEditableProject();
  const victim = { misbehave: "throw", victim: "Toy(1)" };
  const given = { options: { total: victim } };
  await project.run(given);
  project.calls();
  expect((await project.run(given)).status).toBe("failed");
  expect(project.calls()).toEqual(["total Toy(1)"]);
  project.edit("total.ts", "no sum today", "no sum tomorrow");
  project.edit("total.ts", "throw new RangeError", "return new RangeError");
  const mended = summary(await project.run(given));
  expect(mended).toMatchObject({
    "numbers": "cached: unchanged",
    "scale Toy(1)": "cached: unchanged",
    "total Toy(1)": "done: new",
    "total Toy(2)": "done: stage total: total.ts changed: +1 -1",
  });
});

it("skips what needs a failed stage", async () => {
  const project = createEditableProject();
  project.edit("numbers.ts", "context.warn(", "throw new Error(");
  const result = await project.run({ factors: [1] });
  expect(summary(result)).toEqual({
    "numbers": "failed: new",
    "scale Toy(1)": "skipped: needs numbers, which failed",
    "total Toy(1)": "skipped: needs scale Toy(1), which was skipped",
  });
});

it.each([
  [
    "user error",
    'Cannot run stage "total" for Toy(1): Cannot add: found apples',
  ],
  [
    "exit",
    'Cannot run stage "total" for Toy(1): the worker process ended with exit code 7, twice',
  ],
  [
    "die",
    'Cannot run stage "total" for Toy(1): the worker process ended by signal SIGKILL, twice',
  ],
  [
    "speak and die",
    "the worker process ended by signal SIGABRT, twice:\nmy last words",
  ],
  [
    "read the seed",
    'Stage "total" reads "seed" of its context, which it does not declare',
  ],
  [
    "give nothing",
    'Cannot keep what stage "total" gave: found nothing, want "total" as in its "outputs"',
  ],
])("says what happened: %s", async (misbehave, message) => {
  const project = createProject();
  const options = {
    total: {
      misbehave,
      victim: misbehave === "give nothing" ? "" : "Toy(1)",
    },
  };
  // Two deaths are enough workers; that others go on then says one of them.
  const isAlone = ["exit", "speak and die"].includes(misbehave);
  const factors = isAlone ? [1] : [1, 2];
  const result = await project.run({ factors, options });
  const stage = result.trials[0]!.stages[2]!;
  expect(stage.status).toBe("failed");
  expect(stage.error?.message).toContain(message);
  if (misbehave === "user error") {
    expect(stage.error).toMatchObject({ hint: "Give pears" });
    expect(stage.error).toBeInstanceOf(UserError);
  }
  if (misbehave !== "give nothing" && !isAlone) {
    expect(result.trials[1]!.stages[2]!.status).toBe("done");
  }
});
