import { readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { openStore } from "../../../core/store/open.ts";
import { type Project, summary } from "../_open_project.ts";
import { ALL, createProject } from "../_project.ts";

it("makes a damaged artifact anew, found by its size", async () => {
  const project = createProject();
  await project.run();
  project.calls();
  truncateSync(await artifact(project, "numbers", "arrays.safetensors"), 10);
  const result = await project.run();
  expect(summary(result)).toMatchObject({
    "numbers":
      "done: damaged: arrays.safetensors has 10 bytes, want 104, quarantined",
    "scale Toy(1)": "cached: unchanged",
  });
  expect(result.warnings[0]).toMatch(
    /^The stored result of numbers was damaged/,
  );
  expect(project.calls()).toEqual(["numbers"]);
});

it("makes a damaged artifact anew, found when it is read", async () => {
  const project = createProject();
  await project.run();
  project.calls();
  const file = await artifact(project, "numbers", "arrays.safetensors");
  const bytes = readFileSync(file);
  bytes[bytes.length - 1]! ^= 1;
  writeFileSync(file, bytes);
  const result = await project.run({}, { from: "scale" });
  expect(result.status).toBe("done");
  expect(summary(result)["numbers"]).toBe(
    "done: damaged: arrays.safetensors is not what was written, quarantined",
  );
  expect(project.calls()).toEqual(ALL);
});

function artifact(project: Project, title: string, file: string) {
  return project.plan().then(async (plan) => {
    const node = [...plan.nodes.values()].find((one) => one.title === title)!;
    const store = await openStore(plan.config.storeDirectory);
    return join(
      store.directory({ stage: node.stage.name, key: node.key }),
      file,
    );
  });
}
