import { expect, it } from "vitest";
import { UserError } from "../../../core/lib/errors.ts";
import { summary } from "../_open_project.ts";
import { ALL, createProject } from "../_project.ts";

it("forces, starts and stops where it is told", async () => {
  const project = createProject();
  expect(summary(await project.run({}, { to: "scale" }))).toMatchObject({
    "scale Toy(1)": "done: new",
    "total Toy(1)": "skipped: not asked for",
  });
  expect(project.calls()).toEqual(ALL.slice(0, 3));
  await project.run({}, { only: "total" });
  expect(project.calls()).toEqual(ALL.slice(3));
  await project.run({}, { force: ["scale"], to: "scale" });
  expect(project.calls()).toEqual(ALL.slice(1, 3));
  expect(summary(await project.run({}, { from: "scale" }))).toMatchObject({
    "numbers": "cached: unchanged",
    "scale Toy(1)": "done: forced",
    "total Toy(1)": "done: forced",
  });
  expect(project.calls()).toEqual(ALL.slice(1));
  await project.run({}, { force: true });
  expect(project.calls()).toEqual(ALL);
});

it("refuses a selection that makes no sense, before anything runs", async () => {
  const project = createProject();
  const refusals = [
    [
      { only: "total" },
      'Cannot run only "total": total Toy(1) needs "scaled" of scale Toy(1), which is not in the store',
    ],
    [
      { from: "trian" },
      'Cannot run with --from trian: found no stage "trian", want one of "numbers", "scale", "total"',
    ],
    [
      { from: "total", to: "scale" },
      'Cannot run from "total" to "scale": "scale" does not need "total"',
    ],
    [
      { only: "scale", to: "total" },
      "Cannot run with --only scale and --to: want one of them",
    ],
    [
      { trials: ["Toy(1)", "toy-3"] },
      'Cannot choose --run toy-3: found no trial "toy-3", want one of "toy-1" (Toy(1)), "toy-2" (Toy(2))',
    ],
  ] as const;
  for (const [options, message] of refusals) {
    const error = await project.run({}, options).catch((error) => error);
    expect(error).toBeInstanceOf(UserError);
    expect(error.message).toBe(message);
  }
  const slip = await project.run({}, { trials: ["Toy[1)"] })
    .catch((error) => error);
  expect(slip.hint).toBe('Did you mean "Toy(1)"?');
  expect(project.calls()).toEqual([]);
});

it("runs the trials that it is told", async () => {
  const project = createProject();
  const given = { factors: [1, 2, 3] };
  const some = await project.run(given, { trials: ["toy-2", "Toy(3)"] });
  expect(project.calls()).toEqual([
    "numbers",
    "scale Toy(2)",
    "scale Toy(3)",
    "total Toy(2)",
    "total Toy(3)",
  ]);
  expect(some.status).toBe("done");
  expect(summary(some)["total Toy(1)"]).toBe("skipped: not asked for");

  const options = { trials: ["toy-2"], from: "scale", to: "scale" };
  expect(summary(await project.run(given, options))).toMatchObject({
    "numbers": "cached: unchanged",
    "scale Toy(1)": "skipped: not asked for",
    "scale Toy(2)": "done: forced",
    "scale Toy(3)": "cached: unchanged",
    "total Toy(2)": "cached: unchanged",
  });
  expect(project.calls()).toEqual(["scale Toy(2)"]);

  await project.run(given, { trials: ["toy-1"], only: "scale" });
  expect(project.calls()).toEqual(["scale Toy(1)"]);
  await project.run(given, { trials: ["toy-1", "toy-3"], force: ["total"] });
  expect(project.calls()).toEqual(["total Toy(1)", "total Toy(3)"]);
});
