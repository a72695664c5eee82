/** A processor that TensorFlow does not run on. */

import { writeFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { describeEngine, ensureEngine } from "../../../core/engine/engine.ts";
import { processorLack } from "../../../core/engine/native/processor.ts";
import { fakeMachine } from "./fake_machine.ts";

const LACK =
  "TensorFlow needs a processor with AVX instructions, which this one does not have";

describe.runIf(process.platform === "linux" && process.arch === "x64")(
  "a processor without AVX",
  () => {
    test("is named before anything is fetched, and wasm with it", async () => {
      const { site, fetches } = await machine("fpu sse4_2 aes xavx");
      for (const choose of [describeEngine, ensureEngine]) {
        await expect(choose("native", { site })).rejects.toMatchObject({
          name: "UserError",
          message: expect.stringContaining(LACK),
          hint: "Use --engine wasm",
        });
        expect(await choose("auto", { site })).toMatchObject({
          name: "wasm",
          fallbackReason: LACK,
        });
      }
      expect(await fetches()).toBe(0);
    });

    test("is no matter where it has them, or nobody says", async () => {
      const { site } = await machine("fpu avx avx2");
      expect(processorLack(site)).toBeNull();
      expect(processorLack({ ...site, processor: "/nowhere" })).toBeNull();
      expect(processorLack({ ...site, platform: "linux-arm64" })).toBeNull();
    });
  },
);

async function machine(flags: string) {
  const made = await fakeMachine();
  await writeFile(
    made.site.processor,
    `processor\t: 0\nflags\t\t: ${flags}\nbogomips\t: 1\n`,
  );
  return made;
}
