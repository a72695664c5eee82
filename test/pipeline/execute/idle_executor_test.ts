import { expect, it } from "vitest";
import { idleExecutor } from "../../../core/pipeline/execute/idle_executor.ts";
import { summary } from "../_open_project.ts";
import { createProject } from "../_project.ts";

it("tells what is there, and runs nothing", async () => {
  const project = createProject();
  await project.run({ factors: [1] });
  project.calls();
  const result = await project.run({ factors: [1, 2] }, {
    executor: idleExecutor,
  });
  expect(project.calls()).toEqual([]);
  expect(result.status).toBe("interrupted");
  expect(result.warnings).toEqual(["These are test numbers"]);
  expect(summary(result)).toEqual({
    "numbers": "cached: unchanged",
    "scale Toy(1)": "cached: unchanged",
    "total Toy(1)": "cached: unchanged",
    "scale Toy(2)": "interrupted: not there yet",
    "total Toy(2)": "interrupted: not there yet",
  });
});
