import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { outputOf } from "../processes/child.ts";

const actions = [
  "list_runs",
  "inspect",
  "compare",
  "gc",
  "verify",
  "export",
  "import",
  "_repeat",
];

test("no command that looks after runs loads TensorFlow", async () => {
  const urls = actions.map((name) =>
    new URL(`../../core/cli/actions/${name}.ts`, import.meta.url).href
  );
  const tf = new URL("../../core/engine/tf.ts", import.meta.url).href;
  const script = `
    await Promise.all(${JSON.stringify(urls)}.map((url) => import(url)));
    const { isTensorFlowLoaded } = await import(${JSON.stringify(tf)});
    console.log(isTensorFlowLoaded());
  `;
  const stdout = await outputOf([
    process.execPath,
    "--import",
    "tsx",
    "--input-type=module",
    "-e",
    script,
  ], { cwd: fileURLToPath(new URL("../../", import.meta.url)) });
  expect(stdout.trim()).toBe("false");
});
