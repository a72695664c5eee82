import { expect, it } from "vitest";
import { outputOf, runChild, startChild } from "./child.ts";

const node = (script: string) => [process.execPath, "--eval", script];

it("gives what a program prints, and its exit code", async () => {
  const script = 'console.log("out"); console.error("err"); process.exit(3)';
  expect(await runChild(node(script)))
    .toEqual({ code: 3, stdout: "out\n", stderr: "err\n" });
  expect(await outputOf(node('console.log("out")'))).toBe("out\n");
  await expect(outputOf(node(script))).rejects.toThrow(
    /^node --eval console\.log.* ended with exit code 3\n\nIts last output:\nout\nerr$/,
  );
});

it("fails with the last words of a program that dies", async () => {
  const script = 'console.log("my last words"); process.abort()';
  await expect(runChild(node(script))).rejects.toThrow(
    /^node --eval console\.log.* ended by signal SIGABRT\n\nIts last output:\nmy last words\n/,
  );
});

it("fails with the last words of one that ends before it was heard", async () => {
  const script =
    'console.log("one"); console.log("two"); console.error("no"); process.exitCode = 7';
  const child = startChild(node(script));
  expect(await child.until("one")).toBe("one");
  await expect(child.until("three")).rejects.toThrow(
    /^Before "three" was said, node --eval .* ended with exit code 7\n\nIts last output:\n(.*\n)?two/,
  );
  expect(await child.ended).toMatchObject({ code: 7 });
});

it("takes what it kills itself for no failure", async () => {
  const child = startChild(
    node('console.log("up"); setInterval(() => {}, 1e6)'),
  );
  await child.until("up");
  await child.kill();
  expect(await child.ended).toEqual({ code: null, stdout: "up\n", stderr: "" });
});

it("says what cannot be started", async () => {
  await expect(runChild(["no-such-program"])).rejects.toThrow("ENOENT");
});
