import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished } from "vitest";
import { isAlive, markOf } from "../../../core/lib/owner.ts";
import { type Child, startChild } from "../../processes/child.ts";
import { type Project, type ProjectConfig, summary } from "../_open_project.ts";
import { ALL, createProject } from "../_project.ts";

it("leaves to one process what two want at the same time", async () => {
  const project = createProject();
  const given = { options: { numbers: { holds: true } } };
  const other = startProcess(project, given);
  await other.until("start numbers");
  const waits: string[] = [];
  const result = await project.run(given, {
    onEvent: (event) => {
      if (event.type !== "warn") return;
      waits.push(event.message);
      project.letGo();
    },
  });
  expect(result.status).toBe("done");
  expect(await other.until('{"summary"')).toMatch(/"numbers":"done: new"/);
  expect(summary(result).numbers).toBe(
    "cached: made by another run meanwhile",
  );
  expect(waits[0]).toMatch(
    new RegExp(
      `^Waiting for process ${other.pid} on .*_run_project.ts.*, which makes numbers$`,
    ),
  );
  expect(project.calls()).toEqual(ALL);
});

it("takes over at once from a process that was killed", async () => {
  const project = createProject();
  const given = { options: { numbers: { holds: true } } };
  const other = startProcess(project, given);
  const worker = markOf(await project.held());
  await other.kill();
  // It ends when it hears of it, and what it has drafted is then nobody's.
  await expect.poll(() => isAlive(worker)).toBe(false);
  project.letGo();
  const warnings: string[] = [];
  const result = await project.run(given, {
    onEvent: (event) => event.type === "warn" && warnings.push(event.message),
  });
  expect(result.status).toBe("done");
  // It did not wait for the lock, not even once.
  expect(warnings).toEqual(["These are test numbers"]);
  const drafts = join(result.plan.config.storeDirectory, ".drafts");
  expect(readdirSync(drafts)).toEqual([]);
});

/** Runs the project in a process of its own. */
function startProcess(project: Project, given: ProjectConfig): Child {
  const script = fileURLToPath(new URL("../_run_project.ts", import.meta.url));
  const words = [script, project.folder, JSON.stringify(given)];
  const child = startChild([process.execPath, "--import", "tsx", ...words]);
  onTestFinished(() => child.kill());
  return child;
}
