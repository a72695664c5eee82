import { expect, it } from "vitest";
import { createEditableProject } from "../_project.ts";

it("keeps nothing of a stage whose source changed while it ran", async () => {
  const project = createEditableProject();
  const options = { total: { misbehave: "edit the source" } };
  const result = await project.run({ factors: [1], options });
  expect(result.trials[0]!.stages[2]!.error?.message).toBe(
    'Cannot run stage "total" for Toy(1): the source of stage "total" changed ' +
      "since the run was planned, in total.ts or in what it imports",
  );
  const again = await project.run({ factors: [1], options: { total: {} } });
  expect(again.status).toBe("done");
});

it("keeps nothing of a stage whose data changed while it ran", async () => {
  const project = createEditableProject();
  project.edit(
    "numbers.ts",
    "context.warn(",
    '(await import("node:fs")).writeFileSync(join(context.baseDirectory, "outside.txt"), "other"); context.warn(',
  );
  const result = await project.run({ factors: [1] });
  expect(result.trials[0]!.stages[0]!.error?.message).toBe(
    'Cannot run stage "numbers": Cannot keep what stage "numbers" gave: its input "outside" changed while it ran',
  );
});
