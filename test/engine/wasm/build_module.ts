/**
 * Compiles core/engine/wasm/assembly/ by AssemblyScript and writes
 * core/engine/wasm/module_bytes.ts:
 *
 *     npm run wasm
 *
 * @module
 */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { argv } from "node:process";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";

const FOLDER = fileURLToPath(
  new URL("../../../core/engine/wasm/", import.meta.url),
);
const OPTIONS = [
  "-O3",
  "--noAssert",
  "--runtime",
  "stub",
  "--importMemory",
  "--noExportMemory",
  "--enable",
  "simd",
  "--enable",
  "threads",
  "--disableWarning",
];
const FUSED = ["--enable", "relaxed-simd"];
// As the package's threaded build has its memory.
const SHARED = ["--sharedMemory", "--maximumMemory", "65536"];

/** The text of `module_bytes.ts` for the sources as they are. */
export async function moduleBytes(): Promise<string> {
  const plain = await compile([]);
  const fused = await compile(FUSED);
  const shared = await compile([...FUSED, ...SHARED]);
  return `/** The modules of assembly/, made by test/engine/wasm/build_module.ts. @module */

/** For every Node. */
export const PLAIN =
  "${plain}";

/** With fused multiply-add: needs relaxed SIMD. */
export const FUSED =
  "${fused}";

/** The same over a memory that threads share. */
export const SHARED =
  "${shared}";
`;
}

/** Base64 of a module. */
async function compile(features: readonly string[]): Promise<string> {
  let module: Uint8Array | undefined;
  const { error, stderr } = await asc.main(
    ["mod.ts", "-o", "module.wasm", ...OPTIONS, ...features],
    {
      readFile: (name, base) => {
        try {
          return readFileSync(join(FOLDER, "assembly", base, name), "utf8");
        } catch {
          return null;
        }
      },
      writeFile: (_, contents) => void (module = contents as Uint8Array),
      listFiles: () => [],
    },
  );
  if (error !== null || module === undefined) {
    throw new Error(`Cannot compile assembly/: ${stderr.toString()}`);
  }
  return Buffer.from(module).toString("base64");
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(join(FOLDER, "module_bytes.ts"), await moduleBytes());
}
