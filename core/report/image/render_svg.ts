/**
 * SVG to PNG, the same bytes on every platform: resvg as WebAssembly, with the
 * Inter typeface from its package and no font of the system.
 *
 * @module
 */

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { setFlagsFromString } from "node:v8";
import { WebAssembly } from "../../engine/wasm/web_assembly.ts";

/** The typeface that text in a picture is set in; weights 400 and 600. */
export const FONT_FAMILY = "Inter";

type Renderer = (svg: string) => Buffer;

let loading: Promise<Renderer> | undefined;

/** Draws an SVG document at its own size. Returns the PNG. */
export async function renderSvg(svg: string): Promise<Buffer> {
  // The WebAssembly module can be initialised once only.
  loading ??= loadRenderer();
  return (await loading)(svg);
}

async function loadRenderer(): Promise<Renderer> {
  const require = createRequire(import.meta.url);
  const { initWasm, Resvg } = await import("@resvg/resvg-wasm");
  const code = require.resolve("@resvg/resvg-wasm/index_bg.wasm");
  await initWasm(compileOnce(await readFile(code)));
  const fonts = [
    require.resolve("@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf"),
    require.resolve(
      "@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf",
    ),
  ];
  const fontBuffers = await Promise.all(fonts.map((path) => readFile(path)));
  const font = { fontBuffers, defaultFontFamily: FONT_FAMILY };
  return (svg) => {
    const resvg = new Resvg(svg, { font });
    const image = resvg.render();
    const png = Buffer.from(image.asPng());
    image.free();
    resvg.free();
    return png;
  };
}

/**
 * Compiles what runs for a tenth of a second. V8 would compile it again, better
 * and on all cores, and a command would wait for that half a second at its end.
 */
function compileOnce(code: Uint8Array): object {
  setFlagsFromString("--liftoff-only");
  try {
    return new WebAssembly.Module(code);
  } finally {
    setFlagsFromString("--no-liftoff-only");
  }
}
