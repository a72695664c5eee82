import { build, stop } from "esbuild";
import { expect, test } from "vitest";
import { printError } from "../../core/cli/error_output.ts";

test("the death of esbuild's process is no bug of ours", async () => {
  const dying = build({
    stdin: { contents: 'import "./other"' },
    bundle: true,
    write: false,
    plugins: [{
      name: "dying",
      setup: ({ onResolve }) => {
        onResolve({ filter: /other/ }, async () => {
          await stop();
          return { path: "other", external: true };
        });
      },
    }],
  });
  const error = await dying.catch((error: unknown) => error);
  const lines: string[] = [];
  const terminal = { out: () => {}, err: (line: string) => lines.push(line) };
  expect(printError(new Error("Cannot start", { cause: error }), terminal))
    .toBe(1);
  expect(lines).toEqual([
    "error: Cannot compile modules: esbuild's process was ended from outside",
    "hint: Start the same again; all that was complete is kept",
  ]);
});
