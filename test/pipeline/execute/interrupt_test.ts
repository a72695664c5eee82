import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { summary } from "../_open_project.ts";
import { createProject } from "../_project.ts";

it("stops when aborted, and resumes from the checkpoint", async () => {
  const project = createProject();
  const given = {
    factors: [1],
    options: { numbers: { count: 6 }, total: { holdAt: 2 } },
  };
  const abort = new AbortController();
  const result = await project.run(given, {
    signal: abort.signal,
    onEvent: ({ type }) => type === "progress" && abort.abort(),
  });
  expect(result.status).toBe("interrupted");
  expect(summary(result)["total Toy(1)"]).toBe("interrupted: interrupted");
  project.letGo();
  const again = await project.run(given);
  expect(again.status).toBe("done");
  expect(project.calls()).toContain("resumed");
  const { directory, key } = again.trials[0]!.stages[2]!;
  const steps = readFileSync(join(directory!, "metrics.jsonl"), "utf8").trim()
    .split("\n").map((line) => JSON.parse(line).step);
  expect(steps).toEqual([1, 2, 3, 4, 5, 6]);
  const attempts = join(
    again.plan.config.storeDirectory,
    ".attempts/total",
    key,
  );
  expect(existsSync(attempts)).toBe(false);
});

it("interrupts everything when it was aborted before", async () => {
  const project = createProject();
  const result = await project.run({}, { signal: AbortSignal.abort() });
  expect(new Set(Object.values(summary(result))))
    .toEqual(new Set(["interrupted: interrupted"]));
  expect(project.calls()).toEqual([]);
});
