import { createServer } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { freePort } from "../port.ts";
import { createCheckout } from "../runs/_checkout.ts";
import { fakeRecord, writeRecord } from "../runs/fake_record.ts";
import { serveIn } from "../report/live/_serve_process.ts";

test("serve shows the runs here until Ctrl-C", async () => {
  const here = createCheckout();
  writeRecord(here.outputs, fakeRecord({ run: "served-11111111" }));
  const port = await freePort();
  const child = await serveIn(here.folder, port);
  const page = await fetch(`http://127.0.0.1:${port}/`);
  expect(await page.text()).toContain("served-11111111");
  await child.kill("SIGINT");
  expect((await child.ended).code).toBe(0);
});

test("run --serve says where the page is, and that it has ended", async () => {
  const here = createCheckout();
  const { code, out, err } = await here.cli("run", "--serve", "--json");
  expect(code).toBe(0);
  const { id } = await here.plan();
  expect(err).toMatch(
    new RegExp(`^Live at http://127\\.0\\.0\\.1:\\d+/runs/${id}$`, "m"),
  );
  expect(err.trimEnd()).toMatch(/; node .*bin\.mjs serve shows the run again$/);
  expect(JSON.parse(out).trials).toHaveLength(1);
});

test("mistakes exit with 2", async () => {
  const here = createCheckout();
  const taken = createServer();
  await new Promise<void>((done) => taken.listen(0, "127.0.0.1", done));
  onTestFinished(() => void taken.close());
  const { port } = taken.address() as { port: number };
  for (
    const [words, message] of [
      [["serve", "--port", `${port}`], `Cannot serve at port ${port}: another`],
      [["run", "--serve", `${port}`], `Cannot serve at port ${port}: another`],
      [["serve", "--port", "x"], 'Cannot read --port: found "x", want a port'],
      [["run", "--serve", "70000"], 'Cannot read --serve: found "70000"'],
      [["run", "--dry", "--serve"], "Cannot use --serve with --dry"],
    ] as const
  ) {
    const { code, err } = await here.cli(...words);
    expect([words, code]).toEqual([words, 2]);
    expect(err).toContain(message);
  }
});
