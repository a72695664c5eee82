import { readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { expect, test } from "vitest";
import { runCli } from "../processes/child.ts";
import { ranCheckout } from "./_ran_checkout.ts";

test("control characters of a record do not reach the terminal", async () => {
  const { file, cli } = await ranCheckout();
  const evil = "\x1b]0;title\x07\x1b[2J\x9b31m\r\x7f\u202e";
  const spoil = (value: unknown, way: readonly string[]): unknown => {
    const key = way.at(-1) ?? "";
    if (typeof value === "string") {
      const isChecked = way.includes("stages") && way.includes("trials") ||
        /^(?:format|run|status|kind|key|name|digest|started|ended)$/.test(key);
      return isChecked ? value : `${value}${evil}`;
    }
    if (typeof value !== "object" || value === null) return value;
    return Array.isArray(value)
      ? value.map((one, i) => spoil(one, [...way, String(i)]))
      : Object.fromEntries(
        Object.entries(value).map(([name, one]) => [
          way.at(-1) === "options" || way.at(-1) === "fields"
            ? `${name}${evil}`
            : name,
          spoil(one, [...way, name]),
        ]),
      );
  };
  const record = JSON.parse(readFileSync(file, "utf8"));
  record.warnings = ["beware"];
  record.stages[0].status = "failed";
  record.stages[0].error = "why";
  const changed = spoil(record, []) as typeof record;
  writeFileSync(file, JSON.stringify(changed));

  const id = record.run;
  // deno-lint-ignore no-control-regex
  const controls = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]/;
  const seen: string[] = [];
  for (
    const words of [
      ["list", "runs"],
      ["inspect", id],
      ["inspect", id, "--json"],
      ["compare", id, id],
      ["verify"],
      ["export", id],
      ["run", "--from-record", file, "--dry"],
      ["inspect", `x${evil}`],
      ["run", `--x${evil}`],
    ]
  ) {
    const { out, err } = await cli(...words);
    expect([words, out.match(controls), err.match(controls)])
      .toEqual([words, null, null]);
    seen.push(out + err);
  }
  const [, inspected, json, , verified, , repeated, missing] = seen;
  expect(JSON.parse(json!)).toEqual(changed);
  for (const text of [inspected, verified, repeated, missing]) {
    expect(text).toContain("\\u001b]0;title\\u0007\\u001b[2J");
  }
  const { cwd, env } = { cwd: dirname(file), env: { FORCE_COLOR: "1" } };
  const { stderr } = await runCli(["inspect", `x${evil}`], { cwd, env });
  expect(stderr).toMatch(
    // deno-lint-ignore no-control-regex
    /^\x1b\[31merror:\x1b\[39m Cannot find run "x\\u001b\]0;title/,
  );
});
