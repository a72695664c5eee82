import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import * as v from "valibot";
import { expect, it } from "vitest";
import { optionAxis } from "../../core/pipeline/option_axis.ts";
import { planPipeline } from "../../core/pipeline/plan.ts";
import { runPlan } from "../../core/pipeline/runner.ts";
import { openStore } from "../../core/store/open.ts";
import { temporary } from "../vae/stages/fake_context.ts";
import { copyProject } from "./_copy_project.ts";
import { failures } from "./_open_project.ts";
import count from "./fixtures/count.ts";
import greeting from "./fixtures/greeting_provider.ts";

it("runs stages with axes and shared things that have nothing to do with a model", async () => {
  const folder = temporary();
  copyProject(folder);
  const module = (file: string) => pathToFileURL(join(folder, file)).href;
  const stage = { ...count, module: module("count.ts") };
  const provider = { ...greeting, module: module("greeting_provider.ts") };
  const plan = await planPipeline({
    name: "words",
    baseDirectory: folder,
    configFile: null,
    axes: [{
      axis: optionAxis({ stage: "count", option: "times", called: "times" }),
      values: [1, 3],
    }],
    concurrency: 1,
    threads: 1,
    stages: [stage],
    stageOptions: { count: v.parse(count.options, {}) },
    outputDirectory: join(folder, "outputs"),
    storeDirectory: join(folder, "store"),
    preset: null,
    overrides: [],
  }, [{ provider, value: "hello" }]);
  const result = await runPlan(plan);
  expect(failures(result)).toEqual([]);
  const { trials } = result;
  expect(trials.map(({ trial }) => trial.label)).toEqual([
    "times=1",
    "times=3",
  ]);
  const store = await openStore(plan.config.storeDirectory);
  const texts = await Promise.all(trials.map(async ({ stages }) => {
    const key = stages[0]!.key;
    return await store.read({ stage: "count", key });
  }));
  expect(texts).toEqual([
    { text: { text: "HELLO" } },
    { text: { text: "HELLO HELLO HELLO" } },
  ]);
  const { fields } = [...plan.nodes.values()][0]!;
  expect(fields).toMatchObject({ greeting: "hello", "option.times": "1" });
  const { directory } = trials[0]!.stages[0]!;
  const manifest = readFileSync(join(directory!, "manifest.json"), "utf8");
  expect(JSON.parse(manifest).fields.greeting).toBe("hello");
});
