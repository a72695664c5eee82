import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { makeArtifact } from "../../../core/pipeline/execute/make_artifact.ts";
import type { Task } from "../../../core/pipeline/execute/messages.ts";
import { failure } from "../../../core/pipeline/execute/stage_result.ts";
import { openStore } from "../../../core/store/open.ts";

const address = { stage: "train", key: "a".repeat(64) };

/** Makes it with a worker that fails, and before that does `meanwhile`. */
async function makeFailing(meanwhile: (root: string) => Promise<void>) {
  const root = mkdtempSync(join(tmpdir(), "make-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  return await makeArtifact({ address } as Task, {
    store: await openStore(root),
    pool: {
      run: async () => {
        await meanwhile(root);
        return failure(new Error("The folder of the attempt is gone"));
      },
    },
    handlers: { onMessage: vi.fn(), onOutput: vi.fn(), verify: async () => {} },
    forced: false,
    title: "train",
    reason: "new",
  });
}

test("who fails for another has taken the lock and made it finds what that one made", async () => {
  const step = await makeFailing(async (root) => {
    const draft = await (await openStore(root)).draft(address);
    await draft.commit({ a: 1 }, { fields: {}, ms: 7, warnings: [] });
  });
  expect(step).toMatchObject({ result: { status: "cached", ms: 7 } });
});

test("who fails by itself has failed", async () => {
  const step = await makeFailing(async () => {});
  expect(step).toMatchObject({ result: { status: "failed" } });
});
